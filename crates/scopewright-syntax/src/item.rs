//! The item an attribute stands on: just enough of it to find our other attributes and the parameters.
//!
//! Works on tokens, so that whatever stands in the body or in the types is left to rustc, down to its errors.

use crate::tokens::Tokens;
use crate::{Attribute, SyntaxError};
use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};

/// The argument of an attribute whose rule another one has taken over. It stays on the item, because rustc would call its
/// import unused otherwise, and does nothing there.
const ABSORBED: &str = "__absorbed";

/// An item, taken apart.
pub(crate) struct Item {
    /// All tokens, our attributes marked as absorbed.
    pub(crate) tokens: Vec<TokenTree>,
    /// Where in `tokens` these begin; each is two tokens.
    pub(crate) absorbed: Vec<usize>,
    /// Our attributes among those of the item, in order.
    pub(crate) attributes: Vec<Attribute>,
    /// The parameters, or why there is no place for a guard.
    pub(crate) parameters: Result<Parameters, SyntaxError>,
}

/// The parameters of a function.
pub(crate) struct Parameters {
    /// Where in the item's tokens their parentheses stand.
    pub(crate) at: usize,
    /// The parentheses.
    pub(crate) span: Span,
    /// What stands between them, after the receiver.
    pub(crate) tokens: Vec<TokenTree>,
    /// `&self,` of a function that may have one: its comma is written if there was none.
    pub(crate) receiver: Vec<TokenTree>,
}

impl Parameters {
    /// Whether there are three or more, near enough: commas between angle brackets count as well.
    pub(crate) fn are_many(&self) -> bool {
        self.tokens.iter().filter(|token| is_punct(token, ',')).nth(1).is_some()
    }

    /// Whether the first one is a guard already: `_: crate::scopes::Guard`.
    pub(crate) fn are_guarded(&self) -> bool {
        let expected = ["_", ":", "crate", ":", ":", "scopes", ":", ":", "Guard"];
        let mut found = self.tokens.iter();
        expected.iter().all(|expected| match found.next() {
            Some(TokenTree::Ident(word)) => word == expected,
            Some(token) => is_punct(token, ':') && *expected == ":",
            None => false,
        })
    }

    /// Moves the receiver, which stands first, out of the parameters.
    fn without_receiver(mut self) -> Self {
        let end = self.tokens.iter().position(|token| is_punct(token, ',')).unwrap_or(self.tokens.len());
        let mut rest = self.tokens.split_off(end);
        if rest.is_empty() {
            rest.push(Punct::new(',', Spacing::Alone).into());
        }
        self.receiver = self.tokens;
        self.receiver.push(rest.remove(0));
        self.tokens = rest;
        self
    }

    /// The place of a `self` parameter. `self::Pattern(..)` is none.
    fn receiver(&self) -> Option<Span> {
        let mut tokens = self.tokens.iter();
        loop {
            match tokens.next()? {
                TokenTree::Punct(punct) if punct.as_char() == '&' => {}
                // `#[..]`, or a lifetime: the quote and its name.
                TokenTree::Punct(punct) if matches!(punct.as_char(), '#' | '\'') => {
                    tokens.next();
                }
                TokenTree::Ident(word) if word == "mut" => {}
                TokenTree::Ident(word) if word == "self" => {
                    let path = matches!(tokens.next(), Some(TokenTree::Punct(punct))
                        if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
                    return (!path).then(|| word.span());
                }
                _ => return None,
            }
        }
    }
}

impl Item {
    /// Takes an item apart. Never fails: what is no function says so in `parameters`.
    pub(crate) fn read(item: TokenStream) -> Self {
        let mut source = unwrap_invisible(item).into_iter().peekable();
        let mut tokens = Vec::new();
        let (mut attributes, mut absorbed) = (Vec::new(), Vec::new());
        while let Some(hash) = source.next_if(|token| is_punct(token, '#')) {
            match source.next() {
                Some(TokenTree::Group(brackets)) => {
                    let brackets = match Attribute::with_path(brackets.stream(), brackets.span()) {
                        Some((path, ours)) => {
                            attributes.push(ours);
                            absorbed.push(tokens.len());
                            marked(path)
                        }
                        None => brackets.into(),
                    };
                    tokens.extend([hash, brackets]);
                }
                other => {
                    tokens.push(hash);
                    tokens.extend(other);
                }
            }
        }
        let head = tokens.len();
        tokens.extend(source);
        let parameters = find_parameters(&tokens, head);
        Self { tokens, absorbed, attributes, parameters }
    }
}

/// The tokens of an item without the attributes that are marked as absorbed.
pub(crate) fn without_absorbed(tokens: Vec<TokenTree>, absorbed: &[usize]) -> Vec<TokenTree> {
    let is_absorbed = |at: usize| absorbed.iter().any(|start| (*start..start + 2).contains(&at));
    let tokens = tokens.into_iter().enumerate();
    tokens.filter(|(at, _)| !is_absorbed(*at)).map(|(_, token)| token).collect()
}

/// Whether these are the arguments of an attribute that another one has read.
pub(crate) fn is_absorbed(args: &TokenStream) -> bool {
    args.to_string() == ABSORBED
}

/// `[path(__absorbed)]`
fn marked(mut path: Vec<TokenTree>) -> TokenTree {
    let mut args = Tokens::new(Span::call_site());
    args.group(Delimiter::Parenthesis, Span::call_site(), |args| args.path(&[ABSORBED]));
    path.extend(args.into_trees());
    Group::new(Delimiter::Bracket, path.into_iter().collect()).into()
}

/// `macro_rules!` hands a matched `$item` on in an invisible group.
fn unwrap_invisible(item: TokenStream) -> Vec<TokenTree> {
    let mut tokens: Vec<_> = item.into_iter().collect();
    while let [TokenTree::Group(group)] = tokens.as_slice()
        && group.delimiter() == Delimiter::None
    {
        tokens = group.stream().into_iter().collect();
    }
    tokens
}

/// Whether brackets hold `tool`, `rmcp::prompt(..)` or the like.
fn is_mcp_attribute(token: &TokenTree) -> bool {
    let TokenTree::Group(brackets) = token else { return false };
    let path = brackets.stream().into_iter().take_while(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == ':',
        token => matches!(token, TokenTree::Ident(_)),
    });
    path.last().is_some_and(|name| is_word(&name, &["tool", "prompt"]))
}

