//! Where a server of MCP is put where requests arrive, and what stands between its callers and its tools there.
//!
//! Looked up in rmcp 3.9: `StreamableHttpService::new` takes what makes a server, `serve_server` and its kin a server;
//! `.serve(transport)` of `ServiceExt` serves a server or a client, by its type.

use crate::eval::{Eval, Guarding, ServedTools, type_of};
use crate::facts::{Expr, Place};
use crate::frameworks::Argument;
use crate::value::{FunctionValue, Value};
use crate::world::{FnId, Location, Target, TypeRef};

/// The service that answers HTTP.
const SERVICE: &str = "StreamableHttpService";
/// Functions that serve, and which of their type arguments is the server.
const FUNCTIONS: &[(&str, usize)] =
    &[("serve_directly", 1), ("serve_directly_with_ct", 1), ("serve_server", 0), ("serve_server_with_ct", 0)];
/// The trait with the methods that serve.
const TRAIT: &str = "ServiceExt";
/// These methods.
const METHODS: &[&str] = &["serve", "serve_with_ct"];
/// How many functions that make a server may stand inside each other.
const DEEPEST: usize = 4;

/// Whether a path of another package serves.
pub fn is_serving(path: &[String]) -> bool {
    served_argument(path).is_some()
}

/// Which type argument of a path that serves is the server, of the type before its last name or of that.
enum TypeArgument {
    OfType,
    Own(usize),
}

fn served_argument(path: &[String]) -> Option<TypeArgument> {
    let [first, .., last] = path else { return None };
    if first != "rmcp" {
        return None;
    }
    if let [.., of, _] = path
        && ((of == SERVICE && last == "new") || (of == TRAIT && METHODS.contains(&last.as_str())))
    {
        return Some(TypeArgument::OfType);
    }
    FUNCTIONS.iter().find(|(name, _)| name == last).map(|(_, at)| TypeArgument::Own(*at))
}

/// Whether a function of this name serves.
pub fn is_function(name: &str) -> bool {
    FUNCTIONS.iter().any(|(known, _)| *known == name)
}

/// Whether a name may be the last one of a path that serves.
pub fn is_last(name: &str) -> bool {
    name == "new" || METHODS.contains(&name) || is_function(name)
}

/// Whether a type of another package is a server of ours.
fn is_guard(path: &[String]) -> bool {
    matches!(path, [first, .., last] if first == "scopewright" && matches!(last.as_str(), "GuardedTools" | "LocalServer"))
}

/// Notes a call of a function of another package, if it serves or makes a server that is open.
pub fn call(
    eval: &mut Eval<'_>,
    path: &[String],
    function: &FunctionValue,
    arguments: &[Argument],
    site: Place,
) {
    if let [first, .., of, last] = path
        && first == "scopewright"
        && of == "LocalServer"
        && last == "new"
    {
        let reason = match arguments.first().map(|argument| &argument.value) {
            Some(Value::Text(reason)) => Some(reason.clone()),
            _ => None,
        };
        let site = eval.here(site);
        eval.open_servers.insert(site, reason);
        return;
    }
    let Some(argument) = served_argument(path) else { return };
    let stated = match argument {
        TypeArgument::OfType => function.type_generics.first(),
        TypeArgument::Own(at) => function.generics.get(at),
    };
    let value = arguments.first().map_or_else(Value::unknown, |argument| argument.value.clone());
    let guarding = match stated.cloned().flatten() {
        // The compiler holds the type against the value.
        Some(TypeRef::External(path)) if is_guard(&path) => Guarding::Guarded,
        Some(_) => Guarding::Unguarded,
        None if path.iter().any(|name| name == TRAIT) && !may_be_server(eval, &value) => return,
        None if path.last().is_some_and(|name| name.starts_with("serve_directly"))
            && !may_be_server(eval, &value) =>
        {
            return;
        }
        None => guarding(eval, &value, site, 0),
    };
    let site = eval.here(site);
    note(eval, site, guarding);
}

/// Notes a call of a method, if it is one that serves.
pub fn method(eval: &mut Eval<'_>, value: &Value, name: &str, arguments: &[Expr], place: Place) {
    if !METHODS.contains(&name)
        || arguments.is_empty()
        || matches!(value, Value::Router(_) | Value::MethodRouter(_))
        || !is_trait_in_scope(eval)
        || !may_be_server(eval, value)
    {
        return;
    }
    let guarding = guarding(eval, value, place, 0);
    let site = eval.here(place);
    note(eval, site, guarding);
}

fn note(eval: &mut Eval<'_>, site: Location, guarding: Guarding) {
    eval.served_tools.push(ServedTools { site, guarding, is_orphan: false });
}

/// Whether the trait of rmcp's that has `.serve(..)` can be used here, also as `_`.
fn is_trait_in_scope(eval: &mut Eval<'_>) -> bool {
    let scope = eval.scope();
    [TRAIT, "_"].into_iter().any(|name| {
        let targets = eval.world.resolve(scope, &[name.to_owned()], false);
        targets.iter().any(|target| match target {
            Target::External(path) => {
                path.first().is_some_and(|first| first == "rmcp")
                    && path.last().is_some_and(|last| last == TRAIT)
            }
            _ => false,
        })
    })
}

/// Whether a value may be a server: not a client, which has the same methods. What is not known may be one, if the
/// program has any.
fn may_be_server(eval: &mut Eval<'_>, value: &Value) -> bool {
    match type_of(value) {
        Some(TypeRef::External(path)) => {
            let is_of_rmcp = path.first().is_some_and(|first| first == "rmcp");
            let name = path.last().map_or("", String::as_str);
            !(is_of_rmcp && (name.starts_with("Client") || name.starts_with("Initialize")))
        }
        Some(of) => {
            eval.world.implements_external(Some(&of), "rmcp", "ServerHandler")
                || !eval.world.implements_external(Some(&of), "rmcp", "ClientHandler")
        }
        None => match value {
            Value::OneOf(all) => all.iter().any(|(_, value)| may_be_server(eval, value)),
            // `().serve(..)` is the smallest client.
            Value::Nothing | Value::Never | Value::Tuple(_) => false,
            _ => eval.world.implements_external(None, "rmcp", "ServerHandler") || has_tools(eval),
        },
    }
}

/// Whether any function looks like a tool: `#[tool_router(server_handler)]` writes the server's implementation itself.
fn has_tools(eval: &Eval<'_>) -> bool {
    let all = (0..eval.world.functions.len()).map(FnId);
    all.filter_map(|id| eval.world.function(id)).any(|function| {
        function.attributes.iter().any(|attribute| matches!(attribute.path.last(), "prompt" | "tool"))
    })
}

fn guarding(eval: &mut Eval<'_>, value: &Value, place: Place, depth: usize) -> Guarding {
    match value {
        Value::Closure(_) | Value::Function(_) if depth < DEEPEST => {
            let made = eval.call_value(value, Vec::new(), place);
            guarding(eval, &made, place, depth + 1)
        }
        Value::OneOf(all) => {
            // `Err(..)` is no server.
            let made = all.iter().filter(|(_, value)| !matches!(value, Value::Nothing | Value::Never));
            made.map(|(_, value)| guarding(eval, value, place, depth)).max().unwrap_or(Guarding::Unguarded)
        }
        _ => match type_of(value) {
            Some(TypeRef::External(path)) if is_guard(&path) => Guarding::Guarded,
            None if value.is_param() => Guarding::Param,
            _ => Guarding::Unguarded,
        },
    }
}
