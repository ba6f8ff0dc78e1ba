//! `HEAD` beside the `GET` of its path: it is `GET` without the body (RFC 9110 section 9.3.2), and what it tells is told
//! of the same thing.

use super::duplicates::{Decided, in_words};
use super::endpoints::nameless;
use super::strictness::lets_in_more;
use scopewright_model::core::Method;
use scopewright_model::{Code, Diagnostic, Policy, Sink};
use std::collections::BTreeMap;

/// Reports each `HEAD` that lets in somebody whom the `GET` of its path would not.
pub(super) fn report(decided: &[Decided<'_>], policy: &Policy, sink: &mut Sink) {
    let mut by_path: BTreeMap<String, &Decided<'_>> = BTreeMap::new();
    for found in decided {
        let path = || nameless(&found.endpoint.route.path);
        match found.endpoint.route.method {
            // What answers every method answers `GET` only where nothing else does.
            Method::Any => _ = by_path.entry(path()).or_insert(found),
            Method::Get => _ = by_path.insert(path(), found),
            _ => {}
        }
    }
    let heads = decided.iter().filter(|found| found.endpoint.route.method == Method::Head);
    for head in heads {
        if let Some(get) = by_path.get(&nameless(&head.endpoint.route.path))
            && lets_in_more(&head.ruling, &get.ruling, policy)
        {
            sink.push(asks_for_less(head, get, policy));
        }
    }
}

fn asks_for_less(head: &Decided<'_>, get: &Decided<'_>, policy: &Policy) -> Diagnostic {
    let (title, of_get) = (head.endpoint.title(), get.endpoint.title());
    let registered = &head.endpoint.route.registered;
    let finding = Diagnostic::new(
        Code::HeadAsksForLess,
        format!("`{title}` asks for less than `{of_get}`"),
        head.place.span().clone(),
        format!("`HEAD` requires {}", in_words(&head.ruling, policy)),
    )
    .also(get.place.span().clone(), format!("`{of_get}` requires {}", in_words(&get.ruling, policy)));
    let finding = if registered == head.place.span() {
        finding
    } else {
        finding.also(registered.clone(), format!("`{title}` is registered here"))
    };
    finding
        .help("let both require the same: `HEAD` tells whether something is there, its size, its tag and its date")
        .help("or remove the `HEAD`: the handler of `GET` answers it, and its decision holds")
}
