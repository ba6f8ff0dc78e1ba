//! Routers: paths, prefixes, fallbacks.

use super::{methods, serve, utoipa};
use crate::eval::{self, Eval, Outcome, texts_of};
use crate::facts::Place;
use crate::frameworks::{Argument, other_method};
use crate::value::{
    Endpoint, Entry, EntryKind, HandlerRef, Lost, MethodRouter, Router, Value, handlers, under,
};
use crate::words;
use crate::world::Location;
use scopewright_model::core::{Method, RouteKind};
use scopewright_model::{Code, Framework, Standing};
use std::rc::Rc;

/// Methods that change nothing about which routes there are.
pub const TRANSPARENT: &[&str] = &[
    "as_service",
    "boxed_clone",
    "guarded_unchecked",
    "into_service",
    "layer",
    "route_layer",
    "with_state",
    "without_v07_checks",
];

/// The path of a fallback.
const FALLBACK: &str = "/{*fallback}";
/// The path of what answers where a route lacks the method: a fallback beside the other.
const METHOD_NOT_ALLOWED: &str = "/{*method_not_allowed}";

/// A method of a router. `place` is the method's name and arguments.
pub fn method(
    eval: &mut Eval<'_>,
    mut router: Router,
    name: &str,
    arguments: &[Argument],
    place: Place,
) -> Value {
    let site = eval.here(place);
    if words::registers(name) && !arguments.is_empty() {
        eval.outcome(site, Outcome::Registered);
    }
    if router.foreign.is_some() {
        return foreign_method(eval, router, name, arguments, place);
    }
    match (name, arguments) {
        ("route", [path, handlers]) => route(eval, &mut router, path, handlers, site),
        ("route_with_tsr", [path, handlers]) => {
            route(eval, &mut router, path, handlers, site);
            redirects(&mut router, path, site);
        }
        ("route_service" | "route_service_with_tsr", [path, service]) => {
            let entries = methods::entries(eval, service, site, None);
            at_path(eval, &mut router, path, &entries, site);
            if name == "route_service_with_tsr" {
                redirects(&mut router, path, site);
            }
        }
        ("nest", [path, inner]) => {
            eval.outcome(site, Outcome::Composed);
            let inner = as_router(eval, &inner.value, inner.place);
            nest(eval, &mut router, path, &inner, site);
        }
        ("nest_service", [path, service]) => {
            let inner = if let Some(inner) = methods::service_router(eval, &service.value, service.place) {
                eval.outcome(site, Outcome::Composed);
                inner
            } else {
                let mut inner = Router { standing: router.standing, ..Router::default() };
                let entries = methods::entries(eval, service, site, Some("/{*rest}"));
                for entry in entries {
                    inner.push(Entry { route_kind: RouteKind::Nested, ..entry });
                }
                inner
            };
            nest(eval, &mut router, path, &inner, site);
        }
        ("merge", [other]) => {
            let other = as_router(eval, &other.value, other.place);
            router.extend(&other);
        }
        ("merge_axum", [other]) => {
            let other = as_router(eval, &other.value, other.place);
            router.extend(&other.behind_door());
        }
        ("into_axum_unguarded", [_]) => router.standing = Standing::Unguarded,
        ("fallback" | "fallback_service" | "method_not_allowed_fallback", [handler]) => {
            let is_service = name == "fallback_service";
            let inner =
                if is_service { methods::service_router(eval, &handler.value, handler.place) } else { None };
            if let Some(inner) = inner {
                eval.outcome(site, Outcome::Composed);
                router.extend(&inner);
            } else {
                // `reset_fallback` leaves alone what answers for methods that a route lacks.
                let is_fallback = name != "method_not_allowed_fallback";
                let path = if is_fallback { FALLBACK } else { METHOD_NOT_ALLOWED };
                for entry in methods::entries(eval, handler, site, Some(path)) {
                    router.push(Entry { is_fallback, route_kind: RouteKind::Fallback, ..entry });
                }
            }
        }
        ("reset_fallback", []) => {
            let is_fallback = |entry: &Entry| entry.is_fallback && entry.path.as_deref() == Some(FALLBACK);
            let entries = router.entries.iter().filter(|entry| !is_fallback(entry)).cloned().collect();
            router.entries = Rc::new(entries);
        }
        ("routes", [handlers]) => utoipa::register(eval, &mut router, handlers, site),
        ("split_for_parts" | "guarded" | "split_unchecked", []) if router.is_documented => {
            router.is_documented = false; // from here on it is axum's own, or one that was compared
            if name == "guarded" {
                router.standing = Standing::Guarded;
            }
            return Value::Tuple(Rc::new(vec![Value::Router(router), Value::unknown()]));
        }
        ("guarded", []) => router.standing = Standing::Guarded,
        (
            "has_routes" | "registrations" | "to_openapi" | "into_openapi" | "get_openapi"
            | "get_openapi_mut",
            _,
        ) => return Value::unknown(),
        ("oneshot" | "call", _) => {
            serve::serve(eval, &Value::Router(router), place);
            return Value::unknown(); // the response
        }
        _ if words::serves(name) => serve::serve(eval, &Value::Router(router.clone()), place),
        _ if TRANSPARENT.contains(&name) || eval::TRANSPARENT.contains(&name) => {}
        _ => {
            let help = "register these routes with `.route(..)`, or write the method in this package";
            return other_method(eval, router, (name, "axum's router", help), arguments, place);
        }
    }
    Value::Router(router)
}

