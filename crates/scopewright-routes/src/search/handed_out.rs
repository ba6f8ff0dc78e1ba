//! Routers that a library hands out: who depends on it serves them, so they count as served.

use crate::eval::{Eval, Served};
use crate::facts::{Function, Type};
use crate::hash::Set;
use crate::value::{Entry, EntryKind, MethodRouter, Router, Value};
use crate::world::{ConstId, FnId, Location, ModuleId, OWN_PACKAGE, Owner, TypeRef};
use scopewright_model::Standing;
use std::cmp::Reverse;
use std::rc::Rc;

/// What others can take from the package's library and nothing in the package serves, each as if it were served where it
/// stands: what public functions return or register on what they are given, what implementations of traits make, and what
/// is in constants.
pub fn handed_out(eval: &mut Eval<'_>, served: &[Served]) -> Vec<Served> {
    let has_library = eval.world.crates.iter().any(|krate| krate.package == OWN_PACKAGE && krate.is_library);
    if !has_library {
        return Vec::new();
    }
    let mut known = Known::default();
    for served in served {
        known.add(&served.router);
    }
    let mut found = Vec::new();
    for id in (0..eval.world.functions.len()).map(FnId) {
        if !is_offered(eval, id) {
            continue;
        }
        let Some(site) = eval.world.location_of(id) else { continue };
        let has_plain_methods = returns_plain_methods(eval, id);
        let (value, changed) = eval.evaluate_and_see(id);
        let mut routers: Vec<Router> =
            std::iter::once(&value).chain(&changed).flat_map(Value::routers).collect();
        if has_plain_methods {
            routers.extend(of_methods(&value, site));
        }
        found.extend(routers.iter().filter_map(|router| known.news(router, site, Some(id))));
    }
    for at in 0..eval.world.constants.len() {
        let Some(def) = eval.world.constants.get(at).filter(|def| is_of_library(eval, def.module)) else {
            continue;
        };
        let file = eval.world.modules.get(def.module.0).map(|module| module.file);
        let Some((file, place)) = file.zip(def.registrations.first().copied()) else { continue };
        let value = eval.constant(ConstId(at), None);
        let routers = value.routers();
        found.extend(routers.iter().filter_map(|router| known.news(router, Location { file, place }, None)));
    }
    // The outermost function speaks for those whose routers it puts together.
    let mut kept: Vec<(usize, Served)> = found.into_iter().enumerate().collect();
    kept.sort_by_key(|(_, served)| Reverse(served.router.entries.len()));
    kept.retain(|(_, served)| {
        let is_news = known.is_news(&served.router);
        known.add(&served.router);
        is_news
    });
    kept.sort_by_key(|(at, _)| *at);
    kept.into_iter().map(|(_, served)| served).collect()
}

/// What is served, or handed out by somebody else.
#[derive(Default)]
struct Known {
    sites: Set<Location>,
    /// Where the functions begin that answer.
    handlers: Set<Location>,
}

impl Known {
    fn add(&mut self, router: &Router) {
        for entry in router.entries.iter() {
            self.sites.insert(entry.site);
            self.handlers.extend(handler(entry));
        }
    }

    fn is_news(&self, router: &Router) -> bool {
        router.entries.iter().any(|entry| match entry.path {
            Some(_) => !self.sites.contains(&entry.site),
            // Methods without a path: wherever they are registered, the same function answers.
            None => handler(entry).is_some_and(|handler| !self.handlers.contains(&handler)),
        })
    }

    /// A router as if it were served, if there is anything new on it. What a caller puts on it is the caller's.
    fn news(&self, router: &Router, site: Location, function: Option<FnId>) -> Option<Served> {
        let is_lost = |entry: &Rc<Entry>| matches!(entry.kind, EntryKind::Lost(_));
        if router.entries.iter().any(is_lost) {
            return None;
        }
        let own = router.entries.iter().filter(|entry| matches!(entry.kind, EntryKind::Endpoint(_)));
        let router = Router { entries: Rc::new(own.cloned().collect()), ..router.clone() };
        self.is_news(&router).then(|| Served {
            site,
            function,
            router,
            conditions: [].into(),
            is_orphan: false,
            is_handed_out: true,
        })
    }
}

fn handler(entry: &Entry) -> Option<Location> {
    match &entry.kind {
        EntryKind::Endpoint(endpoint) => Some(endpoint.handler.definition),
        EntryKind::Lost(_) | EntryKind::Param => None,
    }
}