/// Walks `pub async unsafe extern "C" fn name<..>(`, from `head` on.
///
/// A handler of requests has no `self`; an MCP tool or prompt, known by rmcp's attribute below ours, may have one.
fn find_parameters(tokens: &[TokenTree], head: usize) -> Result<Parameters, SyntaxError> {
    let mut at = head;
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) => match word.to_string().as_str() {
                "fn" => break,
                "pub" | "crate" | "default" | "const" | "async" | "unsafe" | "safe" | "extern" | "gen" => {}
                _ => return Err(not_a_function(tokens, at)),
            },
            // `pub(crate)`, `extern "C"`, a `$vis` of `macro_rules!`
            Some(TokenTree::Group(group))
                if matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None) => {}
            Some(TokenTree::Literal(_)) if at > head => {}
            _ => return Err(not_a_function(tokens, at)),
        }
        at += 1;
    }
    at += 1;
    if tokens.get(at).is_none_or(|name| matches!(name, TokenTree::Punct(_) | TokenTree::Literal(_))) {
        return Err(not_a_function(tokens, at));
    }
    at += 1;
    if tokens.get(at).is_some_and(|token| is_punct(token, '<')) {
        at = after_generics(tokens, at);
    }
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            let inside = group.stream().into_iter().collect();
            let parameters = Parameters { at, span: group.span(), tokens: inside, receiver: Vec::new() };
            match parameters.receiver() {
                Some(_) if tokens.iter().take(head).any(is_mcp_attribute) => {
                    Ok(parameters.without_receiver())
                }
                Some(place) => Err(SyntaxError::new(
                    place,
                    "a method with `self` can't be a handler, so there is nothing to guard",
                    "put the attribute on a function without `self`, and take the state as an extractor; on an MCP tool it stands \
                     above `#[tool]`",
                )),
                None => Ok(parameters),
            }
        }
        _ => Err(not_a_function(tokens, at)),
    }
}

/// The index after the `>` that closes the `<` at `at`, or the end. The `>` of `->` closes nothing; what is compared
/// inside a const argument stands in braces, which are one token.
fn after_generics(tokens: &[TokenTree], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut after_minus = false;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        let TokenTree::Punct(punct) = token else {
            after_minus = false;
            continue;
        };
        match punct.as_char() {
            '<' => depth += 1,
            '>' if !after_minus => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
        after_minus = punct.as_char() == '-' && punct.spacing() == Spacing::Joint;
    }
    tokens.len()
}

/// The error for tokens that stop being a function at `at`.
fn not_a_function(tokens: &[TokenTree], at: usize) -> SyntaxError {
    let help = "put the attribute on the function that handles the request; a closure or a service gets its \
                decision where it is registered";
    // `const NAME: ..`: the word before tells more than the name.
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let found = before.filter(|word| is_word(word, &["const"])).or(tokens.get(at));
    match found {
        Some(word @ TokenTree::Ident(_)) if is_word(word, &["impl", "trait", "mod"]) => SyntaxError::new(
            word.span(),
            format!("the attribute guards a function, not a whole `{word}`"),
            "put it on each function inside",
        ),
        Some(word @ TokenTree::Ident(_)) => SyntaxError::new(
            word.span(),
            format!("the attribute guards a function, and this begins with `{word}`"),
            help,
        ),
        Some(other) => {
            SyntaxError::new(other.span(), "the attribute guards a function, and this is none", help)
        }
        None => {
            SyntaxError::new(Span::call_site(), "the attribute guards a function, and there is none", help)
        }
    }
}

fn is_word(token: &TokenTree, words: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(found) if words.iter().any(|word| found == word))
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}
