//! What is served and did not come from `guarded()`, and decisions of the policy that nothing asks for.

use super::duplicates::Decided;
use super::words::{and_more, door};
use scopewright_model::policy::Listener;
use scopewright_model::{
    AskedBy, Code, DecidedBy, Diagnostic, Framework, Level, Operation, Policy, Route, RouteTable, ServedRows,
    Server, Sink, Span, Standing,
};
use std::collections::{BTreeMap, BTreeSet};

/// Reports servers that nothing guards, unless the policy names them, and names that are none of theirs.
pub(super) fn report(policy: &Policy, table: &RouteTable, sink: &mut Sink) {
    for server in &table.servers {
        if !is_guarded(server) && !is_named(server, policy) {
            sink.push(unguarded(server));
        }
    }
    for listener in &policy.listeners {
        let mut named = table.servers.iter().filter(|server| is_about(listener, server)).peekable();
        if named.peek().is_none() {
            sink.push(no_such_listener(listener, table));
        } else if named.all(is_guarded) {
            sink.push(
                Diagnostic::new(
                    Code::UnmatchedListener,
                    format!("what `{}` serves is guarded", listener.served_in.value),
                    listener.served_in.span.clone(),
                    "excuses nothing",
                )
                .help("remove the entry"),
            );
        } else if serves_several(listener, table) {
            sink.push(several_routers(listener));
        }
    }
}

/// Whether different routers are handed to the function that an entry names. A function that serves whatever it is handed
/// says nothing of which routers are no part of the API.
fn serves_several(listener: &Listener, table: &RouteTable) -> bool {
    let named = table.servers.iter().enumerate();
    let named = named.filter(|(_, server)| is_about(listener, server) && !is_guarded(server));
    let mut routers = named.map(|(at, _)| {
        let on_it = table.routes.iter().filter(|route| route.servers.contains(&at));
        on_it.map(|route| (route.path.to_string(), route.method.as_str())).collect::<BTreeSet<_>>()
    });
    let first = routers.next();
    routers.any(|other| Some(other) != first)
}

fn several_routers(listener: &Listener) -> Diagnostic {
    let name = &listener.served_in.value;
    Diagnostic::new(
        Code::UnguardedService,
        format!("several routers are handed to `{name}`, and this entry excuses all of them"),
        listener.served_in.span.clone(),
        "which of them is no part of the API?",
    )
    .help(format!("serve what is no part of the API in a function of its own, in the place of `{name}`, and name that one"))
    .at_level(Level::Error)
}

/// Whether a route is on nothing but listeners that the policy names as no part of the API.
pub(super) fn is_beside_the_api(route: &Route, policy: &Policy, table: &RouteTable) -> bool {
    let is_beside = |server: &Server| !is_guarded(server) && is_named(server, policy);
    !route.servers.is_empty() && route.servers.iter().all(|at| table.servers.get(*at).is_some_and(is_beside))
}

fn is_guarded(server: &Server) -> bool {
    server.standing == Standing::Guarded || is_part(server)
}

/// A typed router that a library hands out takes decided handlers alone, and can be served in no way but compared.
fn is_part(server: &Server) -> bool {
    server.is_handed_out && server.standing == Standing::Typed
}

fn is_named(server: &Server, policy: &Policy) -> bool {
    policy.listeners.iter().any(|listener| is_about(listener, server))
}

fn is_about(listener: &Listener, server: &Server) -> bool {
    let name = listener.served_in.value.as_str();
    name.strip_prefix("crate::").unwrap_or(name) == server.function
}

