//! `App`, `ServiceConfig`, `web::scope`, `web::resource`: what is registered on them, and where that is served.

use super::service::{accounted, configured, service_entries};
use super::{route, spelled};
use crate::eval::{Eval, Outcome, TRANSPARENT as EVERYWHERE, texts_of};
use crate::facts::Place;
use crate::frameworks::Argument;
use crate::frameworks::axum::methods::{self, endpoints, for_method, lost_methods};
use crate::frameworks::other_method;
use crate::value::{
    Endpoint, Entry, EntryKind, HandlerRef, Lost, MethodEntry, MethodRouter, Mount, MountRole, Paths, Router,
    Value, handlers, under, within,
};
use crate::world::Location;
use scopewright_model::core::{Method, RouteKind};
use scopewright_model::{AskedBy, Code, Diagnostic, Framework, GUARDED, Standing};
use std::rc::Rc;

/// The path of what answers when nothing else on an app or scope does.
const DEFAULT: &str = "/{*fallback}";

/// Methods that change nothing about which routes there are.
const TRANSPARENT: &[&str] = &[
    "app_data",
    "app_state",
    "authenticate",
    "boxed",
    "data",
    "data_factory",
    "external_resource",
    "guarded_unchecked",
    "name",
    "permanent",
    "see_other",
    "temporary",
    "using_status_code",
    "wrap",
    "wrap_fn",
];

/// Methods of builders that register or mount something.
const REGISTERING: &[&str] = &[
    "configure",
    "default_service",
    "finish",
    "guard",
    "method_guard",
    "route",
    "service",
    "service_actix",
    "to",
];

/// Whether builders have a method of this name.
pub fn is_own_method(name: &str) -> bool {
    REGISTERING.contains(&name) || TRANSPARENT.contains(&name)
}

/// A builder on which nothing is.
pub fn empty(role: MountRole) -> Value {
    Value::Router(Router { mount: Some(Rc::new(Mount::of(role))), ..Router::default() })
}

/// A builder made by a function of actix-web's or of ours.
pub fn of_type(path: &[String], value: Value) -> Value {
    match value {
        Value::Router(router) => Value::Router(Router { standing: standing_of(path), ..router }),
        other => other,
    }
}

/// What the type of a builder says about who may register on it.
pub fn standing_of(path: &[String]) -> Standing {
    if path.first().is_some_and(|first| first == "scopewright") { Standing::Typed } else { Standing::Plain }
}

/// `web::scope(path)`, `web::resource(path)`
pub fn mounted(eval: &mut Eval<'_>, role: MountRole, path: &Argument) -> Value {
    let paths = paths_of(eval, path, &[]);
    Value::Router(Router { mount: Some(Rc::new(Mount { paths, ..Mount::of(role) })), ..Router::default() })
}

/// The path a builder is made with, or each of several. None if they are not constant: said now, or by the caller who
/// may know them.
fn paths_of(eval: &mut Eval<'_>, path: &Argument, entries: &[Entry]) -> Option<Paths> {
    let texts = match &path.value {
        Value::List(all) | Value::Tuple(all) => {
            let texts = |one: &Value| match one {
                Value::Perhaps(it) => {
                    let all = texts_of(&it.value)?.into_iter();
                    Some(all.map(|(_, text)| (Rc::clone(&it.condition), text)).collect())
                }
                one => texts_of(one),
            };
            let each: Option<Vec<_>> = all.iter().map(texts).collect();
            each.map(|each| each.into_iter().flatten().collect())
        }
        one => texts_of(one),
    };
    let Some(texts) = texts else {
        if !path.value.is_param() {
            let location = eval.here(path.place);
            let lost = Lost {
                reason: "this path is not a constant text".to_owned(),
                code: Code::UnresolvedPath,
                help: "write the path as a literal, a `const`, or `concat!` of them".to_owned(),
                location,
            };
            eval.lose_of(&lost, handlers(entries));
        }
        return None;
    };
    Some(texts.into_iter().map(|(condition, text)| (condition, spelled(&text).into())).collect())
}

/// `web::redirect(from, to)` answers every method.
pub fn redirect(eval: &mut Eval<'_>, from: &Argument, place: Place) -> Value {
    let Value::Router(mut router) = mounted(eval, MountRole::Resource, from) else { return Value::unknown() };
    let entry = value_entry(eval, "{redirect}", place);
    add(eval, &mut router, vec![entry]);
    Value::Router(router)
}

/// `Files::new(path, folder)` answers every path below its own, whose last `/`s it drops (actix-files 0.6.10).
pub fn files(eval: &mut Eval<'_>, path: &Argument, place: Place) -> Value {
    let paths = paths_of(eval, path, &[]).map(|paths| {
        let below = |text: &str| -> Rc<str> { format!("{}/{{*rest}}", text.trim_end_matches('/')).into() };
        paths.iter().map(|(condition, text)| (Rc::clone(condition), below(text))).collect()
    });
    let mut router =
        Router { mount: Some(Rc::new(Mount { paths, ..Mount::of(MountRole::Tail) })), ..Router::default() };
    let entry = Entry { route_kind: RouteKind::Nested, ..value_entry(eval, "{files}", place) };
    add(eval, &mut router, vec![entry]);
    Value::Router(router)
}

