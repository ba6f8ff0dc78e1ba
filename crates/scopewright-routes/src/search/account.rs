//! The accounting: every call that looks like a registration is served, or something is said about it.

use super::{callers, is_main, mentions, starts};
use crate::eval::{Eval, Outcome};
use crate::facts::{Body, Place};
use crate::hash::Set;
use crate::value::{Entry, Lost};
use crate::world::{FnId, Location};
use scopewright_model::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

/// Every call that looks like a registration is served, or something is said about it.
pub fn account<'e>(eval: &mut Eval<'_>, entries: impl Iterator<Item = &'e Entry>) {
    let served: Set<Location> = entries.map(|entry| entry.site).collect();
    let mut unserved: BTreeMap<FnId, Vec<Location>> = BTreeMap::new();
    for (function, site) in sites(eval) {
        let outcome = eval.outcomes.get(&site).copied();
        if served.contains(&site) || eval.is_reported_within(site) {
            continue;
        }
        match outcome {
            Some(Outcome::Unlikely | Outcome::NoRouter | Outcome::Composed) => {}
            Some(Outcome::Registered) => match function {
                Some(function) => unserved.entry(function).or_default().push(site),
                None if is_constant_named(eval, site) => {
                    lost_site(
                        eval,
                        site,
                        "a router built in a constant is not followed to where it is served",
                    );
                }
                None => warn_unserved_constant(eval, site),
            },
            Some(Outcome::UnknownReceiver) => {
                lost_site(
                    eval,
                    site,
                    "this looks like a registration, on a value that discovery does not know",
                );
            }
            None => lost_site(eval, site, "this registration is in code that discovery did not follow"),
        }
    }
    unserved_functions(eval, unserved);
}

/// Whether the constant around a place is named anywhere. Its name may be another's: then an error is one too many.
fn is_constant_named(eval: &Eval<'_>, site: Location) -> bool {
    let world = &eval.world;
    let is_around = |at: usize| {
        let Some(def) = world.constants.get(at) else { return false };
        let file = world.modules.get(def.module.0).map(|module| module.file);
        file == Some(site.file) && def.registrations.contains(&site.place)
    };
    let names: BTreeSet<&str> = (0..world.constants.len())
        .filter(|at| is_around(*at))
        .filter_map(|at| world.constants.get(at))
        .map(|def| def.name.as_str())
        .collect();
    let mut bodies = (0..world.functions.len()).filter_map(|at| world.function(FnId(at)));
    bodies.any(|function| match &function.body {
        Body::Read(body) => body.mentions.iter().any(|name| names.contains(name.as_str())),
        Body::None | Body::Unread => false,
    })
}

fn warn_unserved_constant(eval: &mut Eval<'_>, site: Location) {
    let span = eval.world.span(site);
    let diagnostic = Diagnostic::new(
        Code::UnservedRouter,
        "the router that this constant holds is never served",
        span,
        "nothing names it, so this is no endpoint",
    )
    .help("mount it where the service is built, as in `.merge(..)` or `.nest(\"/…\", ..)`, or remove it");
    eval.world.diagnostics.push(diagnostic);
}

pub fn lost_site(eval: &mut Eval<'_>, site: Location, reason: &str) {
    eval.lose(&Lost {
        reason: reason.to_owned(),
        code: Code::UnresolvedRouter,
        help: "build it in a function of this package and hand it to what serves it: `axum::serve`, `HttpServer::new`"
            .to_owned(),
        location: site,
    });
}

/// All calls that look like registrations.
fn sites(eval: &Eval<'_>) -> Vec<(Option<FnId>, Location)> {
    let mut found = Vec::new();
    for (at, def) in eval.world.functions.iter().enumerate() {
        let Some(function) = eval.world.function(FnId(at)) else { continue };
        // A library's registrations are the service's only where evaluation came to them.
        if !eval.world.is_own(def.module) && !eval.evaluated.contains(&FnId(at)) {
            continue;
        }
        if let Body::Read(body) = &function.body {
            let places = body.registrations.iter();
            found.extend(places.map(|place| (Some(FnId(at)), Location { file: def.file, place: *place })));
        }
    }
    for def in eval.world.constants.iter().filter(|def| eval.world.is_own(def.module)) {
        let file = eval.world.modules.get(def.module.0).map(|module| module.file);
        let places: &[Place] = &def.registrations;
        found.extend(
            file.into_iter()
                .flat_map(|file| places.iter().map(move |place| (None, Location { file, place: *place }))),
        );
    }
    found
}

/// Routers that are built and not served: said once where they go out of sight, else as a warning if nothing that
/// runs builds them, else as an error.
fn unserved_functions(eval: &mut Eval<'_>, unserved: BTreeMap<FnId, Vec<Location>>) {
    let escapes: Vec<_> = eval.escapes.values().cloned().collect();
    let mut rest = BTreeMap::new();
    for (function, sites) in unserved {
        let mut is_said = true;
        for site in &sites {
            let escape =
                escapes.iter().find(|escape| escape.router.entries.iter().any(|entry| entry.site == *site));
            match escape {
                Some(escape) => eval.lose(&Lost {
                    reason: format!("this router goes into {}, where discovery can't follow it", escape.into),
                    code: Code::UnresolvedRouter,
                    help: "serve it with `axum::serve`, or name the function that builds it: `[sources] roots = \
                           [\"crate::router\"]`"
                        .to_owned(),
                    location: escape.location,
                }),
                None => is_said = false,
            }
        }
        if !is_said {
            rest.insert(function, sites);
        }
    }
    let names: Vec<FnId> = rest.keys().copied().collect();
    for (function, sites) in &rest {
        // The outermost of functions that build one router together speaks for all.
        let is_part = names.iter().any(|other| other != function && calls(eval, *other, *function));
        if is_part {
            continue;
        }
        let Some(first) = sites.first() else { continue };
        if is_alive(eval, *function) {
            lost_site(
                eval,
                *first,
                "this router is built in code that runs and is not followed to where it is served",
            );
        } else if eval.world.is_own_function(*function) {
            warn_unserved(eval, *function, *first);
        }
    }
}

fn calls(eval: &mut Eval<'_>, caller: FnId, function: FnId) -> bool {
    let Some(name) = eval.world.function(function).map(|function| function.name.clone()) else {
        return false;
    };
    mentions(eval, caller, function, &name)
}

/// Whether something that runs names a function, or names what names it.
fn is_alive(eval: &mut Eval<'_>, function: FnId) -> bool {
    let starts: Set<FnId> = starts(eval).into_iter().collect();
    let mut seen = Set::from_iter([function]);
    let mut open = vec![function];
    while let Some(id) = open.pop() {
        if starts.contains(&id) || is_main(eval, id) {
            return true;
        }
        open.extend(callers(eval, id).into_iter().filter(|caller| seen.insert(*caller)));
    }
    false
}

fn warn_unserved(eval: &mut Eval<'_>, function: FnId, site: Location) {
    let path = eval.world.path_of(function);
    let span = eval.world.span(eval.world.location_of(function).unwrap_or(site));
    let route = eval.world.span(site);
    let diagnostic = Diagnostic::new(
        Code::UnservedRouter,
        format!("the router that `{path}` builds is never served"),
        span,
        "nothing that runs mounts it",
    )
    .also(route, "so this is no endpoint")
    .help("mount it where the service is built, as in `.merge(..)` or `.nest(\"/…\", ..)`, or remove it")
    .help(format!(
        "if it is served outside of this package, say so: `[sources] roots = [\"crate::{path}\"]`"
    ));
    eval.world.diagnostics.push(diagnostic);
}
