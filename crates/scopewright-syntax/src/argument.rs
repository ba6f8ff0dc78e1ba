//! The arguments of an attribute, cut at the commas and told apart by their form.

use crate::{Named, ScopeName, Spelling, SyntaxError, Text};
use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, Span, TokenStream, TokenTree};

/// One argument.
#[derive(Debug)]
pub(crate) enum Argument {
    /// `"read:cameras"`; what the text means depends on the attribute.
    Text(Text),
    /// `ReadCameras` or `Scope::ReadCameras`.
    Variant(ScopeName),
    /// `word(..)`
    Call { word: Ident, group: Group },
    /// `word = "text"`, `word = Variant` or `word = ["text", Variant]`
    Setting { word: Ident, value: Vec<Named> },
}

impl Argument {
    /// Where the argument begins.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::Variant(name) => name.span,
            Self::Call { word, .. } | Self::Setting { word, .. } => word.span(),
        }
    }

    /// The argument as a person would recognise it in a message.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => format!("{:?}", text.text),
            Self::Variant(name) => name.text.clone(),
            Self::Call { word, .. } => format!("{word}(..)"),
            Self::Setting { word, .. } => format!("{word} = .."),
        }
    }
}

/// Cuts at the commas and reads each argument. A mistake in one does not hide a mistake in the next.
pub(crate) fn read_arguments(tokens: TokenStream, errors: &mut Vec<SyntaxError>) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let mut piece = Vec::new();
    for token in flatten(tokens) {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if piece.is_empty() {
                    errors.push(SyntaxError::new(
                        comma.span(),
                        "there is no argument before this comma",
                        "remove the comma",
                    ));
                } else {
                    collect(read_argument(&piece), &mut arguments, errors);
                }
                piece.clear();
            }
            _ => piece.push(token),
        }
    }
    if !piece.is_empty() {
        collect(read_argument(&piece), &mut arguments, errors);
    }
    arguments
}

/// The tokens without the invisible groups that fragments of `macro_rules!` come in.
pub(crate) fn flatten(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    let mut open = vec![tokens.into_iter()];
    while let Some(innermost) = open.last_mut() {
        match innermost.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                open.push(group.stream().into_iter());
            }
            Some(token) => flat.push(token),
            None => {
                open.pop();
            }
        }
    }
    flat
}

/// A scope by its name in the policy.
pub(crate) fn scope_literal(text: Text) -> Result<ScopeName, SyntaxError> {
    let Text { text, span } = text;
    if text.bytes().all(|byte| is_scope_character(byte.into()))
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
    {
        return Ok(ScopeName { text, spelling: Spelling::Literal, span });
    }
    Err(what_is_wrong_with(&text, span))
}

fn what_is_wrong_with(text: &str, span: Span) -> SyntaxError {
    if text.is_empty() {
        return SyntaxError::new(span, "a scope has no empty name", "name a scope of the policy");
    }
    let names: Vec<_> = text.split_whitespace().map(|name| format!("{name:?}")).collect();
    if names.len() > 1 {
        let several = names.join(", ");
        return SyntaxError::new(
            span,
            format!("`{text}` is several scopes in one text"),
            format!("write a text for each: `{several}` (all of them) or `any({several})` (one of them)"),
        );
    }
    if let Some(character) = text.chars().find(|character| !is_scope_character(*character)) {
        return SyntaxError::new(
            span,
            format!("a scope's name can't hold {character:?}"),
            "RFC 6749 allows printable ASCII without space, `\"` and `\\`; name a scope of the policy",
        );
    }
    SyntaxError::new(
        span,
        format!("no name can be derived from `{text}`, it holds no letter and no digit"),
        "use the scope's generated variant, an identifier without quotes",
    )
}

/// RFC 6749, section 3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
const fn is_scope_character(character: char) -> bool {
    matches!(character, '\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E')
}

fn collect(
    argument: Result<Argument, SyntaxError>,
    arguments: &mut Vec<Argument>,
    errors: &mut Vec<SyntaxError>,
) {
    match argument {
        Ok(argument) => arguments.push(argument),
        Err(error) => errors.push(error),
    }
}

/// Reads the tokens between two commas, at least one.
fn read_argument(piece: &[TokenTree]) -> Result<Argument, SyntaxError> {
    match piece {
        [TokenTree::Literal(literal)] => text_literal(literal).map(Argument::Text),
        [TokenTree::Literal(_), next, ..] => Err(SyntaxError::new(
            next.span(),
            format!("unexpected `{}` after a text", shown(next)),
            "separate arguments by commas",
        )),
        [TokenTree::Ident(word)] => variant(word).map(Argument::Variant),
        [TokenTree::Ident(word), TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            Ok(Argument::Call { word: word.clone(), group: group.clone() })
        }
        [TokenTree::Ident(word), TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
            setting(word, equals.span(), value)
        }
        [path @ .., TokenTree::Ident(last)] if is_scope_path(path) => variant(last).map(Argument::Variant),
        [first, ..] => Err(SyntaxError::new(
            first.span(),
            format!("unexpected `{}`", shown(first)),
            "an argument is a scope (`\"read:cameras\"` or `ReadCameras`), `any(..)`, `all(..)` or `word = \"text\"`",
        )),
        [] => Err(SyntaxError::new(Span::call_site(), "an argument is missing", "write one")),
    }
}

