//! `macro_rules!`, applied where they are called.
//!
//! A token that a rule writes is shown at the call, one that was handed in where it was handed in (see [`super::written`]).
//! What this does not read (metavariable expressions) is not expanded, and neither is a call in which a fragment is begun
//! that the parser does not know: the compiler would not go on to the next rule either.

use super::written::Writer;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::rc::Rc;
use syn::parse::{Parse, ParseStream, Parser};

/// A call whose meaning can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No rule fits, or one is written in a way that is not read.
    Unread,
    /// The macros of the file write too much.
    TooMuch,
}

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
    Many(Rc<Vec<Bindings>>),
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

    /// What a call becomes.
    pub fn expand(&self, call: &TokenStream, writer: &Writer) -> Result<TokenStream, Refused> {
        let call: Vec<TokenTree> = call.clone().into_iter().collect();
        for rule in &self.0 {
            let mut bound = Bindings::new();
            if matched(&rule.matcher, &call, &mut bound)?.is_some_and(<[TokenTree]>::is_empty) {
                return transcribed(&rule.body, &bound, writer);
            }
        }
        Err(Refused::Unread)
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
fn matched<'t>(
    parts: &[Part],
    tokens: &'t [TokenTree],
    bound: &mut Bindings,
) -> Result<Option<&'t [TokenTree]>, Refused> {
    let mut rest = tokens;
    for (at, part) in parts.iter().enumerate() {
        rest = match part {
            Part::Token(wanted) => match rest.split_first() {
                Some((found, after)) if is_same(wanted, found) => after,
                _ => return Ok(None),
            },
            Part::Group(delimiter, inner) => match rest.split_first() {
                Some((TokenTree::Group(group), after)) if group.delimiter() == *delimiter => {
                    let content: Vec<TokenTree> = group.stream().into_iter().collect();
                    if !matched(inner, &content, bound)?.is_some_and(<[TokenTree]>::is_empty) {
                        return Ok(None);
                    }
                    after
                }
                _ => return Ok(None),
            },
            Part::Fragment(name, fragment) => {
                let Some((found, after)) = fragment_of(fragment, rest)? else { return Ok(None) };
                bound.insert(name.clone(), Bound::Once(found));
                after
            }
            Part::Repeated { parts: inner, separator, operator } => {
                let next = parts.get(at + 1);
                let (rounds, open) = repeated((inner, separator.as_ref(), *operator), next, rest)?;
                if *operator == '+' && rounds.is_empty() {
                    return Ok(None);
                }
                let rounds = Rc::new(rounds);
                for name in names(inner) {
                    bound.insert(name, Bound::Many(Rc::clone(&rounds)));
                }
                open
            }
        };
    }
    Ok(Some(rest))
}

