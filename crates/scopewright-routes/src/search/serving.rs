//! The accounting of what serves: every call that puts a router where requests arrive was evaluated with something to
//! serve, or something is said about it.

use super::callers;
use crate::eval::Eval;
use crate::facts::{Body, Expr, Path, Pattern, Place};
use crate::hash::Set;
use crate::value::Lost;
use crate::walk::{Mention, walk, walk_value};
use crate::world::{FnId, Location, ModuleId, Target};
use scopewright_model::Code;
use std::collections::BTreeMap;

/// The methods that serve and are no everyday words.
const METHODS: &[&str] = &[
    "into_make_service",
    "into_make_service_with_connect_info",
    "serve_connection",
    "serve_connection_with_upgrades",
];

/// Learns the names of the functions in which something is served.
pub fn learn_names(eval: &mut Eval<'_>, ids: &[FnId]) {
    for id in ids {
        let Some(function) = eval.world.function(*id) else { continue };
        // Everything is called `main` or `new`, and nobody calls a `main`.
        if !matches!(function.name.as_str(), "main" | "new") {
            eval.serving_names.insert(function.name.clone());
        }
    }
}

/// Reports what serves and was not evaluated. `helpers` are the functions that serve what they are handed.
pub fn account(eval: &mut Eval<'_>, helpers: &Set<FnId>) {
    let mut missed: BTreeMap<Location, &'static str> = BTreeMap::new();
    let mut bodies: Vec<(FnId, ModuleId, Location)> = Vec::new();
    for id in (0..eval.world.functions.len()).map(FnId) {
        let Some(def) = eval.world.functions.get(id.0) else { continue };
        let module = def.module;
        // What a library serves is the service's only where evaluation came to it.
        if !eval.world.is_own(module) && !eval.evaluated.contains(&id) {
            continue;
        }
        let place = Place::default();
        bodies.push((id, module, Location { file: def.file, place }));
    }
    for (id, module, at) in &bodies {
        for place in missed_in_function(eval, *id, *module, *at) {
            missed.insert(place, "what is served here is in code that discovery did not follow");
        }
    }
    for (module, file, value) in constants(eval) {
        let mut named = Named::default();
        walk_value(&value, &mut |mention| named.note(&mention));
        for place in named.missed(eval, &[module], file) {
            missed.insert(place, "what is served here is in a constant that discovery did not follow");
        }
    }
    let helpers: Vec<FnId> = helpers.iter().copied().collect();
    for helper in helpers {
        for place in missed_calls(eval, helper) {
            missed.insert(
                place,
                "this hands a router to what serves it, in code that discovery did not follow",
            );
        }
    }
    for (location, reason) in missed {
        if !eval.is_reported_within(location) {
            eval.lose(&Lost {
                reason: reason.to_owned(),
                code: Code::UnresolvedRouter,
                help: "serve it where a function of this package runs into it: in no closure or branch that nothing is seen \
                       to reach, and with a router that was built before"
                    .to_owned(),
                location,
            });
        }
    }
}

fn constants(eval: &Eval<'_>) -> Vec<(ModuleId, crate::world::FileId, std::rc::Rc<Expr>)> {
    let own = eval.world.constants.iter().filter(|def| eval.world.is_own(def.module));
    own.filter_map(|def| {
        let file = eval.world.modules.get(def.module.0)?.file;
        Some((def.module, file, std::rc::Rc::clone(def.value.as_ref()?)))
    })
    .collect()
}

/// What may serve in a body.
#[derive(Default)]
struct Named {
    paths: Vec<(Path, Place)>,
    methods: Vec<Place>,
}

impl Named {
    fn note(&mut self, mention: &Mention<'_>) {
        match mention {
            Mention::Path(path, place) => self.paths.push(((*path).clone(), *place)),
            Mention::Method(name, place) if METHODS.contains(name) => self.methods.push(*place),
            Mention::Method(..) | Mention::Opaque(_) => {}
        }
    }

    fn missed(self, eval: &mut Eval<'_>, scopes: &[ModuleId], file: crate::world::FileId) -> Vec<Location> {
        let at = |place| Location { file, place };
        let mut found: Vec<Location> =
            self.methods.into_iter().map(at).filter(|site| !eval.visited.contains(site)).collect();
        for (path, place) in self.paths {
            let is_candidate = path.segments.iter().rev().take(2).any(|segment| {
                crate::words::serves(&segment.name) || eval.world.all_words.contains(&segment.name)
            });
            if is_candidate && !eval.serving.contains(&at(place)) && means_serving(eval, scopes, &path) {
                found.push(at(place));
            }
        }
        found
    }
}

fn missed_in_function(eval: &mut Eval<'_>, id: FnId, module: ModuleId, at: Location) -> Vec<Location> {
    let Some(function) = eval.world.function(id) else { return Vec::new() };
    let Body::Read(body) = &function.body else { return Vec::new() };
    let mut named = Named::default();
    walk(&body.block, &mut |mention| named.note(&mention));
    named.missed(eval, &scopes(eval, id, module), at.file)
}

fn scopes(eval: &Eval<'_>, id: FnId, module: ModuleId) -> Vec<ModuleId> {
    let mut scopes = vec![module];
    if let Some(function) = eval.world.function(id)
        && let Body::Read(body) = &function.body
    {
        scopes.extend(body.scopes.iter().filter_map(|scope| eval.world.block_module(module, scope.key)));
    }
    scopes
}

/// Whether a path is that of what serves, and not of what serves MCP, which is accounted for by itself.
fn means_serving(eval: &mut Eval<'_>, scopes: &[ModuleId], path: &Path) -> bool {
    let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
    scopes.iter().any(|scope| {
        let targets = eval.world.resolve(*scope, &names, path.absolute);
        targets
            .iter()
            .any(|target| matches!(target, Target::External(path) if crate::frameworks::serves(path)))
    })
}

/// Where a function that serves what it is handed is named, and evaluation did not come.
fn missed_calls(eval: &mut Eval<'_>, helper: FnId) -> Vec<Location> {
    let Some(name) = eval.world.function(helper).map(|function| function.name.clone()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for caller in callers(eval, helper) {
        let Some((module, file)) = eval.world.functions.get(caller.0).map(|def| (def.module, def.file))
        else {
            continue;
        };
        if !eval.evaluated.contains(&caller) {
            continue;
        }
        let Some(function) = eval.world.function(caller) else { continue };
        let Body::Read(body) = &function.body else { continue };
        let mut mentioned: Vec<(Path, Place)> = Vec::new();
        walk(&body.block, &mut |mention| {
            if let Mention::Path(path, place) = mention
                && path.last() == name
            {
                mentioned.push((path.clone(), place));
            }
        });
        let is_param =
            function.params.iter().any(|param| matches!(&param.pattern, Pattern::Name(of) if *of == name));
        if is_param {
            continue;
        }
        let scopes = scopes(eval, caller, module);
        for (path, place) in mentioned {
            let site = Location { file, place };
            let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
            let is_it = scopes.iter().any(|scope| {
                eval.world.resolve(*scope, &names, path.absolute).contains(&Target::Function(helper))
            });
            if is_it && !eval.visited.contains(&site) {
                found.push(site);
            }
        }
    }
    found
}