fn setting(word: &Ident, equals: Span, value: &[TokenTree]) -> Result<Argument, SyntaxError> {
    let of = |value| Ok(Argument::Setting { word: word.clone(), value });
    match value {
        [TokenTree::Literal(literal)] => of(vec![named_literal(literal)?]),
        [TokenTree::Group(list)] if list.delimiter() == Delimiter::Bracket => of(named_list(word, list)?),
        [TokenTree::Literal(_), next, ..] => Err(SyntaxError::new(
            next.span(),
            format!("unexpected `{}` after the text of `{word}`", shown(next)),
            "separate arguments by commas",
        )),
        other => match named_variant(other) {
            Some(named) => of(vec![named]),
            None => Err(SyntaxError::new(
                other.first().map_or(equals, TokenTree::span),
                format!("`{word}` takes a text in quotes"),
                format!("write `{word} = \"..\"`"),
            )),
        },
    }
}

fn named_literal(literal: &Literal) -> Result<Named, SyntaxError> {
    let Text { text, span } = text_literal(literal)?;
    Ok(Named { text, spelling: Spelling::Literal, span })
}

/// `ApiKey` or `AuthMode::ApiKey`, whatever stands before it.
fn named_variant(tokens: &[TokenTree]) -> Option<Named> {
    let [path @ .., TokenTree::Ident(last)] = tokens else { return None };
    let is_path = path.iter().all(|token| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    });
    let text = last.to_string();
    let is_variant = text != "Self" && text.starts_with(char::is_uppercase);
    let is_whole = path.is_empty() || strip_colons(path).is_some();
    (is_path && is_whole && is_variant).then(|| Named {
        text,
        spelling: Spelling::Variant,
        span: last.span(),
    })
}

/// `["jwt", ApiKey]`
fn named_list(word: &Ident, list: &Group) -> Result<Vec<Named>, SyntaxError> {
    let tokens = flatten(list.stream());
    let pieces = tokens.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','));
    let mut pieces: Vec<&[TokenTree]> = pieces.collect();
    // A comma may stand after the last one.
    if pieces.last().is_some_and(|last| last.is_empty()) {
        pieces.pop();
    }
    if pieces.is_empty() {
        return Err(SyntaxError::new(
            list.span(),
            format!("`{word}` names nothing"),
            format!("write `{word} = \"..\"`"),
        ));
    }
    pieces
        .into_iter()
        .map(|piece| match piece {
            [TokenTree::Literal(literal)] => named_literal(literal),
            other => named_variant(other).ok_or_else(|| {
                SyntaxError::new(
                    other.first().map_or_else(|| list.span(), TokenTree::span),
                    format!("`{word}` takes names in quotes, between commas"),
                    format!("write `{word} = [\"..\", \"..\"]`"),
                )
            }),
        })
        .collect()
}

fn text_literal(literal: &Literal) -> Result<Text, SyntaxError> {
    // Nearly all are plain, and a macro that is compiled without optimisation feels the difference.
    let source = literal.to_string();
    let plain = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = plain.filter(|text| !text.contains(['\\', '\r', '"'])) {
        return Ok(Text { text: text.to_owned(), span: literal.span() });
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) if text.suffix().is_empty() => {
            Ok(Text { text: text.value(), span: literal.span() })
        }
        _ => Err(SyntaxError::new(
            literal.span(),
            format!("expected a text in quotes, found `{literal}`"),
            "write the name in double quotes, such as `\"read:cameras\"`",
        )),
    }
}

/// A generated variant. The policy stage gives only names that begin with an upper-case letter.
fn variant(ident: &Ident) -> Result<ScopeName, SyntaxError> {
    let text = ident.to_string();
    if text == "Self" || !text.starts_with(char::is_uppercase) {
        return Err(SyntaxError::new(
            ident.span(),
            format!("unexpected word `{text}`"),
            "a scope is written as a text (`\"read:cameras\"`) or as its variant (`ReadCameras`)",
        ));
    }
    Ok(ScopeName { text, spelling: Spelling::Variant, span: ident.span() })
}

/// `Scope::`, whatever stands before it.
fn is_scope_path(path: &[TokenTree]) -> bool {
    let Some(rest) = strip_colons(path) else { return false };
    let [before @ .., TokenTree::Ident(scope)] = rest else { return false };
    let mut before = before;
    loop {
        if before.is_empty() {
            return *scope == "Scope";
        }
        let Some(rest) = strip_colons(before) else { return false };
        match rest {
            [rest @ .., TokenTree::Ident(_)] => before = rest,
            [] => return *scope == "Scope",
            _ => return false,
        }
    }
}

fn strip_colons(path: &[TokenTree]) -> Option<&[TokenTree]> {
    match path {
        [rest @ .., TokenTree::Punct(first), TokenTree::Punct(second)]
            if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

fn shown(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(".to_owned(),
            Delimiter::Brace => "{".to_owned(),
            Delimiter::Bracket | Delimiter::None => "[".to_owned(),
        },
        other => other.to_string(),
    }
}
