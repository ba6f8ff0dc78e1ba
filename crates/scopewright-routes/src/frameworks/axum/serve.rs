//! Where requests arrive: `axum::serve`, make-services, other servers that are handed a router.

use super::methods;
use crate::eval::Eval;
use crate::facts::Place;
use crate::frameworks::Argument;
use crate::value::{Entry, Router, Value};
use scopewright_model::core::RouteKind;

/// The path of what answers every path.
const EVERY_PATH: &str = "/{*path}";

/// Serves whatever of the arguments can be served.
pub fn serve_all(eval: &mut Eval<'_>, arguments: &[Argument], place: Place) {
    for argument in arguments.iter().filter(|argument| argument.value.is_routed()) {
        serve(eval, &argument.value, place);
    }
}

/// Serves what a server is handed of which nothing is known: a make-service that was made of something that is known was
/// served where it was made.
pub fn serve_made(eval: &mut Eval<'_>, arguments: &[Argument], place: Place) {
    if let Some(service) = arguments.first() {
        serve(eval, &service.value, place);
    }
}

/// Serves a value.
pub fn serve(eval: &mut Eval<'_>, value: &Value, place: Place) {
    let router = match value {
        Value::Router(router) => router.clone(),
        Value::Never => return,
        Value::MethodRouter(_) | Value::Function(_) | Value::Closure(_) | Value::Decided(_) => {
            everywhere(eval, value, place)
        }
        _ => {
            let what = "what is served here went through code of another package, which may add routes";
            carried_router(eval, value, place, what)
        }
    };
    eval.serve(place, router);
}

/// The routers in a value that is none, and that there may be more.
pub fn carried_router(eval: &mut Eval<'_>, value: &Value, place: Place, reason: &str) -> Router {
    let carried = value.routers();
    if carried.is_empty() {
        return unknown_router(eval, value, place);
    }
    let mut router = Router::default();
    for carried in &carried {
        router.extend(carried);
    }
    if value.is_param() {
        router.push(Entry::param(eval.here(place)));
    } else {
        eval.lose_router(place, reason, "use the router itself, or wrap it with `.layer(..)`");
    }
    router
}

/// A router about which nothing is known: what a caller hands over, or lost.
pub fn unknown_router(eval: &mut Eval<'_>, value: &Value, place: Place) -> Router {
    let site = eval.here(place);
    if value.is_param() {
        return Router::of(Entry::param(site));
    }
    let from = match value {
        Value::Unknown(it) => it.path.as_ref().map(|path| path.join("::")),
        _ => None,
    };
    let reason = match &from {
        Some(path) => format!("this router comes out of `{path}`, which is not in this package"),
        None => "this router comes from where discovery can't follow it".to_owned(),
    };
    eval.lose_router_of(
        place,
        reason,
        "build it in a function of this package, from `Router::new()` on, and mount what other packages offer route by \
         route",
        from,
    );
    Router::default()
}

/// A handler or method router that answers every path.
fn everywhere(eval: &mut Eval<'_>, value: &Value, place: Place) -> Router {
    let site = eval.here(place);
    let mut router = Router::default();
    for (kind, registered, conditions) in methods::endpoints(eval, value, place) {
        let path = Some(EVERY_PATH.into());
        router.push(Entry {
            kind,
            path,
            is_fallback: true,
            route_kind: RouteKind::Fallback,
            registered,
            conditions,
            ..Entry::param(site)
        });
    }
    router
}