/// An entry of something that is no function, for every method.
fn value_entry(eval: &Eval<'_>, name: &str, place: Place) -> Entry {
    let here = eval.here(place);
    let endpoint = Endpoint {
        method: Method::Any,
        handler: Rc::new(HandlerRef::plain(name, here, here)),
        decision: None,
        framework: Framework::ActixWeb,
    };
    Entry { kind: EntryKind::Endpoint(endpoint), path: Some("".into()), ..Entry::param(here) }
}

/// A method of a builder. `place` is the method's name and arguments.
pub fn method(
    eval: &mut Eval<'_>,
    mut router: Router,
    name: &str,
    arguments: &[Argument],
    place: Place,
) -> Value {
    let site = eval.here(place);
    let Some(mount) = router.mount.clone() else { return Value::unknown() };
    match (mount.role, name, arguments) {
        (MountRole::Resource, "route", [route]) => {
            eval.outcome(site, Outcome::Registered);
            let entries = route_entries(eval, route, site);
            add(eval, &mut router, entries);
        }
        (MountRole::Resource, "to" | "finish", [handler]) => {
            let entries = handler_entries(eval, handler, Method::Any, site);
            add(eval, &mut router, entries);
        }
        (MountRole::Resource, verb, [handler]) if route::verb(verb).is_some() => {
            let method = route::verb(verb).unwrap_or(Method::Any);
            let entries = handler_entries(eval, handler, method, site);
            add(eval, &mut router, entries);
        }
        (MountRole::Resource, "default_service", [service]) => {
            eval.outcome(site, Outcome::Registered);
            let entries = default_entries(eval, service, site);
            add(eval, &mut router, entries);
        }
        (MountRole::App | MountRole::Config | MountRole::Scope, "route", [path, route]) => {
            eval.outcome(site, Outcome::Registered);
            let entries = route_entries(eval, route, site);
            let paths = paths_of(eval, path, &entries);
            let mount_here = Mount { paths, ..Mount::of(MountRole::Resource) };
            let standing = router.standing;
            let mut resource = Router { mount: Some(Rc::new(mount_here)), standing, ..Router::default() };
            add(eval, &mut resource, entries);
            let entries = resource.entries.iter().map(|entry| entry.as_ref().clone()).collect();
            mount_all(eval, &mut router, mount.role, entries);
        }
        (MountRole::App | MountRole::Config | MountRole::Scope, "service" | "service_actix", [service]) => {
            let entries = service_entries(eval, &service.value, service.place, site);
            let mut entries = accounted(eval, entries, site);
            if name == "service_actix" {
                for entry in &mut entries {
                    entry.asked_by = AskedBy::Door;
                }
            }
            mount_all(eval, &mut router, mount.role, entries);
        }
        (MountRole::App | MountRole::Config | MountRole::Scope, "configure", [with]) => {
            eval.outcome(site, Outcome::Composed);
            let configured = configured(eval, with);
            let entries = configured.entries.iter().map(|entry| entry.as_ref().clone()).collect();
            mount_all(eval, &mut router, mount.role, entries);
        }
        (MountRole::App | MountRole::Config | MountRole::Scope, "default_service", [service]) => {
            eval.outcome(site, Outcome::Registered);
            let mut entries = default_entries(eval, service, site);
            for entry in &mut entries {
                entry.path = Some(DEFAULT.into());
            }
            add(eval, &mut router, entries);
        }
        (MountRole::Scope | MountRole::Resource | MountRole::Tail, "guard" | "method_guard", [guard]) => {
            let guard = mount.guard.and(&guard.value);
            // Guards hold for what was registered before, too.
            let guarded = Mount { guard, ..mount.as_ref().clone() };
            let mut entries = Vec::new();
            for entry in router.entries.iter() {
                let behind = behind(&guarded, entry);
                if behind.is_empty() {
                    warn_dead(eval, entry);
                }
                entries.extend(behind.into_iter().map(Rc::new));
            }
            router.entries = Rc::new(entries);
            router.mount = Some(Rc::new(guarded));
        }
        (MountRole::App, "guarded", []) => router.standing = Standing::Guarded,
        (MountRole::App, "into_actix_unguarded", [_]) => router.standing = Standing::Unguarded,
        (MountRole::Tail, ..) => {}
        _ if TRANSPARENT.contains(&name) || EVERYWHERE.contains(&name) => {}
        _ => {
            let help = "register these routes with `.service(..)` or `.route(..)`, or write the method in this package";
            return other_method(eval, router, (name, "actix-web's builders", help), arguments, place);
        }
    }
    Value::Router(router)
}

