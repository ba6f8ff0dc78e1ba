//! actix-web 4 (checked against 4.18.1), and Scopewright's stand-ins, which have actix-web's names.
//!
//! Facts that change the table: paths of scopes are joined as they are written, so `scope("/t/")` with `/b` serves
//! `/t//b`; a path that lacks its `/` is given one, an empty one is none: below a scope it is the scope's own path, on
//! the app it is never matched; no `HEAD` for `GET`; `resource.to(..)` answers every method; a default service answers
//! what nothing else on its app, scope or resource does; `#[scope]` on a module prefixes only bare attributes.

mod attribute;
mod builder;
mod guard;
mod route;
mod serve;
mod service;

use super::{Argument, TypeRole};
use crate::eval::{Eval, Outcome};
use crate::facts::{Expr, Place};
use crate::value::{Entry, FunctionRef, Mount, MountRole, Router, Unknown, Value};
use crate::world::{Location, TypeRef};
use scopewright_model::Standing;
use scopewright_model::core::Method;
use std::rc::Rc;

/// The part of a path after `actix_web` or `scopewright::actix`, with one name for what has several.
fn api(path: &[String]) -> Option<Vec<&str>> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let (["actix_web", rest @ ..] | ["scopewright", "actix", rest @ ..]) = names.as_slice() else {
        return match names.as_slice() {
            ["actix_web_codegen", rest @ ..] => Some(rest.to_vec()),
            ["actix_files", "Files", ..] | ["actix_service", "map_config"] => Some(names.get(1..)?.to_vec()),
            _ => None,
        };
    };
    match rest {
        // `actix_web::dev::..` and `web::Redirect` are at home elsewhere.
        [
            "web" | "dev" | "routing",
            name @ ("App" | "Resource" | "Route" | "Scope" | "ServiceConfig" | "Redirect"),
            rest @ ..,
        ] => Some([&[*name], rest].concat()),
        rest => Some(rest.to_vec()),
    }
}

/// The types that are built up, by name.
fn role(name: &str) -> Option<MountRole> {
    Some(match name {
        "App" | "GuardedApp" => MountRole::App,
        "ServiceConfig" => MountRole::Config,
        "Scope" => MountRole::Scope,
        "Resource" | "Redirect" | "WebService" => MountRole::Resource,
        "Files" => MountRole::Tail,
        _ => return None,
    })
}

/// Whether a path is one of those below.
pub fn is_known(path: &[String]) -> bool {
    api(path).is_some_and(|names| match names.as_slice() {
        ["HttpServer" | "Route" | "web" | "guard" | "services"] => true,
        ["web", name] => {
            route::verb(name).is_some()
                || matches!(*name, "resource" | "scope" | "route" | "method" | "to" | "service" | "redirect")
        }
        ["guard", name] => guard::is_known(name),
        [name] => role(name).is_some() || attribute::is_known(name),
        _ => false,
    })
}

/// The types routes are put on.
pub fn type_role(path: &[String]) -> TypeRole {
    match api(path).as_deref() {
        Some([name]) if role(name).is_some() => TypeRole::Router,
        Some(["Route"]) => TypeRole::MethodRouter,
        _ => TypeRole::Other,
    }
}

/// What a parameter of one of these types holds.
pub fn param(path: &[String], site: Location) -> Option<Router> {
    let names = api(path)?;
    let [name] = names.as_slice() else { return None };
    let standing = if *name == "GuardedApp" { Standing::Guarded } else { builder::standing_of(path) };
    Some(Router { mount: Some(Rc::new(Mount::of(role(name)?))), standing, ..Router::of(Entry::param(site)) })
}

/// Whether these builders have a method of this name of their own.
pub fn is_own_method(name: &str) -> bool {
    builder::is_own_method(name) || route::verb(name).is_some()
}

/// A call of a function of actix-web's.
pub fn call(
    eval: &mut Eval<'_>,
    path: &Rc<[String]>,
    arguments: &[Argument],
    site: Place,
    place: Place,
) -> Option<Value> {
    let names = api(path)?;
    let value = match (names.as_slice(), arguments) {
        (["HttpServer", "new"], [factory, ..]) => {
            serve::factory(eval, factory, place);
            Value::unknown()
        }
        (["test", "init_service" | "try_init_service"], [app, ..]) => {
            serve::app(eval, &app.value, place);
            Value::unknown()
        }
        (["map_config"], [app, ..]) => app.value.clone(),
        (["guarded"], [factory]) => serve::guarded(eval, factory),
        (["App", "new"], []) => builder::of_type(path, builder::empty(MountRole::App)),
        (["Scope", "new"] | ["web", "scope"], [of]) => {
            builder::of_type(path, builder::mounted(eval, MountRole::Scope, of))
        }
        (["Resource", "new"] | ["web", "resource" | "service"], [of]) => {
            builder::of_type(path, builder::mounted(eval, MountRole::Resource, of))
        }
        (["Redirect", "new"] | ["web", "redirect"], [from, ..]) => builder::redirect(eval, from, place),
        (["Files", "new"], [path, ..]) => builder::files(eval, path, place),
        (["Route", "new"] | ["web", "route"], []) => route::open(None),
        (["web", "method"], [method]) => route::open_for(eval, method),
        (["web", "to"], [handler]) => route::to(eval, handler, place),
        (["web", name], []) if route::verb(name).is_some() => route::open(route::verb(name)),
        (["guard", name], _) => guard::call(name, arguments),
        ([of, method], [receiver, rest @ ..]) if role(of).is_some() || *of == "Route" => {
            return on_receiver(eval, &receiver.value, method, rest, site);
        }
        _ => return None,
    };
    Some(value)
}

