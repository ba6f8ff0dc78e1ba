//! axum 0.8 (checked against 0.8.9), and Scopewright's typed router, which has axum's names.
//!
//! Facts that change the table: `nest("/ui", route("/"))` serves `/ui` and not `/ui/`; a prefix that ends in `/` keeps
//! it; `nest` at `/` panics when the service starts; `nest_service("/a", s)` answers `/a`, `/a/` and all below, which is
//! one entry here, `/a/{*rest}`; a fallback answers every path, `/{*fallback}`; `route` on a known path adds methods.

pub mod methods;
mod router;
pub mod serve;
mod utoipa;

use super::{Argument, TypeRole};
use crate::eval::{Eval, Outcome};
use crate::facts::{Expr, Place};
use crate::value::{Entry, FunctionRef, MethodRouter, Router, Value};
use crate::words;
use crate::world::{Location, TypeRef};
use scopewright_model::Standing;
use scopewright_model::core::Method;
use std::rc::Rc;

/// The part of a path after `axum`, `scopewright::axum` or `utoipa_axum`.
fn api(path: &[String]) -> Option<Vec<&str>> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    if let Some(rest) = utoipa::api(&names) {
        return Some(rest);
    }
    let (["axum", rest @ ..] | ["scopewright", "axum", rest @ ..]) = names.as_slice() else { return None };
    // `axum::routing::Router` is `axum::Router`; the typed router's `MethodRouter` also stands beside it.
    match rest {
        ["routing", name @ ("Router" | "MethodRouter" | "MethodFilter"), rest @ ..] => {
            Some([&[*name], rest].concat())
        }
        rest => Some(rest.to_vec()),
    }
}

/// Whether a path is one of those below.
pub fn is_known(path: &[String]) -> bool {
    api(path).is_some_and(|names| match names.as_slice() {
        [
            "Router" | "OpenApiRouter" | "GuardedService" | "MethodRouter" | "MethodFilter" | "serve"
            | "routing" | "routes",
        ] => true,
        ["routing", name] => verb(name).is_some(),
        _ => false,
    })
}

/// What the name of a routing function says about methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// `get`, `post_service`, `any`
    Method(Method),
    /// `on`: the first argument says it.
    Filter,
}

fn verb(name: &str) -> Option<Verb> {
    let name = name.strip_suffix("_service").unwrap_or(name);
    let method = match name {
        "get" => Method::Get,
        "head" => Method::Head,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "trace" => Method::Trace,
        "connect" => Method::Connect,
        "any" => Method::Any,
        "on" => return Some(Verb::Filter),
        _ => return None,
    };
    Some(Verb::Method(method))
}

/// `MethodFilter::GET`, `http::Method::GET`.
pub fn value(path: &[String]) -> Option<Value> {
    let [.., of, name] = path else { return None };
    if !matches!(of.as_str(), "MethodFilter" | "Method") {
        return None;
    }
    let method = name.parse::<Method>().ok().filter(|method| *method != Method::Any)?;
    Some(Value::Methods(Rc::from([method])))
}

/// `http::Method::from_bytes(b"PURGE")`: a method without a name in the table is written down as any, as the typed
/// routers do.
pub fn method_of_bytes(path: &[String], arguments: &[Argument]) -> Option<Value> {
    let ([.., of, name], [bytes]) = (path, arguments) else { return None };
    let Value::Text(text) = &bytes.value else { return None };
    let is_method = of == "Method" && matches!(name.as_str(), "from_bytes" | "try_from" | "from_str");
    is_method.then(|| Value::Methods(Rc::from([text.parse().unwrap_or(Method::Any)])))
}

/// The types routes are put on.
pub fn type_role(path: &[String]) -> TypeRole {
    match api(path).as_deref() {
        Some(["Router" | "OpenApiRouter" | "GuardedService"]) => TypeRole::Router,
        Some(["MethodRouter" | "UtoipaMethodRouter"]) => TypeRole::MethodRouter,
        Some(_) => TypeRole::Other,
        None => match path.last() {
            // Routers of crates around axum: what is on them can't be seen, and that is said.
            Some(last) if last.ends_with("Router") && path.len() > 1 => TypeRole::Router,
            _ => TypeRole::Other,
        },
    }
}

/// What a parameter of one of these types holds.
pub fn param(path: &[String], site: Location) -> Router {
    let is_documented = api(path).is_some_and(|names| names == ["OpenApiRouter"]);
    Router { is_documented, standing: standing_of(path), ..Router::of(Entry::param(site)) }
}

/// What the type of a router says about who may register on it.
fn standing_of(path: &[String]) -> Standing {
    match path {
        [.., last] if last == "GuardedService" => Standing::Guarded,
        [first, ..] if first == "scopewright" => Standing::Typed,
        _ => Standing::Plain,
    }
}

/// Whether a path is that of a macro of utoipa-axum's.
pub fn is_macro(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path.as_slice(), ["utoipa_axum", "routes"] | ["scopewright", "axum", "utoipa", "routes"])
}

