//! What the macros do: the item with its guard as first parameter, and an error for every mistake.

use crate::guard_type::{deferred, requirement_type};
use crate::item::Item;
use crate::{Attribute, AttributeKind, SyntaxError, parse_annotation};
use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;

/// Expands an attribute on an item. The outermost attribute of ours takes the others off the item and expands them too.
///
/// The first parameter becomes `_: crate::scopes::Guard<..>`; nothing else changes. With a mistake in an attribute
/// the guard denies every request (`Deferred`), so the one error is the one about the mistake.
///
/// ```
/// use scopewright_syntax::{expand, AttributeKind};
/// let item = "async fn list(db: Db) {}".parse().unwrap();
/// let expanded = expand(AttributeKind::RequiresAuth, "".parse().unwrap(), item);
/// let expected = "async fn list(
///     _: crate::scopes::Guard<crate::scopes::rt::require::Authenticated>, db: Db) {}";
/// let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
/// assert_eq!(without_blanks(&expanded.to_string()), without_blanks(expected));
/// ```
pub fn expand(kind: AttributeKind, args: TokenStream, item: TokenStream) -> TokenStream {
    let Item { mut tokens, attributes, parameters } = Item::read(item);
    let mut all = vec![Attribute { kind, span: Span::call_site(), args }];
    all.extend(attributes);
    let (requirement, mut errors) = match parse_annotation(&all) {
        Ok(Some(annotation)) => (requirement_type(&annotation), Vec::new()),
        Ok(None) => (deferred(), Vec::new()),
        Err(errors) => (deferred(), errors),
    };
    let mut expanded = TokenStream::new();
    match parameters.map(|at| tokens.get_mut(at)) {
        Ok(Some(TokenTree::Group(parameters))) if is_guarded(parameters) => {
            errors.push(SyntaxError::new(
                Span::call_site(),
                "another attribute has already guarded this function",
                "don't rename the attributes in `use`, so that they can be read together",
            ));
        }
        Ok(Some(TokenTree::Group(parameters))) => {
            if Item::has_many_parameters(parameters) {
                expanded.extend(quote!(#[allow(clippy::too_many_arguments)]));
            }
            *parameters = guarded(parameters, &requirement);
        }
        Ok(_) => {}
        // One mistake, one error: on the wrong item the arguments do not matter.
        Err(error) => errors = vec![error],
    }
    expanded.extend(tokens);
    expanded.extend(errors.iter().map(SyntaxError::to_compile_error));
    expanded
}

fn guarded(parameters: &Group, requirement: &TokenStream) -> Group {
    let mut guarded = quote!(_: crate::scopes::Guard<#requirement>,);
    guarded.extend(parameters.stream());
    let mut group = Group::new(parameters.delimiter(), guarded);
    group.set_span(parameters.span());
    group
}

/// Whether the parameters begin with what [`guarded`] inserts.
fn is_guarded(parameters: &Group) -> bool {
    let expected = ["_", ":", "crate", ":", ":", "scopes", ":", ":", "Guard"];
    let mut found = parameters.stream().into_iter();
    expected.iter().all(|expected| found.next().is_some_and(|token| token.to_string() == *expected))
}
