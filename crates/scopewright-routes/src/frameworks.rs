//! What web frameworks offer, one file each. Evaluation asks here what a name of another package means.

mod actix;
mod axum;
mod decision;
pub mod rmcp;
mod standard;

use crate::eval::Eval;
use crate::facts::{Expr, Place};
use crate::value::{Router, Value};
use crate::world::Location;
use std::rc::Rc;

/// What a type is to routing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeRole {
    Router,
    MethodRouter,
    Other,
}

/// An argument and where it is written.
pub struct Argument {
    pub value: Value,
    pub place: Place,
}

/// Whether a crate of this name is known here, also if nobody says that the package depends on it.
pub fn is_framework(name: &str) -> bool {
    matches!(name, "actix_files" | "actix_web" | "axum" | "rmcp" | "scopewright" | "utoipa_axum")
}

/// Whether a path of another package means something here: then a glob import of it is believed.
pub fn is_known(path: &[String]) -> bool {
    let is_attribute =
        matches!(path, [first, .., last] if first == "scopewright" && crate::words::is_attribute(last));
    is_attribute
        || actix::is_known(path)
        || axum::is_known(path)
        || decision::is_known(path)
        || rmcp::is_known(path)
}

/// Whether a function of another package compares what is registered with the policy that its type parameter names.
pub fn guards(path: &[String]) -> bool {
    matches!(path, [krate, module, name] if krate == "scopewright" && module == "actix" && name == "guarded")
}

/// Whether a function of another package puts a router where requests arrive.
pub fn serves(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["axum", "serve"] | ["actix_web", "HttpServer", "new"] | ["lambda_http", "run"] => true,
        ["axum" | "axum_server" | "hyper" | "hyper_util" | "scopewright" | "actix_http", .., last] => {
            matches!(
                *last,
                "into_make_service"
                    | "into_make_service_with_connect_info"
                    | "serve"
                    | "serve_connection"
                    | "serve_connection_with_upgrades"
            )
        }
        _ => false,
    }
}

/// The value of a constant of another package.
pub fn value(path: &[String]) -> Option<Value> {
    axum::value(path).or_else(|| standard::value(path))
}

/// What a type of another package is.
pub fn type_role(path: &[String]) -> TypeRole {
    match actix::type_role(path) {
        TypeRole::Other => axum::type_role(path),
        role => role,
    }
}

/// The router that a parameter of a type holds: whatever a caller hands in.
pub fn param_router(path: &[String], site: Location) -> Router {
    actix::param(path, site).unwrap_or_else(|| axum::param(path, site))
}

/// Whether a router or method router has a method of this name of its own.
pub fn is_router_method(value: &Value, name: &str) -> bool {
    match value {
        Value::Router(Router { mount: Some(_), .. }) => actix::is_own_method(name),
        Value::MethodRouter(route) if route.guard.is_some() => actix::is_own_method(name),
        _ => axum::is_router_method(name),
    }
}

/// What a macro of another package makes of its arguments, if it is known.
pub fn macro_value(eval: &mut Eval<'_>, path: &[String], arguments: &[Argument]) -> Option<Value> {
    actix::macro_value(path, arguments).or_else(|| axum::macro_value(eval, path, arguments))
}

/// Whether a path of another package is that of a macro that means something here.
pub fn is_macro(path: &[String]) -> bool {
    axum::is_macro(path)
}

/// A call of a function of another package.
pub fn call(
    eval: &mut Eval<'_>,
    path: &Rc<[String]>,
    arguments: &[Argument],
    site: Place,
    place: Place,
) -> Option<Value> {
    let given = present(arguments);
    decision::call(eval, path, &given, place)
        .or_else(|| axum::method_of_bytes(path, &given))
        .or_else(|| actix::call(eval, path, &given, site, place))
        .or_else(|| axum::call(eval, path, &given, site, place))
        .or_else(|| standard::call(eval, path, arguments, place))
}

/// A method of a value that is no value of the project's own types.
pub fn method(
    eval: &mut Eval<'_>,
    value: &Value,
    name: &str,
    arguments: &[Expr],
    place: Place,
) -> Option<Value> {
    actix::method(eval, value, name, arguments, place)
        .or_else(|| axum::method(eval, value, name, arguments, place))
}

/// A method that a router does not have, of whose it is and what to do instead.
fn other_method(
    eval: &mut Eval<'_>,
    router: Router,
    (name, of, help): (&str, &str, &str),
    arguments: &[Argument],
    place: Place,
) -> Value {
    let values: Vec<Value> = arguments.iter().map(|argument| argument.value.clone()).collect();
    let value = Value::Router(router);
    if let Some(result) = eval.with_closure(&value, name, &values, place) {
        return result;
    }
    let reason = format!("`{name}` is no method of {of}: what it registers can't be seen");
    eval.lose_router_of(place, reason, help, Some(name.to_owned()));
    value
}

/// The arguments of a function of a framework, none of which takes an `Option`: what is given is there.
fn present(arguments: &[Argument]) -> Vec<Argument> {
    let given = arguments.iter();
    given.map(|it| Argument { value: it.value.present().clone(), place: it.place }).collect()
}

/// The arguments of a call, evaluated.
pub fn arguments(eval: &mut Eval<'_>, exprs: &[Expr]) -> Vec<Argument> {
    exprs.iter().map(|expr| Argument { value: eval.argument(expr), place: expr.place }).collect()
}