/// A macro of utoipa-axum's.
pub fn macro_value(eval: &mut Eval<'_>, path: &[String], arguments: &[Argument]) -> Option<Value> {
    is_macro(path).then(|| utoipa::routes(eval, arguments))
}

/// Methods that axum's routers have themselves.
pub fn is_router_method(name: &str) -> bool {
    words::registers(name)
        && !super::actix::is_only_own(name)
        && !name.contains("tsr")
        && !name.starts_with("typed")
        && !name.starts_with("api")
        || verb(name).is_some()
        || router::TRANSPARENT.contains(&name)
        || words::serves(name)
        || matches!(
            name,
            "merge"
                | "merge_axum"
                | "reset_fallback"
                | "has_routes"
                | "registrations"
                | "split_for_parts"
                | "split_unchecked"
                | "to_openapi"
                | "into_openapi"
                | "get_openapi"
                | "get_openapi_mut"
        )
}

/// A call of a function of axum's.
pub fn call(
    eval: &mut Eval<'_>,
    path: &Rc<[String]>,
    arguments: &[Argument],
    site: Place,
    place: Place,
) -> Option<Value> {
    let last = path.last().map_or("", String::as_str);
    let Some(names) = api(path) else {
        if words::serves(last) && arguments.iter().any(|argument| argument.value.is_routed()) {
            serve::serve_all(eval, arguments, place);
            return Some(arguments.first().map_or_else(Value::unknown, |argument| argument.value.clone()));
        }
        if path.first().is_some_and(|first| first == "lambda_http") && last == "run" {
            serve::serve_all(eval, arguments, place);
            return Some(Value::Nothing);
        }
        return foreign_constructor(eval, path, place);
    };
    let standing = standing_of(path);
    match names.as_slice() {
        ["serve"] => {
            if let Some(service) = arguments.get(1) {
                serve::serve(eval, &service.value, place);
            }
            Some(Value::Nothing)
        }
        ["Router", "new" | "default"] => Some(Value::Router(Router { standing, ..Router::default() })),
        ["OpenApiRouter", "new" | "default" | "with_openapi"] => {
            Some(Value::Router(Router { is_documented: true, standing, ..Router::default() }))
        }
        [of @ ("Router" | "OpenApiRouter"), "from"] => match arguments {
            [Argument { value: Value::Router(router), .. }] => {
                Some(Value::Router(Router { is_documented: *of == "OpenApiRouter", ..router.clone() }))
            }
            _ => None,
        },
        ["MethodRouter", "new" | "default"] => Some(Value::MethodRouter(MethodRouter::default())),
        ["MethodFilter", "try_from" | "from"] => arguments.first().map(|argument| argument.value.clone()),
        ["Router" | "OpenApiRouter" | "GuardedService" | "MethodRouter", method] => {
            let (receiver, rest) = arguments.split_first()?;
            on_receiver(eval, &receiver.value, method, rest, site)
        }
        ["routing", name] => {
            let method = verb(name)?;
            let mut router = MethodRouter::default();
            methods::add(eval, &mut router, method, arguments, place);
            Some(Value::MethodRouter(router))
        }
        // `ServiceExt::into_make_service(app)`, of whatever `app` is.
        [.., "into_make_service" | "into_make_service_with_connect_info"] => {
            let service = arguments.first()?;
            serve::serve(eval, &service.value, place);
            Some(service.value.clone())
        }
        _ if words::serves(last) && arguments.iter().any(|argument| argument.value.is_routed()) => {
            serve::serve_all(eval, arguments, place);
            arguments.first().map(|argument| argument.value.clone())
        }
        // `axum::middleware::from_fn(..)`, `axum::ServiceExt::..` wrap; nothing of axum's adds routes but the above.
        _ => arguments.iter().map(|argument| &argument.value).find(|value| value.is_routed()).cloned(),
    }
}

/// `ApiRouter::new()`: a router whose routes can't be seen.
fn foreign_constructor(eval: &mut Eval<'_>, path: &Rc<[String]>, place: Place) -> Option<Value> {
    let (_, before) = path.split_last()?;
    let of = before.last()?;
    if before.len() < 2 || !of.ends_with("Router") {
        return None;
    }
    let package: Rc<str> = before.first()?.as_str().into();
    eval.lose_router(
        place,
        format!("`{of}` of the crate `{package}` is a router that discovery does not know"),
        "build these routes with axum's own `Router`, or with `scopewright::axum::Router`",
    );
    Some(Value::Router(Router { foreign: Some(package), ..Router::default() }))
}

