//! Source text in, expansion or mistakes out, in a form that reads well in a test.

#![allow(dead_code, reason = "each test uses a part of it")]

use proc_macro2::{Spacing, TokenStream, TokenTree};
use scopewright_core::naming::{fingerprint, variant_name};
use scopewright_syntax::{Attribute, SyntaxError, expand};

/// Expands the first attribute of `source` on the rest, as rustc would.
pub fn expanded(source: &str) -> TokenStream {
    let tokens: TokenStream = source.parse().expect("the test's source is not Rust");
    let mut tokens = tokens.into_iter();
    let hash = tokens.next();
    assert!(matches!(hash, Some(TokenTree::Punct(_))), "the test's source begins with no attribute");
    let Some(TokenTree::Group(brackets)) = tokens.next() else { panic!("no attribute") };
    let attribute = Attribute::from_tokens(brackets.stream(), brackets.span()).expect("not our attribute");
    expand(attribute.kind, attribute.args, tokens.collect())
}

/// The attributes at the start of `source`.
pub fn attributes(source: &str) -> Vec<Attribute> {
    let tokens: TokenStream = source.parse().expect("the test's source is not Rust");
    tokens
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(brackets) => Attribute::from_tokens(brackets.stream(), brackets.span()),
            _ => None,
        })
        .collect()
}

/// The abbreviations of the expected texts, written out: `r::` is the runtime's module of requirements,
/// `{scope NAME}`, `{mode NAME}` and `{reason NAME}` are the numbers of a name, `{variant NAME}` that of a variant.
pub fn written_out(expected: &str) -> String {
    let mut text = expected.replace("r::", "crate::scopes::rt::require::");
    for (word, function, enumeration) in [
        ("{scope ", "named", "Scope"),
        ("{mode ", "named_mode", "AuthMode"),
        ("{reason ", "named_reason", "PublicReason"),
    ] {
        while let Some((before, rest)) = text.split_once(word) {
            let (name, after) = rest.split_once('}').expect("no end of an abbreviation");
            let (variant, number) = (variant_name(name), fingerprint(name));
            text = format!(
                "{before}{{ crate::scopes::{function}(crate::scopes::{enumeration}::{variant}, {number}) }}{after}"
            );
        }
    }
    while let Some((before, rest)) = text.split_once("{variant ") {
        let (variant, after) = rest.split_once('}').expect("no end of an abbreviation");
        text = format!("{before}{{ crate::scopes::Scope::{variant} as u16 }}{after}");
    }
    text
}

/// Tokens as text, whatever was glued to what by blanks.
pub fn shown(tokens: TokenStream) -> String {
    fn write(tokens: TokenStream, text: &mut String) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let rendered = group.to_string();
                    let (open, close) = (rendered.chars().next(), rendered.chars().next_back());
                    text.extend(open);
                    text.push(' ');
                    write(group.stream(), text);
                    text.extend(close);
                }
                TokenTree::Punct(punct) => {
                    text.push(punct.as_char());
                    if punct.spacing() == Spacing::Joint && punct.as_char() != '>' {
                        continue;
                    }
                }
                other => text.push_str(&other.to_string()),
            }
            text.push(' ');
        }
    }
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

/// Three lines for each mistake: `line:column` and the source its span covers, the message, the help.
pub fn rendered(errors: &[SyntaxError]) -> String {
    let render = |error: &SyntaxError| {
        let start = error.span.start();
        let source = error.span.source_text().unwrap_or_default();
        format!("{}:{} `{source}`\n{}\n{}", start.line, start.column + 1, error.message, error.help)
    };
    errors.iter().map(render).collect::<Vec<_>>().join("\n")
}