/// Puts services on an app, scope or config. On an app an empty path is never matched.
fn mount_all(eval: &mut Eval<'_>, router: &mut Router, role: MountRole, mut entries: Vec<Entry>) {
    for entry in &mut entries {
        if role == MountRole::App && entry.path.as_deref() == Some("") {
            eval.lose(&Lost {
                reason: "actix-web never matches the empty path on an app".to_owned(),
                code: Code::UnresolvedPath,
                help: "write `/`".to_owned(),
                location: entry.site,
            });
            entry.path = None;
        }
    }
    add(eval, router, entries);
}

/// Puts entries on a builder: below its path, behind its guards.
fn add(eval: &mut Eval<'_>, router: &mut Router, entries: Vec<Entry>) {
    let Some(mount) = router.mount.clone() else { return };
    for entry in entries {
        let behind = behind(&mount, &entry);
        if behind.is_empty() {
            warn_dead(eval, &entry);
        }
        for entry in behind {
            match (mount.role, &mount.paths) {
                (MountRole::App | MountRole::Config, _) => router.push(entry),
                (_, None) => router.push(Entry { path: None, ..entry }),
                (_, Some(paths)) => {
                    for (condition, prefix) in paths.iter() {
                        let path = entry.path.as_deref().map(|path| format!("{prefix}{path}").into());
                        let conditions = under(condition, &entry.conditions);
                        router.push(Entry { path, conditions, ..entry.clone() });
                    }
                }
            }
        }
    }
}

/// Says that a route is never answered, because no guard around it lets its method through.
fn warn_dead(eval: &mut Eval<'_>, entry: &Entry) {
    eval.outcome(entry.site, Outcome::Composed);
    let diagnostic = Diagnostic::new(
        Code::UnservedRouter,
        "a guard around this route lets none of its methods through",
        eval.world.span(entry.site),
        "so this is no endpoint",
    )
    .help("register it outside of the guard, or remove it");
    if !eval.world.diagnostics.contains(&diagnostic) {
        eval.world.diagnostics.push(diagnostic);
    }
}

/// An entry behind the guards of a builder: one for each method, none if it is never answered.
fn behind(mount: &Mount, entry: &Entry) -> Vec<Entry> {
    let conditions = if mount.guard.is_conditional {
        within(&GUARDED.into(), &entry.conditions)
    } else {
        Rc::clone(&entry.conditions)
    };
    let EntryKind::Endpoint(endpoint) = &entry.kind else {
        return vec![Entry { conditions, ..entry.clone() }];
    };
    let methods = mount.guard.narrowed(endpoint.method).into_iter();
    let entries = methods.map(|method| Entry {
        kind: for_method(&entry.kind, method),
        conditions: Rc::clone(&conditions),
        ..entry.clone()
    });
    entries.collect()
}

/// What a route answers, at no path yet.
fn route_entries(eval: &mut Eval<'_>, route: &Argument, site: Location) -> Vec<Entry> {
    let methods = match &route.value {
        Value::MethodRouter(methods) => methods.clone(),
        Value::Never => return Vec::new(),
        Value::Decided(_) => {
            let found = endpoints(eval, &route.value, route.place).into_iter();
            let entries = found.map(|(kind, registered, conditions)| MethodEntry {
                kind: route::of_actix(kind),
                registered,
                conditions,
            });
            let guard = guard_inside(&route.value);
            MethodRouter { entries: Rc::new(entries.collect()), guard, ..MethodRouter::default() }
        }
        other => {
            let entry = lost_methods(eval, other, route.place);
            MethodRouter { entries: Rc::new(vec![entry]), ..MethodRouter::default() }
        }
    };
    let guard = methods.guard.unwrap_or_default();
    let mount = Mount { guard, ..Mount::of(MountRole::Resource) };
    let entries = methods
        .entries
        .iter()
        .flat_map(|entry| behind(&mount, &Entry { path: Some("".into()), ..entry.at(site) }));
    entries.collect()
}

fn guard_inside(value: &Value) -> Option<crate::value::Guard> {
    match value {
        Value::Decided(decided) => guard_inside(&decided.inner),
        Value::MethodRouter(route) => route.guard.clone(),
        _ => None,
    }
}

/// What a handler answers with a method, at no path yet.
fn handler_entries(eval: &mut Eval<'_>, handler: &Argument, method: Method, site: Location) -> Vec<Entry> {
    let found = methods::entries(eval, handler, site, Some("")).into_iter();
    let of_method = |entry: Entry| Entry { kind: for_method(&route::of_actix(entry.kind), method), ..entry };
    found.map(of_method).collect()
}

/// What a default service answers: a route, a handler or a service. The guards of such a route are never asked.
fn default_entries(eval: &mut Eval<'_>, service: &Argument, site: Location) -> Vec<Entry> {
    let entries = handler_entries(eval, service, Method::Any, site).into_iter();
    entries.map(|entry| Entry { is_fallback: true, route_kind: RouteKind::Fallback, ..entry }).collect()
}