/// A method of a router, a method router, a handler, or of a value nothing is known about.
pub fn method(
    eval: &mut Eval<'_>,
    value: &Value,
    name: &str,
    arguments: &[Expr],
    place: Place,
) -> Option<Value> {
    match value {
        Value::Router(_) | Value::MethodRouter(_) => {
            let arguments = super::arguments(eval, arguments);
            on_receiver(eval, value, name, &arguments, place)
        }
        Value::Methods(known) if name == "or" => {
            let arguments = super::arguments(eval, arguments);
            let more = arguments.first().map(|argument| &argument.value);
            match more {
                Some(Value::Methods(more)) => {
                    Some(Value::Methods(known.iter().chain(more.iter()).copied().collect()))
                }
                _ => Some(Value::unknown()),
            }
        }
        Value::Function(_) | Value::Closure(_) | Value::Decided(_) => {
            handler_method(eval, value, name, arguments, place)
        }
        Value::Unknown(it) => {
            if let Some(TypeRef::External(of)) = &it.of
                && super::type_role(of) == TypeRole::Router
                && !it.is_param
            {
                let router = serve::unknown_router(eval, value, place);
                let arguments = super::arguments(eval, arguments);
                return on_receiver(eval, &Value::Router(router), name, &arguments, place);
            }
            unknown_receiver(eval, value, name, arguments, place)
        }
        _ => {
            if words::registers(name) {
                eval.outcome(eval.here(place), Outcome::NoRouter);
            }
            None
        }
    }
}

fn on_receiver(
    eval: &mut Eval<'_>,
    receiver: &Value,
    name: &str,
    arguments: &[Argument],
    place: Place,
) -> Option<Value> {
    if arguments.iter().any(|argument| matches!(argument.value, Value::Never)) {
        return Some(Value::Never);
    }
    let arguments = &super::present(arguments);
    match receiver {
        Value::Router(router) => Some(router::method(eval, router.clone(), name, arguments, place)),
        Value::MethodRouter(router) => Some(methods::method(eval, router.clone(), name, arguments, place)),
        _ => None,
    }
}

/// `handler.layer(..)`, `handler.with_state(..)`, `handler.into_make_service()`.
fn handler_method(
    eval: &mut Eval<'_>,
    value: &Value,
    name: &str,
    arguments: &[Expr],
    place: Place,
) -> Option<Value> {
    match name {
        "layer" | "with_state" | "into_service" | "handle_error" => {
            super::arguments(eval, arguments);
            Some(value.clone())
        }
        "into_make_service" | "into_make_service_with_connect_info" => {
            let is_handler = match value {
                Value::Function(function) => matches!(function.of, FunctionRef::Local(_)),
                _ => true,
            };
            if is_handler {
                serve::serve(eval, value, place);
            }
            Some(value.clone())
        }
        _ => None,
    }
}

/// A method of a value that may be anything.
fn unknown_receiver(
    eval: &mut Eval<'_>,
    value: &Value,
    name: &str,
    arguments: &[Expr],
    place: Place,
) -> Option<Value> {
    if words::registers(name) && name != "service" && !arguments.is_empty() {
        let arguments = super::arguments(eval, arguments);
        let outcome = if let Some(outcome) = super::actix::unknown_receiver(eval, name, &arguments) {
            outcome
        } else if looks_like_registration(name, &arguments) {
            Outcome::UnknownReceiver
        } else {
            Outcome::Unlikely
        };
        let site = eval.here(place);
        eval.outcome(site, outcome);
        for argument in &arguments {
            eval.escape(site, &format!("`{name}` of a value that is not known"), &argument.value);
        }
        let mut result = match value {
            Value::Unknown(it) => it.clone(),
            _ => return None,
        };
        result.carries = result.carries.or_else(|| arguments.iter().flat_map(|it| it.value.routers()).next());
        return Some(Value::Unknown(result));
    }
    let wraps = matches!(name, "layer" | "service" | "named_layer");
    if wraps || words::serves(name) {
        let arguments = super::arguments(eval, arguments);
        if let Some(outcome) = super::actix::unknown_receiver(eval, name, &arguments) {
            eval.outcome(eval.here(place), outcome);
        }
        let routed = arguments.iter().find(|argument| argument.value.is_routed());
        if words::serves(name) {
            if routed.is_some() {
                serve::serve_all(eval, &arguments, place);
            } else if let Value::Unknown(it) = value {
                let makes = matches!(name, "into_make_service" | "into_make_service_with_connect_info");
                let is_server = it
                    .path
                    .as_ref()
                    .and_then(|path| path.first())
                    .is_some_and(|first| first == "axum_server");
                if it.carries.is_some() || makes {
                    serve::serve(eval, value, place);
                } else if name == "serve" && is_server {
                    serve::serve_made(eval, &arguments, place);
                }
            }
            return Some(value.clone());
        }
        return Some(routed.map_or_else(|| value.clone(), |argument| argument.value.clone()));
    }
    None
}

fn looks_like_registration(name: &str, arguments: &[Argument]) -> bool {
    let is_path = |argument: &Argument| match &argument.value {
        Value::Text(text) => text.starts_with('/'),
        _ => false,
    };
    match (name, arguments) {
        ("fallback" | "fallback_service" | "method_not_allowed_fallback", [handler]) => {
            matches!(
                handler.value,
                Value::Function(_) | Value::Closure(_) | Value::Decided(_) | Value::MethodRouter(_)
            )
        }
        ("route" | "nest" | "route_service" | "nest_service", [path, rest]) => {
            is_path(path)
                || rest.value.is_routed()
                || !matches!(path.value, Value::Text(_) | Value::Number(_))
        }
        (_, [first, ..]) => is_path(first) || arguments.iter().any(|argument| argument.value.is_routed()),
        _ => false,
    }
}