/// A method of a router of another crate: each that registers something is said.
fn foreign_method(
    eval: &mut Eval<'_>,
    mut router: Router,
    name: &str,
    arguments: &[Argument],
    place: Place,
) -> Value {
    let package = router.foreign.clone().unwrap_or_else(|| "".into());
    if matches!(name, "split_for_parts" | "finish_api" | "finish_api_with" | "into") {
        router.foreign = None; // from here on it is axum's own
        return Value::Router(router);
    }
    let adds = words::registers(name) || matches!(name, "routes" | "merge");
    if adds && !arguments.is_empty() {
        eval.lose_router(
            place,
            format!("routes on a router of the crate `{package}` can't be followed"),
            "register these routes on axum's own `Router`, or on `scopewright::axum::Router`",
        );
    }
    // What is merged keeps its paths; below a prefix of such a router they are not known.
    for inner in arguments.iter().flat_map(|argument| argument.value.routers()) {
        if name == "merge" {
            router.extend(&inner);
        } else {
            router.extend(&inner.map(|entry| Entry { path: None, ..entry.clone() }));
        }
    }
    if words::serves(name) {
        serve::serve(eval, &Value::Router(router.clone()), place);
    }
    Value::Router(router)
}

/// What is merged or nested.
fn as_router(eval: &mut Eval<'_>, value: &Value, place: Place) -> Router {
    match value {
        Value::Router(router) => router.clone(),
        Value::Nothing | Value::Never => Router::default(),
        other => {
            let what = "this router went through code of another package, which may add routes";
            serve::carried_router(eval, other, place, what)
        }
    }
}

fn route(eval: &mut Eval<'_>, router: &mut Router, path: &Argument, handlers: &Argument, site: Location) {
    let methods = match &handlers.value {
        Value::MethodRouter(methods) => methods.clone(),
        Value::Never => return,
        other => {
            let entry = methods::lost_methods(eval, other, handlers.place);
            MethodRouter { entries: Rc::new(vec![entry]), ..MethodRouter::default() }
        }
    };
    let entries: Vec<Entry> = methods.entries.iter().map(|entry| entry.at(site)).collect();
    at_path(eval, router, path, &entries, site);
}

/// Puts entries on a router at a path that may be one of several, or unknown.
pub fn at_path(eval: &mut Eval<'_>, router: &mut Router, path: &Argument, entries: &[Entry], site: Location) {
    let Some(texts) = texts_of(&path.value) else {
        lose_path(eval, router, path, site, "path", handlers(entries));
        for entry in entries {
            router.push(Entry { path: None, ..entry.clone() });
        }
        return;
    };
    for (condition, text) in texts {
        if !text.starts_with('/') {
            let reason = format!("axum panics at start-up: the path `{text}` does not begin with `/`");
            refuse_path(eval, path.place, reason);
        }
        for entry in entries {
            let conditions = under(&condition, &entry.conditions);
            router.push(Entry { path: Some(Rc::clone(&text)), conditions, ..entry.clone() });
        }
    }
}