fn unguarded(server: &Server) -> Diagnostic {
    let (message, label) = match (server.is_handed_out, server.standing) {
        (true, _) => (
            "this hands out a router that nothing guards",
            "whoever serves it answers callers nobody decided about",
        ),
        (false, Standing::Unguarded) => {
            ("this serves what was guarded once and was given up", "anything may have been added to it")
        }
        (false, Standing::Typed) => {
            ("this serves a router that was not compared with the policy's table", "only tests do that")
        }
        (false, Standing::Plain | Standing::Guarded) => {
            ("this serves a router that nothing guards", "whatever is registered on it answers")
        }
    };
    let finding = Diagnostic::new(Code::UnguardedService, message, server.span.clone(), label);
    let finding = match (server.standing, server.framework) {
        (Standing::Unguarded, _) => finding.help("serve what `guarded()` handed out, and add layers to that"),
        (Standing::Typed, _) => finding.help("call `.guarded::<scopes::Scope>()?` in the place of `guarded_unchecked()`"),
        (_, Framework::ActixWeb) => finding
            .help("serve what `guarded` makes: `HttpServer::new(scopewright::actix::guarded::<scopes::Scope, _>(move || scopewright::actix::App::new().configure(routes))?)`")
            .help("a scope or resource that stays plain actix-web goes in behind a door: `.service_actix::<scopes::Scope>(part)`"),
        _ => finding
            .help("build it with `scopewright::axum::Router` and serve what that hands out: `let app = app.guarded::<scopes::Scope>()?;`")
            .help("a router that stays plain axum goes in behind a door: `let app = scopewright::axum::Router::new().merge_axum::<scopes::Scope>(app).guarded::<scopes::Scope>()?;`"),
    };
    if server.standing == Standing::Unguarded {
        return finding;
    }
    let is_the_api = matches!(server.function.as_str(), "" | "main");
    let finding = if is_the_api || server.is_handed_out {
        finding
    } else {
        finding.help(format!(
            "a listener that is no part of the API is named in the policy:\n[[listeners]]\nserved_in = \"{}\"\nunguarded = \"…\"",
            server.function
        ))
    };
    finding.at_level(Level::Error)
}

fn no_such_listener(listener: &Listener, table: &RouteTable) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::UnmatchedListener,
        format!("`{}` serves nothing", listener.served_in.value),
        listener.served_in.span.clone(),
        "excuses nothing",
    );
    let mut functions: Vec<&str> =
        table.servers.iter().map(|server| server.function.as_str()).filter(|name| !name.is_empty()).collect();
    functions.sort_unstable();
    functions.dedup();
    match functions.as_slice() {
        [] => finding.help("remove the entry: nothing is served that the search for routes sees"),
        names => finding.help(format!(
            "name the function in which the router is served: {}",
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        )),
    }
}

/// What each guarded server registers, each different one once. Parts that a library hands out are one together: who
/// serves them puts them together as they like.
pub(super) fn rows(operations: &[Operation], table: &RouteTable) -> Vec<ServedRows> {
    let on = |is_on: &dyn Fn(usize) -> bool| -> Vec<usize> {
        let registered = operations.iter().enumerate().filter(|(_, operation)| {
            operation.asked_by == AskedBy::Type && operation.servers.iter().any(|server| is_on(*server))
        });
        registered.map(|(at, _)| at).collect()
    };
    let mut all: Vec<ServedRows> = Vec::new();
    for (at, server) in table.servers.iter().enumerate() {
        let rows = if server.standing == Standing::Guarded {
            ServedRows { operations: on(&|other| other == at), is_whole: true }
        } else if is_part(server) {
            ServedRows {
                operations: on(&|other| table.servers.get(other).is_some_and(is_part)),
                is_whole: false,
            }
        } else {
            continue;
        };
        if !all.contains(&rows) {
            all.push(rows);
        }
    }
    all
}

/// Reports endpoints that the policy decides although nothing asks: the handler carries no guard, and no door stands in
/// front of the router it is on.
pub(super) fn report_unenforced(decided: &[Decided<'_>], sink: &mut Sink) {
    let mut by_place: BTreeMap<&Span, Vec<&Decided<'_>>> = BTreeMap::new();
    for found in decided {
        let route = &found.endpoint.route;
        let is_served_here = matches!(route.framework, Framework::Axum | Framework::ActixWeb);
        let is_of_policy = matches!(found.place, DecidedBy::Route(_) | DecidedBy::Family(_));
        if is_served_here && is_of_policy && route.asked_by == AskedBy::Nothing {
            by_place.entry(found.place.span()).or_default().push(found);
        }
    }
    for (place, group) in by_place {
        let Some(first) = group.first() else { continue };
        let route = &first.endpoint.route;
        let verb = if group.len() == 1 { "is" } else { "are" };
        let mut finding = Diagnostic::new(
            Code::UnenforcedDecision,
            format!(
                "{} {verb} decided here, and nothing asks",
                and_more(&first.endpoint.title(), group.len())
            ),
            place.clone(),
            "a decision without a guard",
        );
        for found in group.iter().take(3) {
            let registered = found.endpoint.route.registered.clone();
            finding = finding.also(
                registered,
                format!(
                    "`{}` is on a plain router, and its handler carries no guard",
                    found.endpoint.title()
                ),
            );
        }
        sink.push(
            finding
                .help(format!("put the part in behind a door: {}", door(route.framework)))
                .help("or decide it above the handler, as in `#[requires_scope(\"…\")]`: the guard is in the handler then"),
        );
    }
}
