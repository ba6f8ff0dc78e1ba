//! `macro_rules!` of a file, applied where the file calls them for items: a project's own macro that writes handlers.
//!
//! Tokens keep the place they were written at, in the rule or in the call, so what is found in an expansion is shown where
//! it stands. What this does not read (metavariable expressions, nested definitions) is not expanded, and the call stays a
//! macro that can't be looked into.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::BTreeMap;
use syn::parse::{Parse, ParseStream, Parser};

/// How many tokens an expansion may have: a macro that calls itself grows without end.
const MOST_TOKENS: usize = 100_000;

/// The rules of one macro.
#[derive(Debug, Clone)]
pub struct Rules(Vec<Rule>);

#[derive(Debug, Clone)]
struct Rule {
    matcher: Vec<Part>,
    body: TokenStream,
}

/// A part of a matcher.
#[derive(Debug, Clone)]
enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    /// `$name:fragment`
    Fragment(String, String),
    /// `$( .. ) separator operator`
    Repeated {
        parts: Vec<Part>,
        separator: Option<TokenTree>,
        operator: char,
    },
}

/// What a metavariable stands for.
#[derive(Debug, Clone)]
enum Bound {
    Once(TokenStream),
    Many(Vec<Bindings>),
}

type Bindings = BTreeMap<String, Bound>;

impl Rules {
    /// Reads what stands in the braces of `macro_rules! name { .. }`.
    pub fn read(tokens: &TokenStream) -> Option<Self> {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut rules = Vec::new();
        let mut rest = trees.as_slice();
        while !rest.is_empty() {
            let [
                TokenTree::Group(matcher),
                TokenTree::Punct(equals),
                TokenTree::Punct(greater),
                TokenTree::Group(body),
                after @ ..,
            ] = rest
            else {
                return None;
            };
            if equals.as_char() != '=' || greater.as_char() != '>' {
                return None;
            }
            rules.push(Rule { matcher: parts(matcher.stream())?, body: body.stream() });
            rest = match after {
                [TokenTree::Punct(semicolon), after @ ..] if semicolon.as_char() == ';' => after,
                after => after,
            };
        }
        Some(Self(rules))
    }

    /// What a call becomes; none if no rule fits or it can't be told.
    pub fn expand(&self, call: &TokenStream) -> Option<TokenStream> {
        let call: Vec<TokenTree> = call.clone().into_iter().collect();
        self.0.iter().find_map(|rule| {
            let mut bound = Bindings::new();
            let rest = matched(&rule.matcher, &call, &mut bound)?;
            if !rest.is_empty() {
                return None;
            }
            let mut budget = MOST_TOKENS;
            transcribed(&rule.body, &bound, &mut budget)
        })
    }
}

fn parts(tokens: TokenStream) -> Option<Vec<Part>> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut rest = trees.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let is_dollar = matches!(first, TokenTree::Punct(punct) if punct.as_char() == '$');
        rest = match (is_dollar, after) {
            (
                true,
                [TokenTree::Ident(name), TokenTree::Punct(colon), TokenTree::Ident(fragment), after @ ..],
            ) if colon.as_char() == ':' => {
                found.push(Part::Fragment(name.to_string(), fragment.to_string()));
                after
            }
            (true, [TokenTree::Group(group), after @ ..]) if group.delimiter() == Delimiter::Parenthesis => {
                let (separator, operator, after) = repetition(after)?;
                found.push(Part::Repeated { parts: parts(group.stream())?, separator, operator });
                after
            }
            (true, _) => return None,
            (false, after) => {
                found.push(match first {
                    TokenTree::Group(group) => Part::Group(group.delimiter(), parts(group.stream())?),
                    token => Part::Token(token.clone()),
                });
                after
            }
        };
    }
    Some(found)
}

/// What follows a repetition: a separator, if there is one, and the operator.
fn repetition(after: &[TokenTree]) -> Option<(Option<TokenTree>, char, &[TokenTree])> {
    let operator = |tree: &TokenTree| match tree {
        TokenTree::Punct(punct) if matches!(punct.as_char(), '*' | '+' | '?') => Some(punct.as_char()),
        _ => None,
    };
    match after {
        [first, rest @ ..] if let Some(operator) = operator(first) => Some((None, operator, rest)),
        [separator, second, rest @ ..] => Some((Some(separator.clone()), operator(second)?, rest)),
        _ => None,
    }
}