/// The rounds of a repetition, and what is left.
fn repeated<'t>(
    (inner, separator, operator): (&[Part], Option<&TokenTree>, char),
    next: Option<&Part>,
    tokens: &'t [TokenTree],
) -> Result<(Vec<Bindings>, &'t [TokenTree]), Refused> {
    let mut rounds = Vec::new();
    let mut open = tokens;
    loop {
        let next_fits = match next {
            Some(Part::Token(wanted)) => open.first().is_some_and(|found| is_same(wanted, found)),
            _ => false,
        };
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
        let Some(after) = matched(inner, begin, &mut round)? else { break };
        if after.len() == begin.len() {
            break;
        }
        rounds.push(round);
        open = after;
        if operator == '?' {
            break;
        }
    }
    Ok((rounds, open))
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

/// The tokens of a fragment, and what is left. None if no such fragment can begin here.
fn fragment_of<'t>(
    fragment: &str,
    tokens: &'t [TokenTree],
) -> Result<Option<(TokenStream, &'t [TokenTree])>, Refused> {
    let first = |count: usize| {
        let (taken, rest) = tokens.split_at_checked(count)?;
        Some((taken.iter().cloned().collect::<TokenStream>(), rest))
    };
    let found = match (fragment, tokens) {
        (_, [TokenTree::Group(group), ..])
            if group.delimiter() == Delimiter::None
                && !matches!(fragment, "tt" | "expr" | "expr_2021" | "vis") =>
        {
            // A fragment of another macro: its own kind, if it is wholly of it.
            let content: Vec<TokenTree> = group.stream().into_iter().collect();
            match fragment_of(fragment, &content)? {
                Some((_, [])) => first(1),
                _ => None,
            }
        }
        ("ident", [TokenTree::Ident(name), ..]) if *name != "_" => first(1),
        ("tt", [_, ..]) => first(glued(tokens)),
        ("literal", [TokenTree::Literal(_), ..]) => first(1).map(hidden),
        ("literal", [TokenTree::Ident(word), ..]) if *word == "true" || *word == "false" => {
            first(1).map(hidden)
        }
        ("literal", [TokenTree::Punct(minus), TokenTree::Literal(_), ..]) if minus.as_char() == '-' => {
            first(2).map(hidden)
        }
        ("lifetime", [TokenTree::Punct(quote), TokenTree::Ident(_), ..]) if quote.as_char() == '\'' => {
            first(2)
        }
        ("block", [TokenTree::Group(group), ..]) if group.delimiter() == Delimiter::Brace => {
            first(1).map(hidden)
        }
        ("expr" | "expr_2021", [tree, ..]) if begins_expr(tree) => Some(parsed::<syn::Expr>(tokens)?),
        ("ty", [tree, ..]) if begins_path(tree) || is_any(tree, "&*!(['<") => {
            Some(parsed::<syn::Type>(tokens)?)
        }
        ("path", [tree, ..]) if begins_path(tree) => Some(parsed::<syn::Path>(tokens)?),
        ("pat", [tree, ..]) if begins_path(tree) || is_any(tree, "&(['-.|<") => {
            Some(parsed_with(syn::Pat::parse_multi_with_leading_vert, tokens)?)
        }
        ("pat_param", [tree, ..]) if begins_path(tree) || is_any(tree, "&(['-.<") => {
            Some(parsed_with(syn::Pat::parse_single, tokens)?)
        }
        ("stmt", [_, ..]) => Some(statement(tokens)?),
        ("item", [tree, ..]) if begins_path(tree) || is_any(tree, "#") => Some(parsed::<syn::Item>(tokens)?),
        ("vis", _) => Some(parsed::<syn::Visibility>(tokens)?),
        ("meta", [tree, ..]) if begins_path(tree) => Some(parsed::<syn::Meta>(tokens)?),
        (
            "ident" | "literal" | "lifetime" | "block" | "expr" | "expr_2021" | "ty" | "path" | "pat"
            | "pat_param" | "item" | "meta" | "tt" | "stmt",
            _,
        ) => None,
        _ => return Err(Refused::Unread),
    };
    Ok(found)
}

/// A fragment as macros hand it on: one token, whatever is in it.
fn hidden((tokens, rest): (TokenStream, &[TokenTree])) -> (TokenStream, &[TokenTree]) {
    let hidden = if tokens.is_empty() {
        tokens
    } else {
        let mut trees = tokens.clone().into_iter();
        match (trees.next(), trees.next()) {
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => tokens,
            _ => TokenTree::from(Group::new(Delimiter::None, tokens)).into(),
        }
    };
    (hidden, rest)
}

