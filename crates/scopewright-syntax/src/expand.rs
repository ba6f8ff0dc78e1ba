//! What the macros do: the item with its guard as first parameter, and an error for every mistake.

use crate::guard_type::guard_parameter;
use crate::item::{Item, Parameters, is_absorbed, without_absorbed};
use crate::tokens::Tokens;
use crate::{Annotation, Attribute, AttributeKind, SyntaxError, parse_annotation};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Expands an attribute on an item. The outermost attribute of ours reads the others on the item as well; they stay there,
/// marked, and do nothing when it is their turn.
///
/// The first parameter becomes `_: crate::scopes::Guard<..>`, the first after `&self` in an MCP tool or prompt; nothing else changes. With a mistake in an attribute
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
    expand_item(kind, args, Item::read(item), |_, _| Vec::new())
}

/// The expansion of an item that was read already. `beside` makes what else stands beside the guarded function, from the
/// function's tokens and its annotation.
pub(crate) fn expand_item(
    kind: AttributeKind,
    args: TokenStream,
    item: Item,
    beside: impl FnOnce(&[TokenTree], Option<&Annotation>) -> Vec<TokenTree>,
) -> TokenStream {
    let Item { mut tokens, absorbed, attributes, parameters } = item;
    let mut all = vec![Attribute { kind, span: Span::call_site(), args }];
    all.extend(attributes);
    let (annotation, mut errors) = match parse_annotation(&all) {
        Ok(annotation) => (annotation, Vec::new()),
        Err(errors) => (None, errors),
    };
    match parameters {
        Ok(parameters) if parameters.are_guarded() => {
            // The mark is no argument that could be parsed, so whoever bears it is among those with errors.
            if !errors.is_empty() && all.first().is_some_and(|first| is_absorbed(&first.args)) {
                errors.clear();
            } else {
                errors = vec![SyntaxError::new(
                    Span::call_site(),
                    "another attribute has already guarded this function",
                    "don't rename the attributes in `use`, so that they can be read together",
                )];
            }
        }
        Ok(parameters) => {
            let many = parameters.are_many();
            let beside = beside(&tokens, annotation.as_ref());
            if let Some(place) = tokens.get_mut(parameters.at) {
                *place = guarded(parameters, annotation.as_ref());
            }
            if many {
                tokens.splice(0..0, quiet_lint());
            }
            tokens.extend(beside);
        }
        // One mistake, one error: on the wrong item the arguments do not matter.
        Err(error) => {
            errors = vec![error];
            tokens = without_absorbed(tokens, &absorbed);
        }
    }
    tokens.extend(errors.iter().flat_map(SyntaxError::to_compile_error));
    tokens.into_iter().collect()
}

/// The parameters with the guard in front; the one that denies everybody if there is no annotation.
fn guarded(parameters: Parameters, annotation: Option<&Annotation>) -> TokenTree {
    let mut guarded = Tokens::new(Span::call_site());
    guard_parameter(annotation, &mut guarded);
    let mut tokens = parameters.receiver;
    tokens.extend(guarded.into_trees());
    tokens.extend(parameters.tokens);
    let mut group = Group::new(Delimiter::Parenthesis, tokens.into_iter().collect());
    group.set_span(parameters.span);
    group.into()
}

/// `#[allow(clippy::too_many_arguments)]`: the one parameter more is not the user's doing.
fn quiet_lint() -> Vec<TokenTree> {
    let mut tokens = Tokens::new(Span::call_site());
    tokens.punct('#');
    tokens.group(Delimiter::Bracket, Span::call_site(), |tokens| {
        tokens.path(&["allow"]);
        tokens.group(Delimiter::Parenthesis, Span::call_site(), |tokens| {
            tokens.path(&["clippy", "too_many_arguments"]);
        });
    });
    tokens.into_trees()
}
