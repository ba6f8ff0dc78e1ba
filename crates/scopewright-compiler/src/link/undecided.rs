//! Endpoints nobody has decided about: the finding this compiler exists for, with the line that mends it.

use super::endpoints::Endpoint;
use super::names::listed;
use super::words::{and_more, door};
use scopewright_model::core::ScopeIndex;
use scopewright_model::{Applicability, AskedBy, Code, Diagnostic, Framework, Policy, Sink, Span};
use std::collections::BTreeMap;

/// An endpoint without a decision, and the scopes it most likely needs.
pub(super) struct Undecided<'e> {
    pub(super) endpoint: &'e Endpoint<'e>,
    pub(super) proposal: Option<Vec<ScopeIndex>>,
}

/// Reports them: one finding for each handler, however many endpoints it answers.
pub(super) fn report(undecided: &[Undecided<'_>], policy: &Policy, sink: &mut Sink) {
    let mut by_handler: BTreeMap<&Span, Vec<&Undecided<'_>>> = BTreeMap::new();
    for found in undecided {
        let route = &found.endpoint.route;
        let place = route.handler.as_ref().map_or(&route.registered, |handler| &handler.definition);
        by_handler.entry(place).or_default().push(found);
    }
    for (place, group) in by_handler {
        if let Some(first) = group.first() {
            sink.push(diagnostic(place, first, &group, policy));
        }
    }
}

fn diagnostic(place: &Span, first: &Undecided<'_>, group: &[&Undecided<'_>], policy: &Policy) -> Diagnostic {
    let endpoint = first.endpoint;
    let handler = endpoint.route.handler.as_ref();
    let name = handler.map_or("", |handler| handler.path.rsplit("::").next().unwrap_or_default());
    let label = match name {
        "" => "no scope decision".to_owned(),
        "{closure}" => "this closure has no scope decision".to_owned(),
        name => format!("`{name}` has no scope decision"),
    };
    let verb = if group.len() == 1 { "has" } else { "have" };
    let mut diagnostic = Diagnostic::new(
        Code::UndecidedEndpoint,
        format!("{} {verb} no scope decision", and_more(&endpoint.title(), group.len())),
        place.clone(),
        label,
    );
    for found in group {
        let route = &found.endpoint.route;
        if route.registered != *place {
            diagnostic = diagnostic
                .also(route.registered.clone(), format!("registered here as `{}`", found.endpoint.title()));
        }
    }
    let scopes = scope_list(first.proposal.as_deref(), policy);
    let applicability =
        if first.proposal.is_some() { Applicability::MaybeIncorrect } else { Applicability::HasPlaceholders };
    match handler.and_then(|handler| handler.attribute_place.as_ref()) {
        Some(item) => {
            let indent = " ".repeat(usize::try_from(item.start.column.saturating_sub(1)).unwrap_or(0));
            let insertion = Span { file: item.file.clone(), start: item.start, end: item.start };
            let attribute = format!("#[requires_scope({scopes})]");
            diagnostic = diagnostic.help(format!("say what a caller needs: `{attribute}`")).suggest_as(
                insertion,
                format!("{attribute}\n{indent}"),
                applicability,
            );
        }
        None if handler.is_some() => {
            let variants = variant_list(first.proposal.as_deref(), policy);
            diagnostic = diagnostic
                .help(format!(
                    "there is no place for an attribute: say it where the handler is registered, `scopes::requires({variants}, …)`"
                ))
                .help(format!("or decide it {}", entry_help(endpoint, &scopes, policy)));
            diagnostic = with_door(diagnostic, endpoint);
        }
        None => {
            diagnostic = diagnostic.help(format!("decide it {}", entry_help(endpoint, &scopes, policy)));
            diagnostic = with_door(diagnostic, endpoint);
        }
    }
    if first.proposal.is_none() {
        let names = policy.scopes.iter().filter(|scope| scope.status.is_live()).map(|scope| &*scope.name);
        diagnostic = diagnostic.help(format!("the scopes are {}", listed(names)));
    }
    match handler.and_then(|handler| handler.attribute_place.as_ref()) {
        Some(_) => diagnostic.help(
            "other answers are `#[requires_auth]` (any valid credential), `#[public(reason = \"…\")]` (no credential) \
             and `#[scope_todo(\"…\")]` (denied for everybody until it is decided)",
        ),
        None => diagnostic,
    }
}

/// `"a", "b"`, or a placeholder.
fn scope_list(proposal: Option<&[ScopeIndex]>, policy: &Policy) -> String {
    proposal.map_or_else(
        || "\"…\"".to_owned(),
        |scopes| joined(scopes, |scope| format!("\"{}\"", policy.scope(scope).name)),
    )
}

/// `Scope::A, Scope::B`, or a placeholder.
fn variant_list(proposal: Option<&[ScopeIndex]>, policy: &Policy) -> String {
    proposal.map_or_else(
        || "Scope::…".to_owned(),
        |scopes| joined(scopes, |scope| format!("Scope::{}", policy.scope(scope).variant)),
    )
}

fn joined(scopes: &[ScopeIndex], spell: impl Fn(ScopeIndex) -> String) -> String {
    scopes.iter().map(|scope| spell(*scope)).collect::<Vec<_>>().join(", ")
}

/// What an entry of the policy needs beside it, where nothing asks yet.
fn with_door(diagnostic: Diagnostic, endpoint: &Endpoint<'_>) -> Diagnostic {
    let route = &endpoint.route;
    let is_plain = matches!(route.framework, Framework::Axum | Framework::ActixWeb);
    if !is_plain || route.asked_by != AskedBy::Nothing {
        return diagnostic;
    }
    diagnostic
        .help(format!("with the entry, put the part in behind a door that asks: {}", door(route.framework)))
}

fn entry_help(endpoint: &Endpoint<'_>, scopes: &str, policy: &Policy) -> String {
    let requires = if scopes.contains(", ") { format!("[{scopes}]") } else { scopes.to_owned() };
    format!(
        "in `{}`:\n[[routes]]\nmatch = \"{}\"\nrequires = {requires}",
        policy.file.file,
        endpoint.title().replacen("ANY ", "* ", 1)
    )
}