/// Matches parts at the start of tokens; the result is what is left.
fn matched<'t>(parts: &[Part], tokens: &'t [TokenTree], bound: &mut Bindings) -> Option<&'t [TokenTree]> {
    let mut rest = tokens;
    for (at, part) in parts.iter().enumerate() {
        rest = match part {
            Part::Token(wanted) => match rest.split_first() {
                Some((found, after)) if is_same(wanted, found) => after,
                _ => return None,
            },
            Part::Group(delimiter, inner) => match rest.split_first() {
                Some((TokenTree::Group(group), after)) if group.delimiter() == *delimiter => {
                    let content: Vec<TokenTree> = group.stream().into_iter().collect();
                    if !matched(inner, &content, bound)?.is_empty() {
                        return None;
                    }
                    after
                }
                _ => return None,
            },
            Part::Fragment(name, fragment) => {
                let (found, after) = fragment_of(fragment, rest)?;
                bound.insert(name.clone(), Bound::Once(found));
                after
            }
            Part::Repeated { parts: inner, separator, operator } => {
                let mut rounds = Vec::new();
                let mut open = rest;
                loop {
                    let next_fits = parts.get(at + 1).is_some_and(|next| match next {
                        Part::Token(wanted) => open.first().is_some_and(|found| is_same(wanted, found)),
                        _ => false,
                    });
                    if open.is_empty() || (next_fits && separator.is_none()) {
                        break;
                    }
                    let begin = match (separator, rounds.is_empty()) {
                        (Some(separator), false) => match open.split_first() {
                            Some((found, after)) if is_same(separator, found) => after,
                            _ => break,
                        },
                        _ => open,
                    };
                    let mut round = Bindings::new();
                    let Some(after) = matched(inner, begin, &mut round) else { break };
                    if after.len() == begin.len() {
                        break;
                    }
                    rounds.push(round);
                    open = after;
                    if *operator == '?' {
                        break;
                    }
                }
                if *operator == '+' && rounds.is_empty() {
                    return None;
                }
                for name in names(inner) {
                    bound.insert(name, Bound::Many(rounds.clone()));
                }
                open
            }
        };
    }
    Some(rest)
}

/// The metavariables of a matcher.
fn names(parts: &[Part]) -> Vec<String> {
    let of_part = |part: &Part| match part {
        Part::Fragment(name, _) => vec![name.clone()],
        Part::Group(_, inner) | Part::Repeated { parts: inner, .. } => names(inner),
        Part::Token(_) => Vec::new(),
    };
    parts.iter().flat_map(of_part).collect()
}

fn is_same(one: &TokenTree, other: &TokenTree) -> bool {
    match (one, other) {
        (TokenTree::Punct(one), TokenTree::Punct(other)) => one.as_char() == other.as_char(),
        (TokenTree::Ident(one), TokenTree::Ident(other)) => one == other,
        (TokenTree::Literal(one), TokenTree::Literal(other)) => one.to_string() == other.to_string(),
        _ => false,
    }
}

/// The tokens of a fragment, and what is left.
fn fragment_of<'t>(fragment: &str, tokens: &'t [TokenTree]) -> Option<(TokenStream, &'t [TokenTree])> {
    let first = |count: usize| {
        let (taken, rest) = (tokens.get(..count)?, tokens.get(count..)?);
        Some((taken.iter().cloned().collect::<TokenStream>(), rest))
    };
    match (fragment, tokens) {
        ("ident", [TokenTree::Ident(_), ..]) | ("tt", [_, ..]) | ("literal", [TokenTree::Literal(_), ..]) => {
            first(1)
        }
        ("literal", [TokenTree::Ident(word), ..]) if *word == "true" || *word == "false" => first(1),
        ("literal", [TokenTree::Punct(minus), TokenTree::Literal(_), ..]) if minus.as_char() == '-' => {
            first(2)
        }
        ("lifetime", [TokenTree::Punct(quote), TokenTree::Ident(_), ..]) if quote.as_char() == '\'' => {
            first(2)
        }
        ("block", [TokenTree::Group(group), ..]) if group.delimiter() == Delimiter::Brace => first(1),
        ("expr" | "expr_2021", [_, ..]) => parsed::<syn::Expr>(tokens),
        ("ty", [_, ..]) => parsed::<syn::Type>(tokens),
        ("path", [_, ..]) => parsed::<syn::Path>(tokens),
        ("item", [_, ..]) => parsed::<syn::Item>(tokens),
        ("vis", _) => parsed::<syn::Visibility>(tokens),
        ("meta", [_, ..]) => parsed::<syn::Meta>(tokens),
        _ => None,
    }
}

