//! Which rows of the table are those of what answers a request behind a door.

mod nested_at;
mod part;

pub(super) use part::Part;

use crate::door::{Ruling, is_preflight, of_every_method};
use crate::table::PathRows;
use ::axum::extract::{MatchedPath, NestedPath, Request};
use nested_at::nested_at;
use part::Endpoint;
use scopewright_core::RouteKind;

/// The rows of a path that are of a kind.
type Lookup<'d> = dyn Fn(&str, RouteKind) -> PathRows + 'd;

/// What decides about a request that was routed to something behind a door. Without a [`Part`] nothing is known but what
/// axum says of the request.
pub(super) fn ruling(part: Option<&Part>, rows: &Lookup<'_>, request: &Request) -> Ruling {
    let method = request.method().as_str();
    // What the router behind the door is nested under: patterns of this router come without it.
    let prefix =
        request.extensions().get::<NestedPath>().map_or("", |path| path.as_str().trim_end_matches('/'));
    if let Some(matched) = request.extensions().get::<MatchedPath>() {
        let Some(part) = part else {
            return of_route(&rows(matched.as_str(), RouteKind::Route), method);
        };
        let Some(own) = below(prefix, matched.as_str()) else { return Ruling::Unlisted };
        return match part.endpoint(own) {
            // A request that was matched further out, and not in here.
            None => Ruling::Unlisted,
            Some(Endpoint::Nested(at)) => {
                of_nested(rows, &joined(prefix, at), Some(&joined(prefix, own)), method)
            }
            Some(Endpoint::Service) => of_every_method(&rows(&joined(prefix, own), RouteKind::Route), method),
            Some(Endpoint::Methods { methods, has_fallback }) => {
                let rows = rows(&joined(prefix, own), RouteKind::Route);
                let is_preflight = is_preflight(method, |name| request.headers().contains_key(name));
                of_methods(methods, *has_fallback, &rows, method, is_preflight)
            }
        };
    }
    if let Some(at) = nested_at(request).filter(|at| at != prefix) {
        let is_there = |part: &Part| below(prefix, &at).is_some_and(|own| part.has_nested(own));
        return if part.is_none_or(is_there) { of_nested(rows, &at, None, method) } else { Ruling::Unlisted };
    }
    // A fallback, or what axum answers where there is none.
    let Some((part, level)) = part.and_then(|part| Some((part, part.fallback(request.uri().path())?))) else {
        return Ruling::NotFound;
    };
    let rows = rows(&joined(prefix, &format!("{level}/{{*fallback}}")), RouteKind::Fallback);
    // What is only declared for all below a prefix is the route's that takes it, if there is one.
    let rows = if part.has_tail(level) { rows.seen() } else { rows };
    if rows.is_empty() { Ruling::NotFound } else { of_every_method(&rows, method) }
}

/// The rows of a route of which nothing is known but its path. axum answers `HEAD` by the handler of `GET`.
fn of_route(rows: &PathRows, method: &str) -> Ruling {
    let of_get = || (method == "HEAD").then(|| rows.of("GET")).flatten();
    Ruling::of(rows.of(method).or_else(of_get).or_else(|| rows.of_any()))
}

/// The rows of a nested service: of all below its prefix, and of its bare prefix, if the request is for that and the
/// policy says something of it.
fn of_nested(rows: &Lookup<'_>, prefix: &str, bare: Option<&str>, method: &str) -> Ruling {
    let below = rows(&format!("{prefix}/{{*rest}}"), RouteKind::Nested);
    match bare.map(|bare| rows(bare, RouteKind::Nested)) {
        None => of_every_method(&below, method),
        Some(bare) if below.is_empty() => of_every_method(&bare, method),
        Some(bare) => of_every_method(&below, method).and([bare.of(method), bare.of_any()]),
    }
}

/// The rows of a method router: of the handler that answers the method, or of what answers in its place.
fn of_methods(
    methods: &[&str],
    has_fallback: bool,
    rows: &PathRows,
    method: &str,
    is_preflight: bool,
) -> Ruling {
    let (own, any) = (rows.of(method), rows.of_any());
    // A row that the build has not seen a handler of may be about whatever answers.
    let declared = own.filter(|row| !row.is_handler);
    // Of a handler of every method, axum makes a fallback; one that the build has seen may be another router's. Only what
    // is declared of every method is about this one as well.
    let any_of_handler = any.filter(|row| !row.is_handler);
    if methods.contains(&method) {
        return Ruling::of(own.or(any_of_handler));
    }
    let answering = if method == "HEAD" && methods.contains(&"GET") {
        rows.of("GET").or(any_of_handler).or(declared)
    } else if has_fallback {
        any.or(declared)
    } else if is_preflight && own.is_none() && !rows.is_empty() {
        return Ruling::Preflight;
    } else {
        // axum's own 405 is all that answers.
        own.or(any)
    };
    Ruling::of(answering).and([own])
}

/// The pattern in a router that is nested under a prefix.
fn below<'p>(prefix: &str, full: &'p str) -> Option<&'p str> {
    match full.strip_prefix(prefix)? {
        "" => Some("/"),
        own => own.starts_with('/').then_some(own),
    }
}

/// The full pattern, as axum joins it.
fn joined(prefix: &str, own: &str) -> String {
    if prefix.is_empty() { own.to_owned() } else { super::record::nested(prefix, own) }
}
