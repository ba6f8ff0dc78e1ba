//! Findings about the table as a whole: what could not be followed, what decides nothing, what is still open.

use scopewright_model::policy::Status;
use scopewright_model::{
    Code, DecidedBy, Decision, DeclaredRule, Diagnostic, McpOperation, ModeRule, Operation, Policy,
    RouteTable, Sink, Span,
};
use std::collections::BTreeSet;

/// Places discovery could not follow. Each is an error: what can't be followed can't be called covered.
pub(crate) fn report_unresolved(table: &RouteTable, sink: &mut Sink) {
    sink.extend(table.unresolved.iter().map(|unresolved| {
        let diagnostic =
            Diagnostic::new(unresolved.code, unresolved.reason.clone(), unresolved.span.clone(), "")
                .help(unresolved.help.clone());
        let entries = |from: &String| format!("`[[routes]]` entry with `from = \"{from}\"`");
        match unresolved.registrars.as_slice() {
            [] => diagnostic,
            [one] => {
                diagnostic.help(format!("or say which endpoints these are: a {} for each", entries(one)))
            }
            several => diagnostic.help(format!(
                "or say which endpoints these are: a {}",
                several.iter().map(entries).collect::<Vec<_>>().join(", a ")
            )),
        }
    }));
}

/// Annotated functions that answer no endpoint.
pub(super) fn report_unreached(table: &RouteTable, sink: &mut Sink) {
    sink.extend(table.unreached.iter().map(|unreached| {
        let name = unreached.name();
        Diagnostic::new(
            Code::UnreachedAnnotation,
            format!("`{name}` carries a scope decision and is not registered anywhere"),
            unreached.span.clone(),
            "no route reaches this function",
        )
        .also(unreached.annotation.span.clone(), "so this decides nothing")
        .help(format!("register it, as in `.route(\"/…\", get({name}))`"))
        .help("or remove the attribute, if the function is no handler")
    }));
}

/// A service without a single endpoint: the search went wrong, or there is nothing to guard.
pub(super) fn report_none(table: &RouteTable, policy: &Policy, sink: &mut Sink) {
    // Where a source could not be read, its endpoints may be the ones that are missing.
    if sink.has_errors() {
        return;
    }
    let diagnostic = match table.roots.first() {
        Some(root) => {
            let mut diagnostic = Diagnostic::new(
                Code::NoEndpoints,
                "the service that is served here has no endpoint",
                root.clone(),
                "the search for routes started here",
            );
            for root in table.roots.iter().skip(1) {
                diagnostic = diagnostic.also(root.clone(), "and here");
            }
            diagnostic.help("add routes to the router, as in `.route(\"/…\", get(handler))`")
        }
        None => Diagnostic::new(
            Code::NoEndpoints,
            "no endpoint was found: nothing is served, and no source is named",
            policy.file.clone(),
            "a policy without endpoints guards nothing",
        )
        .help("serve a router, as in `axum::serve(listener, router)`"),
    };
    let diagnostic = match table.unreached.as_slice() {
        [] => diagnostic,
        [first, rest @ ..] => {
            let who = match rest.len() {
                0 => format!("`{}` carries", first.name()),
                1 => format!("`{}` and another handler carry", first.name()),
                more => format!("`{}` and {more} other handlers carry", first.name()),
            };
            diagnostic.also(first.span.clone(), format!("{who} a scope decision that nothing registers"))
        }
    };
    sink.push(
        diagnostic
            .help("if the router is served elsewhere, name the function that builds it: `[sources] roots = [\"crate::router\"]`"),
    );
}

/// Endpoints that stay denied until somebody decides.
pub(super) fn report_deferred<'d>(
    title: &str,
    mut decisions: impl Iterator<Item = &'d Decision>,
    decided_by: &DecidedBy,
    rules: &[&ModeRule],
    sink: &mut Sink,
) {
    let deferred = decisions.find_map(|decision| match decision {
        Decision::Deferred { ticket } => Some(ticket),
        _ => None,
    });
    let Some(ticket) = deferred else { return };
    let place = rules.iter().find(|rule| matches!(rule.rule, DeclaredRule::Deferred { .. }));
    let place: Span = place.map_or_else(|| decided_by.span().clone(), |rule| rule.span.clone());
    sink.push(
        Diagnostic::new(
            Code::DeferredEndpoint,
            format!("`{title}` is denied for everybody until `{ticket}` is decided"),
            place,
            "still open",
        )
        .help(match decided_by {
            DecidedBy::Attribute(_) => "replace it with `#[requires_scope(\"…\")]` once it is decided",
            DecidedBy::Registration(_) => {
                "replace it with `scopes::requires(Scope::…, …)` once it is decided"
            }
            _ => "replace it with `requires = \"…\"` once it is decided",
        }),
    );
}

/// Scopes that open nothing: no operation requires them or anything they imply. Planned scopes and those going away
/// are meant to be unused.
pub(super) fn report_unused(
    policy: &Policy,
    operations: &[Operation],
    mcp: &[McpOperation],
    sink: &mut Sink,
) {
    let of_mcp = mcp.iter().flat_map(|offered| {
        let scopes = offered.decisions().flat_map(Decision::alternatives).flatten().copied();
        scopes.chain(offered.may_require.iter().map(|(scope, _)| *scope))
    });
    let required: BTreeSet<_> = operations
        .iter()
        .flat_map(|operation| {
            let decided = operation.by_mode.values().chain([&operation.otherwise]);
            let scopes = decided.flat_map(Decision::alternatives).flatten().copied();
            scopes.chain(operation.may_require.iter().map(|(scope, _)| *scope))
        })
        .chain(of_mcp)
        .collect();
    for (index, scope) in policy.scopes_indexed() {
        let in_use = matches!(scope.status, Status::Stable | Status::Beta);
        let opens_something =
            required.contains(&index) || scope.closure.iter().any(|held| required.contains(held));
        if in_use && !opens_something {
            sink.push(
                Diagnostic::new(
                    Code::UnusedScope,
                    format!("no endpoint requires `{}`", scope.name),
                    scope.span.clone(),
                    "opens nothing",
                )
                .help("require it where it belongs, or remove it")
                .help("`status = \"planned\"` keeps a scope that is not in use yet"),
            );
        }
    }
}