/// What of some tokens is of a kind, and what is left.
fn parsed<T: Parse>(tokens: &[TokenTree]) -> Option<(TokenStream, &[TokenTree])> {
    let left = |input: ParseStream<'_>| -> syn::Result<usize> {
        input.parse::<T>()?;
        Ok(input.parse::<TokenStream>()?.into_iter().count())
    };
    let left = left.parse2(tokens.iter().cloned().collect()).ok()?;
    let (taken, rest) = tokens.split_at_checked(tokens.len().checked_sub(left)?)?;
    Some((taken.iter().cloned().collect(), rest))
}

/// The body of a rule with everything bound filled in.
fn transcribed(body: &TokenStream, bound: &Bindings, budget: &mut usize) -> Option<TokenStream> {
    let trees: Vec<TokenTree> = body.clone().into_iter().collect();
    let mut found = Vec::new();
    let mut rest = trees.as_slice();
    while let Some((first, after)) = rest.split_first() {
        *budget = budget.checked_sub(1)?;
        let is_dollar = matches!(first, TokenTree::Punct(punct) if punct.as_char() == '$');
        rest = match (is_dollar, after) {
            (true, [TokenTree::Ident(word), after @ ..]) if *word == "crate" => {
                found.push(TokenTree::Ident(word.clone()));
                after
            }
            (true, [TokenTree::Ident(name), after @ ..]) => {
                let Bound::Once(tokens) = bound.get(&name.to_string())? else { return None };
                found.extend(tokens.clone());
                after
            }
            (true, [TokenTree::Group(group), after @ ..]) if group.delimiter() == Delimiter::Parenthesis => {
                let (separator, _, after) = repetition(after)?;
                let rounds = rounds_of(&group.stream(), bound)?;
                for (at, round) in rounds.iter().enumerate() {
                    found.extend(separator.clone().filter(|_| at > 0));
                    let all = bound.iter().chain(round).map(|(name, bound)| (name.clone(), bound.clone()));
                    found.extend(transcribed(&group.stream(), &all.collect(), budget)?);
                }
                after
            }
            (true, _) => return None,
            (false, after) => {
                found.push(match first {
                    TokenTree::Group(group) => {
                        let inner = transcribed(&group.stream(), bound, budget)?;
                        let mut filled = Group::new(group.delimiter(), inner);
                        filled.set_span(group.span());
                        filled.into()
                    }
                    token => token.clone(),
                });
                after
            }
        };
    }
    Some(found.into_iter().collect())
}

/// The rounds of the first repeated metavariable that stands in a repetition.
fn rounds_of<'b>(body: &TokenStream, bound: &'b Bindings) -> Option<&'b [Bindings]> {
    let mut open: Vec<TokenTree> = body.clone().into_iter().collect();
    while let Some(tree) = open.pop() {
        match tree {
            TokenTree::Ident(name) => {
                if let Some(Bound::Many(rounds)) = bound.get(&name.to_string()) {
                    return Some(rounds);
                }
            }
            TokenTree::Group(group) => open.extend(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[track_caller]
    fn check(rules: &str, call: &str, expected: Option<&str>) {
        let rules = Rules::read(&rules.parse().unwrap()).unwrap();
        let expanded = rules.expand(&call.parse().unwrap()).map(|tokens| tokens.to_string());
        let expected = expected.map(|text| text.parse::<proc_macro2::TokenStream>().unwrap().to_string());
        assert_eq!(expanded, expected, "{call}");
    }

    #[test]
    fn fragments_and_repetitions_are_filled_in() {
        let listing = "($name:ident, $text:literal) => { async fn $name() -> &'static str { $text } };";
        check(listing, "zones, \"zones\"", Some("async fn zones() -> &'static str { \"zones\" }"));
        check(listing, "zones", None);
        let many = "($($name:ident => $of:ty),* $(,)?) => { $(struct $name($of);)* }; () => {}";
        check(many, "A => u8, B => Vec<u8>,", Some("struct A(u8); struct B(Vec<u8>);"));
        check(many, "", Some(""));
        let vis = "($vis:vis fn $name:ident = $value:expr) => { $vis fn $name() -> u32 { $value } }";
        check(vis, "pub fn a = 1 + 2", Some("pub fn a() -> u32 { 1 + 2 }"));
        check(vis, "fn a = b(c)", Some("fn a() -> u32 { b(c) }"));
    }

    #[test]
    fn what_is_not_read_is_not_expanded() {
        assert!(Rules::read(&"($($x:ident)*) => { ${count($x)} }".parse().unwrap()).is_some());
        check("($($x:ident)*) => { ${count($x)} }", "a b", None);
        assert!(Rules::read(&"nothing".parse().unwrap()).is_none());
    }
}