/// A macro of actix-web's.
pub fn macro_value(path: &[String], arguments: &[Argument]) -> Option<Value> {
    match api(path)?.as_slice() {
        ["services"] => {
            Some(Value::Tuple(Rc::new(arguments.iter().map(|argument| argument.value.clone()).collect())))
        }
        _ => None,
    }
}

/// A method of one of actix-web's builders. None if the value is none.
pub fn method(
    eval: &mut Eval<'_>,
    value: &Value,
    name: &str,
    arguments: &[Expr],
    place: Place,
) -> Option<Value> {
    match value {
        Value::Router(Router { mount: Some(_), .. }) => {}
        Value::MethodRouter(route) if route.guard.is_some() => {}
        // `HttpService::build().finish(app)`, `.h1(app)`: actix-http's own servers.
        Value::Unknown(_) if matches!(name, "finish" | "h1" | "h2") && !arguments.is_empty() => {
            return Some(served(eval, value, name, arguments, place));
        }
        Value::Unknown(it) if !it.is_param => {
            let Some(TypeRef::External(of)) = &it.of else { return None };
            let mut router = param(of, eval.here(place))?;
            router.entries = serve::unknown(eval, value, place).entries;
            let arguments = super::arguments(eval, arguments);
            return on_receiver(eval, &Value::Router(router), name, &arguments, place);
        }
        _ => return None,
    }
    let arguments = super::arguments(eval, arguments);
    on_receiver(eval, value, name, &arguments, place)
}

/// A method that serves an app, if it is handed one.
fn served(eval: &mut Eval<'_>, value: &Value, name: &str, arguments: &[Expr], place: Place) -> Value {
    let arguments = super::arguments(eval, arguments);
    let app = arguments.iter().find(|argument| match &argument.value {
        Value::Router(router) => router.mount.as_ref().is_some_and(|mount| mount.role == MountRole::App),
        _ => false,
    });
    if let Some(app) = app {
        serve::app(eval, &app.value, place);
        return value.clone();
    }
    let site = eval.here(place);
    for argument in &arguments {
        eval.escape(site, &format!("`{name}`"), &argument.value);
    }
    Value::Unknown(Unknown {
        is_param: value.is_param() || arguments.iter().any(|argument| argument.value.is_param()),
        carries: arguments.iter().flat_map(|argument| argument.value.routers()).next(),
        ..Unknown::default()
    })
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
        Value::Router(Router { mount: None, .. }) => None,
        Value::Router(router) => Some(builder::method(eval, router.clone(), name, arguments, place)),
        Value::MethodRouter(router) => Some(route::method(eval, router.clone(), name, arguments, place)),
        _ => None,
    }
}

/// A method that adds endpoints, of a value that is not known: what became of it. None if it is none of actix-web's.
pub fn unknown_receiver(eval: &mut Eval<'_>, name: &str, arguments: &[Argument]) -> Option<Outcome> {
    if !is_only_own(name) {
        return None;
    }
    let is_ours = arguments.iter().any(|argument| match &argument.value {
        Value::Router(router) => router.mount.is_some(),
        Value::MethodRouter(route) => route.guard.is_some(),
        Value::Function(function) => match function.of {
            FunctionRef::Local(id) => attribute::is_service(eval, id) || takes_config(eval, id),
            _ => false,
        },
        _ => false,
    });
    Some(if is_ours { Outcome::UnknownReceiver } else { Outcome::Unlikely })
}

/// Whether a function is handed a `ServiceConfig`.
fn takes_config(eval: &mut Eval<'_>, id: crate::world::FnId) -> bool {
    let Some((function, module)) =
        eval.world.function(id).zip(eval.world.functions.get(id.0).map(|def| def.module))
    else {
        return false;
    };
    function.params.first().is_some_and(|param| {
        matches!(eval.world.type_ref(module, &param.of, None), Some(TypeRef::External(of)) if type_role(&of) == TypeRole::Router)
    })
}

impl Mount {
    /// A builder without a path.
    fn of(role: MountRole) -> Self {
        Self { role, paths: None, guard: crate::value::Guard::default() }
    }
}

/// A path with the tail that actix-web also spells `{name}*` spelled as elsewhere, and with its `/` unless it is empty.
fn spelled(path: &str) -> String {
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    let tail = path.strip_suffix("}*").and_then(|head| head.rsplit_once('{'));
    match tail {
        Some((head, name)) => format!("{slash}{head}{{*{name}}}"),
        None => format!("{slash}{path}"),
    }
}

/// The methods by the names of functions and attributes.
fn method_named(name: &str) -> Option<Method> {
    if name.chars().any(|c| !c.is_ascii_lowercase()) {
        return None;
    }
    name.to_ascii_uppercase().parse().ok().filter(|method| *method != Method::Any)
}

/// Whether a word that registers is one of actix-web's, and means nothing on axum's routers.
pub fn is_only_own(name: &str) -> bool {
    matches!(name, "configure" | "default_service" | "service" | "service_actix")
}
