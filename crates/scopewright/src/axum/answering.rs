//! Which rows of the table are those of what answers a request behind a door.

mod nested_at;
mod part;

pub(super) use part::Part;

use crate::door::{Ruling, is_preflight, of_every_method};
use crate::table::PathRows;
use ::axum::extract::{MatchedPath, NestedPath, OriginalUri, Request};
use nested_at::nested_at;
use part::{Endpoint, Others};
use scopewright_core::RouteKind;

/// The rows of a path that are of a kind.
type Lookup<'d> = dyn Fn(&str, RouteKind) -> PathRows + 'd;

/// What decides about a request that was routed to something behind a door. Without a [`Part`] nothing is known but what
/// axum says of the request.
pub(super) fn ruling(part: Option<&Part>, rows: &Lookup<'_>, request: &Request) -> Ruling {
    let method = request.method().as_str();
    // What the router behind the door is nested under: patterns of this router come without it.
    let under = request.extensions().get::<NestedPath>().map_or("", NestedPath::as_str);
    let prefix = under.trim_end_matches('/');
    if let Some(matched) = request.extensions().get::<MatchedPath>() {
        let Some(part) = part else {
            return of_route(&rows(matched.as_str(), RouteKind::Route), method);
        };
        let Some(own) = below(prefix, matched.as_str()) else { return Ruling::Unlisted };
        return match part.endpoint(own) {
            // A request that was matched further out, and not in here.
            None => Ruling::Unlisted,
            Some(Endpoint::Nested(at)) => {
                let bare = joined(under, own);
                // A service at `/a` beside one that is nested at `/a/` looks the same.
                let of_service = rows(&bare, RouteKind::Route);
                of_nested(rows, &joined(under, at), Some(&bare), method)
                    .and([of_service.of(method), of_service.of_any()])
            }
            Some(Endpoint::Service) => of_every_method(&rows(&joined(under, own), RouteKind::Route), method),
            Some(Endpoint::Methods { methods, others }) => {
                let rows = rows(&joined(under, own), RouteKind::Route);
                let is_preflight = is_preflight(method, |name| request.headers().contains_key(name));
                of_methods(methods, *others, &rows, method, is_preflight)
            }
        };
    }
    if let Some(at) = nested_at(request).filter(|at| at != prefix) {
        let is_there = |part: &Part| below(prefix, &at).is_some_and(|own| part.has_nested(own));
        return if part.is_none_or(is_there) { of_nested(rows, &at, None, method) } else { Ruling::Unlisted };
    }
    // A fallback, or what axum answers where there is none.
    let level = |part: &Part| part.fallback(routed_path(request, under)?).map(str::to_owned);
    let Some((part, level)) = part.and_then(|part| Some((part, level(part)?))) else {
        return Ruling::NotFound;
    };
    let rows = rows(&joined(prefix, &format!("{level}/{{*fallback}}")), RouteKind::Fallback);
    // What is only declared for all below a prefix is the route's that takes it, if there is one. One that is declared of a
    // method may be that of a route in another part: a fallback answers them all.
    let is_a_routes = part.has_tail(&level) || rows.of_any().is_none();
    let rows = if is_a_routes { rows.seen() } else { rows };
    if rows.is_empty() { Ruling::NotFound } else { of_every_method(&rows, method) }
}

/// The path below what the router behind the door is nested under, as axum routes by it; none if that is not known.
///
/// axum routes `/t//b` by the whole path, and takes both slashes off before it calls what answers.
fn routed_path<'r>(request: &'r Request, under: &str) -> Option<&'r str> {
    let stripped = request.uri().path();
    if under.is_empty() {
        return Some(stripped);
    }
    let OriginalUri(original) = request.extensions().get()?;
    let segments = under.trim_end_matches('/').matches('/').count();
    let below = original.path().match_indices('/').nth(segments);
    let own = below.map_or("/", |(at, _)| original.path().get(at..).unwrap_or_default());
    // Something behind axum's routing may have changed the path since.
    (own.trim_start_matches('/') == stripped.trim_start_matches('/')).then_some(own)
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
fn of_methods(methods: &[&str], others: Others, rows: &PathRows, method: &str, is_preflight: bool) -> Ruling {
    let (own, any) = (rows.of(method), rows.of_any());
    // A row that the build has not seen a handler of may be about whatever answers.
    let declared = own.filter(|row| !row.is_handler);
    // Of a handler of every method, axum makes a fallback; one that the build has seen may be another router's. Only what
    // is declared of every method is about this one as well.
    let any_of_handler = any.filter(|row| !row.is_handler);
    if methods.contains(&method) {
        return Ruling::of(own.or(any_of_handler));
    }
    let answering = match others {
        _ if method == "HEAD" && methods.contains(&"GET") => rows.of("GET").or(any_of_handler).or(declared),
        Others::Own => any.or(declared),
        // What is only declared of the path may not be meant of a fallback that a router around it has.
        Others::Somebody => any.filter(|row| row.is_handler),
        Others::Nothing if is_preflight && own.is_none() && !rows.is_empty() => return Ruling::Preflight,
        // axum's own 405 is all that answers.
        Others::Nothing => own.or(any),
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
