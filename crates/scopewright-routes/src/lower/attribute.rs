//! Attributes that may be ours, kept as text: whether they are is known when names are resolved.

use super::{place, types};
use crate::facts::{Attribute, Key, Place};
use crate::lower::place::Source;
use proc_macro2::{Delimiter, TokenTree};
use syn::{Meta, Token, punctuated::Punctuated, spanned::Spanned};

/// Attributes of the language and of crates that are in every service. Nobody imports ours under these names.
const NOT_OURS: &[&str] = &[
    "allow",
    "async_trait",
    "automatically_derived",
    "cfg",
    "cold",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "forbid",
    "inline",
    "instrument",
    "must_use",
    "no_mangle",
    "non_exhaustive",
    "path",
    "rustfmt",
    "serde",
    "track_caller",
    "warn",
];

/// The attributes that are not known to be something else.
pub fn all(attributes: &[syn::Attribute], source: &Source<'_>) -> Vec<Attribute> {
    let mut found = Vec::new();
    for attribute in attributes {
        let whole = place::between(attribute.pound_token.spans[0], attribute.bracket_token.span.close());
        if attribute.path().is_ident("cfg_attr") {
            if let Meta::List(list) = &attribute.meta {
                conditional(list, whole, source, &mut found);
            }
        } else {
            found.extend(one(&attribute.meta, whole, None, source));
        }
    }
    found
}

fn conditional(list: &syn::MetaList, whole: Place, source: &Source<'_>, found: &mut Vec<Attribute>) {
    let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        // Ours may hold what is no meta item (`any("a", "b")` is one, `"a" | "b"` is not): look at the names alone.
        let names = list.tokens.clone().into_iter().filter_map(|tree| match tree {
            TokenTree::Ident(ident) => Some(ident),
            TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
        });
        found.extend(names.filter(|ident| crate::words::is_attribute(&ident.to_string())).map(|ident| {
            Attribute {
                path: types::path(&ident.into()),
                arguments: None,
                arguments_at: whole.key(),
                place: whole,
                conditional: Some(source.short(whole)),
            }
        }));
        return;
    };
    let mut parts = parts.iter();
    let condition = parts.next().map(|meta| source.short(place::of_span(meta.span()))).unwrap_or_default();
    for meta in parts {
        found.extend(one(meta, whole, Some(condition.clone()), source));
    }
}

fn one(meta: &Meta, whole: Place, conditional: Option<String>, source: &Source<'_>) -> Option<Attribute> {
    let path = types::path(meta.path());
    // `#[utoipa::path(get, path = "/x")]` is no `#[path = "x.rs"]`.
    let is_documentation = path.last() == "path" && matches!(meta, Meta::List(_));
    let is_of_utoipa = path.segments.first().is_some_and(|first| first.name == "utoipa");
    if !is_documentation && (NOT_OURS.contains(&path.last()) || is_of_utoipa) {
        return None;
    }
    let (arguments, arguments_at) = match meta {
        Meta::List(list) => {
            let group = place::of_span(list.delimiter.span().join());
            let inside =
                Place { column: group.column + 1, end_column: group.end_column.saturating_sub(1), ..group };
            // What a macro wrote is nowhere in the text of the file.
            let is_written = inside.made != 0;
            let text = if is_written { list.tokens.to_string() } else { source.slice(inside).to_owned() };
            (Some(text), inside.key())
        }
        Meta::Path(_) | Meta::NameValue(_) => (None, Key::default()),
    };
    Some(Attribute { path, arguments, arguments_at, place: whole, conditional })
}

/// Whether tokens hold a call that registers or serves routes: `.route(..)`, `serve(..)`, `Router::..`.
pub fn registers(tokens: &proc_macro2::TokenStream) -> bool {
    let mut open = vec![tokens.clone().into_iter()];
    let (mut before, mut name) = (None::<char>, None::<(Option<char>, String)>);
    while let Some(stream) = open.last_mut() {
        let Some(tree) = stream.next() else {
            open.pop();
            continue;
        };
        let last = before.take();
        let previous = name.take();
        match tree {
            TokenTree::Ident(ident) => name = Some((last, ident.to_string())),
            TokenTree::Punct(punct) => {
                let builds = |name: &str| name.ends_with("Router") || name == "StreamableHttpService";
                if punct.as_char() == ':' && previous.is_some_and(|(_, name)| builds(&name)) {
                    return true;
                }
                before = Some(punct.as_char());
            }
            TokenTree::Group(group) => {
                if let Some((before, name)) = previous
                    && group.delimiter() == Delimiter::Parenthesis
                    && (crate::words::serves(&name)
                        || (matches!(before, Some('.' | ':'))
                            && (crate::words::registers(&name) || name == "merge")))
                {
                    return true;
                }
                open.push(group.stream().into_iter());
            }
            TokenTree::Literal(_) => {}
        }
    }
    false
}
