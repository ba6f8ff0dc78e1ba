//! Whatever the tokens, nothing panics, and an item is never lost.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::prelude::*;
use scopewright_syntax::{AttributeKind, expand};

fn token() -> impl Strategy<Value = TokenTree> {
    const WORDS: &[&str] = &[
        "any",
        "all",
        "via",
        "reason",
        "when",
        "may_require",
        "fn",
        "pub",
        "const",
        "async",
        "extern",
        "self",
        "mut",
        "Scope",
        "ReadCameras",
        "requires_scope",
        "requires_auth",
        "public",
        "refused",
        "struct",
        "_",
        "crate",
    ];
    const LITERALS: &[&str] = &[
        r#""read:cameras""#,
        r#""""#,
        r#""a b""#,
        "1",
        "'c'",
        r#"b"x""#,
        r##"r#"a"#"##,
        r#""\u{e9}""#,
        r#"c"x""#,
    ];
    let leaf = prop_oneof![
        4 => proptest::sample::select(WORDS).prop_map(|word| Ident::new(word, Span::call_site()).into()),
        2 => proptest::sample::select(LITERALS)
            .prop_map(|text| TokenTree::from(text.parse::<Literal>().expect("a literal"))),
        3 => (proptest::sample::select(&['#', ',', '=', ':', '<', '>', '-', '&', '\'', '!', ';', '.']), any::<bool>())
            .prop_map(|(character, joint)| {
                Punct::new(character, if joint { Spacing::Joint } else { Spacing::Alone }).into()
            }),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        const DELIMITERS: &[Delimiter] =
            &[Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
        (proptest::sample::select(DELIMITERS), proptest::collection::vec(inner, 0..8))
            .prop_map(|(delimiter, tokens)| Group::new(delimiter, tokens.into_iter().collect()).into())
    })
}

fn tokens() -> impl Strategy<Value = TokenStream> {
    proptest::collection::vec(token(), 0..12).prop_map(|tokens| tokens.into_iter().collect())
}

fn check(kind: AttributeKind, args: &TokenStream, item: &TokenStream) -> Result<(), TestCaseError> {
    let expanded = expand(kind, args.clone(), item.clone()).to_string();
    let guarded = expanded.contains("_ : crate :: scopes :: Guard");
    prop_assert!(guarded || expanded.contains("compile_error"), "neither guarded nor refused: {}", expanded);
    Ok(())
}

proptest! {
    #[test]
    fn any_arguments_on_a_function(at in 0..AttributeKind::ALL.len(), args in tokens()) {
        check(AttributeKind::ALL[at], &args, &"async fn f(a: A) -> B { c }".parse().expect("a function"))?;
    }

    #[test]
    fn any_item(at in 0..AttributeKind::ALL.len(), item in tokens()) {
        check(AttributeKind::ALL[at], &TokenStream::new(), &item)?;
    }

    #[test]
    fn any_tokens_of_a_function(attributes in tokens(), generics in tokens(), parameters in tokens()) {
        let parameters = Group::new(Delimiter::Parenthesis, parameters);
        let item = quote::quote!(#attributes pub fn f<#generics> #parameters {});
        check(AttributeKind::RequiresAuth, &TokenStream::new(), &item)?;
    }

    #[test]
    fn any_text(args in ".{0,80}") {
        if let Ok(args) = args.parse() {
            check(AttributeKind::RequiresScope, &args, &"fn f() {}".parse().expect("a function"))?;
        }
    }

    #[test]
    fn any_name(name in ".{0,40}") {
        let name = Literal::string(&name);
        for (kind, args) in [
            (AttributeKind::RequiresScope, quote::quote!(#name, via = #name)),
            (AttributeKind::Public, quote::quote!(reason = #name)),
            (AttributeKind::ScopeTodo, quote::quote!(#name)),
        ] {
            check(kind, &args, &"fn f() {}".parse().expect("a function"))?;
        }
    }
}

#[test]
fn arguments_nested_without_end() {
    let args = format!("{}\"a\"{}", "any(".repeat(100_000), ")".repeat(100_000));
    let Ok(args) = args.parse::<TokenStream>() else { return };
    check(AttributeKind::RequiresScope, &args, &"fn f() {}".parse().expect("a function")).unwrap();
}