/// Whether a module is of the package's library.
fn is_of_library(eval: &Eval<'_>, module: ModuleId) -> bool {
    let krate = eval.world.modules.get(module.0).and_then(|module| eval.world.crates.get(module.krate.0));
    krate.is_some_and(|krate| krate.package == OWN_PACKAGE && krate.is_library)
}

/// Whether others may call a function for the routes it makes. One that only puts together what others make was not
/// evaluated yet; it is read if its types may hold any.
fn is_offered(eval: &mut Eval<'_>, id: FnId) -> bool {
    let Some(function) = eval.world.function(id) else { return false };
    let Some((module, owner, file)) =
        eval.world.functions.get(id.0).map(|def| (def.module, def.owner, def.file))
    else {
        return false;
    };
    let is_of_trait = match owner {
        Owner::Impl(of) => eval.world.impls.get(of.0).is_some_and(|def| def.of_trait.is_some()),
        Owner::Module | Owner::Trait(_) => false,
    };
    if !(function.is_public || is_of_trait) || !is_of_library(eval, module) {
        return false;
    }
    let may_hand_out = hands_out(&function);
    if !eval.evaluated.contains(&id) && may_hand_out {
        eval.world.read_all_of(file);
        eval.world.read_renamed_words();
        return true;
    }
    eval.evaluated.contains(&id) && (may_hand_out || function.output.is_some())
}

/// Whether the types of a function name a router: what it returns, or what it changes.
fn hands_out(function: &Function) -> bool {
    let changes = |of: &Type| matches!(of, Type::Of(_)) && names_router(of);
    function.output.as_ref().is_some_and(names_router)
        || function.params.iter().any(|param| changes(&param.of))
}

fn names_router(of: &Type) -> bool {
    match of {
        Type::Path(path) => {
            let is_router = path.last().ends_with("Router")
                || matches!(
                    path.last(),
                    "App" | "GuardedApp" | "GuardedService" | "Resource" | "Scope" | "Self" | "ServiceConfig"
                );
            is_router || path.segments.last().is_some_and(|last| last.arguments.iter().any(names_router))
        }
        Type::Of(of) | Type::List(of) => names_router(of),
        Type::Tuple(all) => all.iter().any(names_router),
        Type::Bounds(bounds) => bounds
            .iter()
            .any(|bound| matches!(bound.last(), "DecidedFactory" | "HttpServiceFactory" | "Service")),
        Type::Other => false,
    }
}

/// Whether the type of what a function returns names axum's own method routers, which take any handler.
fn returns_plain_methods(eval: &mut Eval<'_>, id: FnId) -> bool {
    let Some(output) = eval.world.function(id).and_then(|function| function.output.clone()) else {
        return false;
    };
    let Some(module) = eval.world.functions.get(id.0).map(|def| def.module) else { return false };
    names_plain_methods(eval, module, &output)
}

fn names_plain_methods(eval: &mut Eval<'_>, module: ModuleId, of: &Type) -> bool {
    match of {
        Type::Path(path) => {
            let is_plain = match eval.world.type_ref(module, of, None) {
                Some(TypeRef::External(path)) => {
                    path.last().is_some_and(|name| name == "MethodRouter")
                        && path.first().is_none_or(|krate| krate != "scopewright")
                }
                Some(TypeRef::Local(_)) | None => false,
            };
            let arguments = path.segments.last().map(|last| last.arguments.clone()).unwrap_or_default();
            is_plain || arguments.iter().any(|of| names_plain_methods(eval, module, of))
        }
        Type::Of(of) | Type::List(of) => names_plain_methods(eval, module, of),
        Type::Tuple(all) => all.iter().any(|of| names_plain_methods(eval, module, of)),
        Type::Bounds(_) | Type::Other => false,
    }
}

/// The method routers in a value, each as a router that has no path yet.
fn of_methods(value: &Value, site: Location) -> Vec<Router> {
    let of_one = |methods: &MethodRouter| Router {
        entries: Rc::new(methods.entries.iter().map(|entry| Rc::new(entry.at(site))).collect()),
        standing: Standing::Plain,
        ..Router::default()
    };
    match value {
        Value::MethodRouter(methods) => vec![of_one(methods)],
        Value::List(all) | Value::Tuple(all) => {
            all.iter().flat_map(|value| of_methods(value, site)).collect()
        }
        Value::OneOf(all) => all.iter().flat_map(|(_, value)| of_methods(value, site)).collect(),
        Value::Record(record) => record.fields.values().flat_map(|value| of_methods(value, site)).collect(),
        _ => Vec::new(),
    }
}
