//! An annotation to the type of its guard: `crate::scopes::Guard<..>`.
//!
//! Names nothing but `crate::scopes`, the module the service's own policy was generated into, so that the runtime crate
//! may have any name. Spans resolve at the attribute and point to the literal, so that rustc underlines the literal.

use crate::{Annotation, ModeRule, Rule, ScopeName, Spelling, Text};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use scopewright_core::naming::{fingerprint, variant_name};

/// The runtime has its traits for tuples of up to this many members; longer lists nest in the last place.
const MAX_MEMBERS: usize = 12;

/// The `R` of `Guard<R>`.
pub(crate) fn requirement_type(annotation: &Annotation) -> TokenStream {
    let by_mode: Vec<_> = annotation.rules.iter().filter_map(via_type).collect();
    let otherwise = annotation.rules.iter().find(|rule| rule.via.is_none());
    let otherwise = otherwise.map_or_else(|| marker("Refused"), |rule| rule_type(&rule.rule));
    let decision = match nested(by_mode, |rest| quote!((#(#rest,)*))) {
        Some(by_mode) => quote!(crate::scopes::rt::require::PerMode<(#(#by_mode,)*), #otherwise>),
        None => otherwise,
    };
    let notes: Vec<_> = annotation.may_require.iter().map(|note| scope_type(&note.scope)).collect();
    match nested(notes, |rest| quote!((#(#rest,)*))) {
        Some(notes) => quote!(crate::scopes::rt::require::Noted<#decision, (#(#notes,)*)>),
        None => decision,
    }
}

/// The requirement of a function whose attributes are wrong: denied, and registered without a second error.
pub(crate) fn deferred() -> TokenStream {
    marker("Deferred")
}

fn via_type(rule: &ModeRule) -> Option<TokenStream> {
    let mode = checked("named_mode", "AuthMode", rule.via.as_ref()?);
    let rule = rule_type(&rule.rule);
    Some(quote!(crate::scopes::rt::require::Via<#mode, #rule>))
}

fn rule_type(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Scoped(any_of) => {
            let alternatives =
                any_of.iter().map(|all_of| group("All", all_of.iter().map(scope_type).collect()));
            group("Any", alternatives.collect())
        }
        Rule::Authenticated => marker("Authenticated"),
        Rule::Public { reason } => {
            let reason = checked("named_reason", "PublicReason", reason);
            quote!(crate::scopes::rt::require::Public<#reason>)
        }
        Rule::OptionalAuth => marker("OptionalAuth"),
        Rule::Refused => marker("Refused"),
        Rule::Deferred { .. } => deferred(),
    }
}

/// `All<(A, B)>` or `Any<(A, B)>`; one member needs neither.
fn group(name: &str, mut members: Vec<TokenStream>) -> TokenStream {
    if members.len() == 1 {
        return members.remove(0);
    }
    let name = Ident::new(name, Span::call_site());
    let wrap = |members: &[TokenStream]| quote!(crate::scopes::rt::require::#name<(#(#members),*)>);
    nested(members, wrap).map_or_else(deferred, |members| wrap(&members))
}

/// At most [`MAX_MEMBERS`] members, the last of which wraps what does not fit. None if there are none.
fn nested(
    mut members: Vec<TokenStream>,
    wrap: impl Fn(&[TokenStream]) -> TokenStream,
) -> Option<Vec<TokenStream>> {
    while members.len() > MAX_MEMBERS {
        // From the end, in chunks that fill a tuple; never a tuple of one.
        let rest = members.split_off(members.len() - MAX_MEMBERS);
        members.push(wrap(&rest));
    }
    (!members.is_empty()).then_some(members)
}

fn scope_type(scope: &ScopeName) -> TokenStream {
    let value = match scope.spelling {
        Spelling::Literal => checked("named", "Scope", &Text { text: scope.text.clone(), span: scope.span }),
        Spelling::Variant => {
            let span = located(scope.span);
            let variant = Ident::new(&scope.text, span);
            quote_spanned!(span=> { crate::scopes::Scope::#variant as u16 })
        }
    };
    quote!(crate::scopes::rt::require::Is<#value>)
}

/// `{ crate::scopes::named(crate::scopes::Scope::ReadCameras, 123) }`: the variant gives rustc's error for a misspelt name
/// its "similar name"; the function fails, when evaluated, for a name that only derives the same variant. It compares a
/// fingerprint, because rustc evaluates this for each handler and a text costs ten times as much.
fn checked(function: &str, enumeration: &str, name: &Text) -> TokenStream {
    let span = located(name.span);
    let [function, enumeration, variant] =
        [function, enumeration, &variant_name(&name.text)].map(|name| Ident::new(name, span));
    let mut fingerprint = Literal::u64_unsuffixed(fingerprint(&name.text));
    fingerprint.set_span(span);
    quote_spanned!(span=> { crate::scopes::#function(crate::scopes::#enumeration::#variant, #fingerprint) })
}

fn marker(name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote!(crate::scopes::rt::require::#name)
}

/// Shown at `place`, resolved (and to lints, written) where the attribute is.
fn located(place: Span) -> Span {
    Span::call_site().located_at(place)
}