/// How many of these tokens are one to a macro: operators and lifetimes are.
fn glued(tokens: &[TokenTree]) -> usize {
    const OPERATORS: &[&str] = &[
        "<<=", ">>=", "...", "..=", "==", "!=", "<=", ">=", "&&", "||", "->", "=>", "::", "..", "+=", "-=",
        "*=", "/=", "%=", "^=", "&=", "|=", "<<", ">>", "<-",
    ];
    let mut text = String::new();
    for tree in tokens.iter().take(3) {
        let TokenTree::Punct(punct) = tree else {
            break;
        };
        text.push(punct.as_char());
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    if text.starts_with('\'') {
        return 2.min(tokens.len());
    }
    OPERATORS.iter().find(|operator| text.starts_with(**operator)).map_or(1, |operator| operator.len())
}

fn is_any(tree: &TokenTree, of: &str) -> bool {
    match tree {
        TokenTree::Punct(punct) => of.contains(punct.as_char()),
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => of.contains('('),
            Delimiter::Bracket => of.contains('['),
            Delimiter::Brace => of.contains('{'),
            Delimiter::None => true,
        },
        TokenTree::Literal(_) => of.contains('-'),
        TokenTree::Ident(_) => false,
    }
}

fn begins_path(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(_)) || is_any(tree, ":<")
}

/// Whether the compiler begins to read an expression here.
fn begins_expr(tree: &TokenTree) -> bool {
    const OTHER_WORDS: &[&str] = &[
        "as", "else", "enum", "extern", "fn", "impl", "in", "mod", "mut", "pub", "ref", "struct", "trait",
        "type", "use", "where", "_",
    ];
    match tree {
        TokenTree::Ident(word) => !OTHER_WORDS.iter().any(|other| word == other),
        TokenTree::Literal(_) | TokenTree::Group(_) => true,
        TokenTree::Punct(punct) => "!-*&|.<:'#".contains(punct.as_char()),
    }
}

/// What of some tokens is of a kind, and what is left.
fn parsed<T: Parse>(tokens: &[TokenTree]) -> Result<(TokenStream, &[TokenTree]), Refused> {
    parsed_with(T::parse, tokens)
}

fn parsed_with<T>(
    kind: impl Fn(ParseStream<'_>) -> syn::Result<T>,
    tokens: &[TokenTree],
) -> Result<(TokenStream, &[TokenTree]), Refused> {
    let left = |input: ParseStream<'_>| -> syn::Result<usize> {
        kind(input)?;
        Ok(input.parse::<TokenStream>()?.into_iter().count())
    };
    let left = left.parse2(tokens.iter().cloned().collect()).map_err(|_| Refused::Unread)?;
    let taken = tokens.len().checked_sub(left).and_then(|count| tokens.split_at_checked(count));
    let (taken, rest) = taken.ok_or(Refused::Unread)?;
    Ok(hidden((taken.iter().cloned().collect(), rest)))
}

/// A statement without its semicolon.
fn statement(tokens: &[TokenTree]) -> Result<(TokenStream, &[TokenTree]), Refused> {
    if matches!(tokens.first(), Some(TokenTree::Ident(word)) if *word == "let") {
        let end = tokens.iter().position(|tree| matches!(tree, TokenTree::Punct(it) if it.as_char() == ';'));
        let (taken, rest) = tokens.split_at_checked(end.unwrap_or(tokens.len())).ok_or(Refused::Unread)?;
        return Ok(hidden((taken.iter().cloned().collect(), rest)));
    }
    parsed::<syn::Expr>(tokens).or_else(|_| parsed::<syn::Item>(tokens))
}