/// axum-extra's `route_with_tsr` answers the path with its last `/` added or removed too, by a redirect, whatever the
/// method (0.10, `add_tsr_redirect_route`; not for `/`).
fn redirects(router: &mut Router, path: &Argument, site: Location) {
    for (condition, text) in texts_of(&path.value).unwrap_or_default() {
        let other = match text.strip_suffix('/') {
            Some("") => continue,
            Some(without) => without.to_owned(),
            None => format!("{text}/"),
        };
        let endpoint = Endpoint {
            method: Method::Any,
            handler: Rc::new(HandlerRef::plain("{redirect}", site, site)),
            decision: None,
            framework: Framework::Axum,
        };
        router.push(Entry {
            kind: EntryKind::Endpoint(endpoint),
            path: Some(other.into()),
            conditions: under(&condition, &Rc::from([])),
            ..Entry::param(site)
        });
    }
}

/// Puts a router under a prefix.
fn nest(eval: &mut Eval<'_>, router: &mut Router, prefix: &Argument, inner: &Router, site: Location) {
    let Some(texts) = texts_of(&prefix.value) else {
        let handlers = handlers(inner.entries.iter().map(AsRef::as_ref));
        lose_path(eval, router, prefix, site, "prefix", handlers);
        router.extend(&inner.map(|entry| Entry { path: None, ..entry.clone() }));
        return;
    };
    for (condition, text) in texts {
        let is_root = text.is_empty() || *text == *"/";
        if is_root {
            let reason = format!("axum panics at start-up: nothing can be nested at `{text}`, only merged");
            refuse_path(eval, prefix.place, reason);
        } else if !text.starts_with('/') || text.split('/').any(|segment| segment.starts_with("{*")) {
            let reason =
                format!("axum panics at start-up: the prefix `{text}` lacks its `/` or has a wildcard");
            refuse_path(eval, prefix.place, reason);
        }
        router.extend(&inner.map(|entry| Entry {
            path: entry.path.as_deref().map(|path| nested(&text, path).into()),
            conditions: under(&condition, &entry.conditions),
            ..entry.clone()
        }));
    }
}

/// As axum 0.8.9 joins them (`path_for_nested_route`).
fn nested(prefix: &str, path: &str) -> String {
    if prefix.ends_with('/') {
        format!("{prefix}{}", path.trim_start_matches('/'))
    } else if path == "/" {
        prefix.to_owned()
    } else {
        format!("{prefix}{path}")
    }
}

/// The path is not constant: said now, or by the caller who may know it.
fn lose_path(
    eval: &mut Eval<'_>,
    router: &mut Router,
    path: &Argument,
    site: Location,
    what: &str,
    handlers: Vec<String>,
) {
    let location = eval.here(path.place);
    let lost = Lost {
        reason: format!("this {what} is not a constant text"),
        code: Code::UnresolvedPath,
        help: format!("write the {what} as a literal, a `const`, or `concat!` of them"),
        location,
    };
    if path.value.is_param() {
        router.push(Entry { kind: EntryKind::Lost(Rc::new(lost)), ..Entry::param(site) });
    } else {
        eval.lose_of(&lost, handlers);
    }
}

fn refuse_path(eval: &mut Eval<'_>, place: Place, reason: String) {
    let location = eval.here(place);
    eval.lose(&Lost {
        reason,
        code: Code::UnresolvedPath,
        help: "mend the path: it begins with `/`; `nest(\"/api\", ..)` takes a prefix, `merge(..)` none"
            .to_owned(),
        location,
    });
}

#[cfg(test)]
mod tests {
    use super::nested;

    #[test]
    fn prefixes_join_as_in_axum() {
        assert_eq!(nested("/ui", "/"), "/ui");
        assert_eq!(nested("/ui/", "/"), "/ui/");
        assert_eq!(nested("/ui/", "/a"), "/ui/a");
        assert_eq!(nested("/ui", "/a/"), "/ui/a/");
    }
}