/// The body of a rule with everything bound filled in.
fn transcribed(body: &TokenStream, bound: &Bindings, writer: &Writer) -> Result<TokenStream, Refused> {
    let trees: Vec<TokenTree> = body.clone().into_iter().collect();
    let mut found = Vec::new();
    let mut rest = trees.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let is_dollar = matches!(first, TokenTree::Punct(punct) if punct.as_char() == '$');
        rest = match (is_dollar, after) {
            (true, [TokenTree::Ident(word), after @ ..]) if *word == "crate" => {
                found.push(ruled(&TokenTree::Ident(word.clone()), writer)?);
                after
            }
            (true, [TokenTree::Ident(name), after @ ..]) if bound.contains_key(&name.to_string()) => {
                let Some(Bound::Once(tokens)) = bound.get(&name.to_string()) else {
                    return Err(Refused::Unread);
                };
                found.extend(handed(tokens, writer)?);
                after
            }
            // Of a macro that this one declares.
            (true, [TokenTree::Ident(name), after @ ..]) => {
                found.push(ruled(first, writer)?);
                found.push(ruled(&TokenTree::Ident(name.clone()), writer)?);
                after
            }
            (true, [TokenTree::Group(group), after @ ..]) if group.delimiter() == Delimiter::Parenthesis => {
                let (separator, _, after) = repetition(after).ok_or(Refused::Unread)?;
                for (at, round) in rounds_of(&group.stream(), bound)?.into_iter().enumerate() {
                    if let Some(separator) = separator.as_ref().filter(|_| at > 0) {
                        found.push(ruled(separator, writer)?);
                    }
                    let mut all = bound.clone();
                    all.extend(round);
                    found.extend(transcribed(&group.stream(), &all, writer)?);
                }
                after
            }
            (true, _) => return Err(Refused::Unread),
            (false, after) => {
                found.push(match first {
                    TokenTree::Group(group) => {
                        let span = writer.ruled(group.span()).ok_or(Refused::TooMuch)?;
                        let inner = transcribed(&group.stream(), bound, writer)?;
                        let mut filled = Group::new(group.delimiter(), inner);
                        filled.set_span(span);
                        filled.into()
                    }
                    token => ruled(token, writer)?,
                });
                after
            }
        };
    }
    Ok(found.into_iter().collect())
}

/// A token of the rule.
fn ruled(token: &TokenTree, writer: &Writer) -> Result<TokenTree, Refused> {
    let mut token = token.clone();
    token.set_span(writer.ruled(token.span()).ok_or(Refused::TooMuch)?);
    Ok(token)
}

/// Tokens that were handed in, however deep.
fn handed(tokens: &TokenStream, writer: &Writer) -> Result<TokenStream, Refused> {
    let trees = tokens.clone().into_iter().map(|tree| {
        let span = tree.span();
        let mut tree = match tree {
            TokenTree::Group(group) => {
                TokenTree::Group(Group::new(group.delimiter(), handed(&group.stream(), writer)?))
            }
            token => token,
        };
        tree.set_span(writer.handed(span).ok_or(Refused::TooMuch)?);
        Ok(tree)
    });
    trees.collect()
}

/// The rounds of the repeated metavariables that stand in a repetition: all of them have as many.
fn rounds_of(body: &TokenStream, bound: &Bindings) -> Result<Vec<Bindings>, Refused> {
    let mut all: Option<Vec<Bindings>> = None;
    let mut open = vec![body.clone()];
    while let Some(stream) = open.pop() {
        let mut is_variable = false;
        for tree in stream {
            match &tree {
                TokenTree::Ident(name) if is_variable => {
                    if let Some(Bound::Many(rounds)) = bound.get(&name.to_string()) {
                        let known = all.get_or_insert_with(|| vec![Bindings::new(); rounds.len()]);
                        if known.len() != rounds.len() {
                            return Err(Refused::Unread);
                        }
                        for (known, round) in known.iter_mut().zip(rounds.iter()) {
                            known.extend(round.clone());
                        }
                    }
                }
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            is_variable = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '$');
        }
    }
    all.ok_or(Refused::Unread)
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[track_caller]
    fn check(rules: &str, call: &str, expected: Option<&str>) {
        super::super::written::begin(rules);
        let rules = Rules::read(&rules.parse().unwrap()).unwrap();
        let writer = super::Writer::of(proc_macro2::Span::call_site(), crate::facts::Place::default());
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        let expanded = rules.expand(&call.parse().unwrap(), &writer).ok();
        let expanded = expanded.map(|tokens| plain(&tokens.to_string()));
        let expected =
            expected.map(|text| plain(&text.parse::<proc_macro2::TokenStream>().unwrap().to_string()));
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
