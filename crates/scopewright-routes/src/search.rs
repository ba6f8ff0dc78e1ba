//! The search: starts where routers are served, goes up to callers where a router is handed in, and in the end accounts
//! for every call that looks like a registration, so that none is missed in silence.

mod account;
mod handed_out;
mod mcp_servers;
mod serving;

use crate::eval::{Eval, Guarding, Served};
use crate::facts::{Body, Place};
use crate::hash::Set;
use crate::value::{Entry, EntryKind, Lost, Value};
use crate::words;
use crate::world::{FnId, Location, OWN_PACKAGE, Target};
use account::{account, lost_site};
use scopewright_model::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

/// What the search found.
pub struct Found {
    /// What is served, each with the places of its calls, and the server it is on.
    pub entries: Vec<(usize, Entry)>,
    /// The servers.
    pub servers: Vec<Served>,
    /// Where the search started.
    pub roots: Vec<Location>,
}

/// Runs the search.
pub fn search(eval: &mut Eval<'_>) -> Found {
    read_mains(eval);
    let mut done = Set::default();
    let mut helpers = Set::default();
    loop {
        let starting = starts(eval);
        serving::learn_names(eval, &starting);
        named_roots(eval, &mut done);
        let mut queue: Vec<FnId> = starts(eval).into_iter().filter(|id| is_ours(eval, *id)).collect();
        // Functions that register and were not reached yet: what they build is not served, or it is not followed.
        queue.extend(unreached(eval));
        queue.retain(|id| !done.contains(id));
        if queue.is_empty() {
            break;
        }
        queue.reverse();
        while let Some(id) = queue.pop() {
            if !is_read(eval, id) || !done.insert(id) {
                continue;
            }
            let before = (eval.served.len(), eval.served_tools.len());
            let value = eval.evaluate_alone(id);
            serve_result(eval, id, &value);
            let mut served = eval.served.iter().skip(before.0);
            let mut tools = eval.served_tools.iter().skip(before.1);
            if served.any(|served| served.router.entries.iter().any(|entry| is_soft(entry)))
                || tools.any(|served| served.guarding == Guarding::Param)
            {
                helpers.insert(id);
                let callers = callers(eval, id);
                if callers.is_empty() {
                    eval.served.iter_mut().skip(before.0).for_each(|served| served.is_orphan = true);
                    eval.served_tools.iter_mut().skip(before.1).for_each(|served| served.is_orphan = true);
                }
                queue.extend(callers);
            }
        }
        eval.constants_that_register();
        eval.world.read_renamed_words();
    }
    eval.world.report_route_macros();
    let mut served = settle(eval);
    served.extend(handed_out::handed_out(eval, &served));
    let roots: BTreeSet<Location> = served.iter().map(|served| served.site).collect();
    let entries = served.iter().enumerate().flat_map(|(server, served)| {
        served.router.entries.iter().map(move |entry| {
            let conditions = served.conditions.iter().chain(entry.conditions.iter()).cloned().collect();
            (server, Entry { conditions, ..entry.as_ref().clone() })
        })
    });
    let entries: Vec<(usize, Entry)> = entries.collect();
    account(eval, entries.iter().map(|(_, entry)| entry));
    serving::account(eval, &helpers);
    mcp_servers::account(eval);
    eval.policies.report(&mut eval.world);
    if eval.gave_up() {
        let first = crate::world::FileId(0);
        let place = Place { line: 1, column: 1, end_line: 1, end_column: 1, made: 0 };
        let reason = "this program is too large to be followed to its end";
        lost_site(eval, Location { file: first, place }, reason);
    }
    Found { entries, servers: served, roots: roots.into_iter().collect() }
}

/// The `main` functions are read whatever stands in them: everything that runs begins there.
fn read_mains(eval: &mut Eval<'_>) {
    eval.world.read_roots();
    let mains: Vec<FnId> =
        (0..eval.world.functions.len()).map(FnId).filter(|id| is_main(eval, *id)).collect();
    for id in mains {
        if let Some(file) = eval.world.functions.get(id.0).map(|def| def.file) {
            eval.world.read_all_of(file);
        }
    }
}

/// The functions in whose body something is served, and the `main` of every binary.
fn starts(eval: &Eval<'_>) -> Vec<FnId> {
    let world = &eval.world;
    let serves = |id: &FnId| {
        world.function(*id).is_some_and(|function| match &function.body {
            Body::Read(body) => {
                body.mentions.iter().any(|name| words::serves(name) || world.all_words.contains(name))
            }
            Body::None | Body::Unread => false,
        })
    };
    let is_main = |id: &FnId| is_read(eval, *id) && is_main(eval, *id);
    (0..world.functions.len()).map(FnId).filter(|id| serves(id) || is_main(id)).collect()
}

/// Whether a function is of the service's package, or of a library and something of that package leads to it.
fn is_ours(eval: &mut Eval<'_>, id: FnId) -> bool {
    let mut seen = Set::from_iter([id]);
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        // No name leads to what `Drop`, `From` or `Display` of another package calls.
        if eval.world.is_own_function(id) || eval.world.is_of_foreign_trait(id) {
            return true;
        }
        open.extend(callers(eval, id).into_iter().filter(|caller| seen.insert(*caller)));
    }
    false
}

fn is_read(eval: &Eval<'_>, id: FnId) -> bool {
    eval.world.function(id).is_some_and(|function| matches!(function.body, Body::Read(_)))
}

/// Whether a function is the `main` of a binary.
fn is_main(eval: &Eval<'_>, id: FnId) -> bool {
    let world = &eval.world;
    let is_at_root = world
        .functions
        .get(id.0)
        .is_some_and(|def| world.crates.iter().any(|krate| krate.root == def.module && !krate.is_library));
    is_at_root && world.function(id).is_some_and(|function| function.name == "main")
}

/// A `main` that returns a router hands it to whoever serves it.
fn serve_result(eval: &mut Eval<'_>, id: FnId, value: &Value) {
    let Some(function) = eval.world.function(id) else { return };
    let Value::Router(router) = value else { return };
    if function.name != "main" || router.entries.is_empty() {
        return;
    }
    let Some(site) = eval.world.location_of(id) else { return };
    eval.serve_at(site, id, router.clone(), false);
}

/// Whether a caller may know more about it.
fn is_soft(entry: &Entry) -> bool {
    !matches!(entry.kind, EntryKind::Endpoint(_))
}

/// The functions that may call a function: those in which its name stands.
fn callers(eval: &mut Eval<'_>, id: FnId) -> Vec<FnId> {
    let Some(function) = eval.world.function(id) else { return Vec::new() };
    let name = function.name.clone();
    eval.world.read_mentions(&BTreeSet::from([name.clone()]));
    eval.world.read_renamed_words();
    let all: Vec<FnId> = (0..eval.world.functions.len()).map(FnId).collect();
    all.into_iter().filter(|caller| *caller != id && mentions(eval, *caller, id, &name)).collect()
}

/// Whether the name of `target` stands in a function and may mean it.
fn mentions(eval: &mut Eval<'_>, function: FnId, target: FnId, name: &str) -> bool {
    let Some(facts) = eval.world.function(function) else { return false };
    let Body::Read(body) = &facts.body else { return false };
    let name = name.to_owned();
    if body.mentions.binary_search(&name).is_err() {
        return false;
    }
    let Some(module) = eval.world.functions.get(function.0).map(|def| def.module) else { return false };
    let takes_self = eval.world.function(target).is_some_and(|function| function.has_self);
    let mut paths = Vec::new();
    let mut is_method = false;
    crate::walk::walk(&body.block, &mut |mention| match mention {
        crate::walk::Mention::Path(path, _) if path.last() == name => paths.push(path.clone()),
        crate::walk::Mention::Method(method, _) if method == name => is_method = true,
        crate::walk::Mention::Opaque(names) if names.contains(&name) => is_method = true,
        _ => {}
    });
    if is_method && takes_self {
        return true;
    }
    let mut scopes = vec![module];
    scopes.extend(body.scopes.iter().filter_map(|scope| eval.world.block_module(module, scope.key)));
    for path in paths {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        let mut is_known = false;
        for scope in &scopes {
            let targets = eval.world.resolve(*scope, &names, path.absolute);
            if targets.contains(&Target::Function(target)) {
                return true;
            }
            is_known |= !targets.is_empty();
        }
        if !is_known {
            return true; // `Self::f`, `T::f`, or a name that can't be told
        }
    }
    is_method && !takes_self
}

/// Functions named in the policy.
fn named_roots(eval: &mut Eval<'_>, done: &mut Set<FnId>) {
    let roots: Vec<String> = eval.world.sources.roots.to_vec();
    for root in roots {
        let names: Vec<String> = root.split("::").map(str::to_owned).collect();
        let names = match names.split_first() {
            Some((first, rest)) if first == "crate" => rest.to_vec(),
            _ => names,
        };
        let crates = eval.world.crates.iter().filter(|krate| krate.package == OWN_PACKAGE);
        let crates: Vec<_> = crates.map(|krate| krate.root).collect();
        let mut found = false;
        for krate in crates {
            let full: Vec<String> =
                std::iter::once("crate".to_owned()).chain(names.iter().cloned()).collect();
            for target in eval.world.resolve(krate, &full, false) {
                let Target::Function(id) = target else { continue };
                found = true;
                if let Some(file) = eval.world.functions.get(id.0).map(|def| def.file) {
                    eval.world.read_all_of(file);
                }
                if !done.insert(id) {
                    continue;
                }
                let value = eval.evaluate_alone(id);
                let Some(site) = eval.world.location_of(id) else { continue };
                for router in value.routers() {
                    eval.serve_at(site, id, router, true);
                }
            }
        }
        if !found {
            let first =
                eval.world.files.first().map_or_else(|| root.as_str().into(), |file| file.path.clone());
            let diagnostic = Diagnostic::new(
                Code::UnresolvedRouter,
                format!("`[sources] roots` names `{root}`, and there is no such function"),
                scopewright_model::Span::file_start(&first),
                "the search for routes can't start there",
            )
            .help(
                "name a function by its path from the crate root, as in `roots = [\"crate::app::router\"]`",
            );
            eval.world.diagnostics.push(diagnostic);
        }
    }
}

/// Functions with calls that look like registrations of which nothing is known yet.
fn unreached(eval: &Eval<'_>) -> Vec<FnId> {
    let is_new = |id: &FnId| {
        let Some((function, def)) = eval.world.function(*id).zip(eval.world.functions.get(id.0)) else {
            return false;
        };
        match &function.body {
            Body::Read(body) => body
                .registrations
                .iter()
                .any(|place| !eval.outcomes.contains_key(&Location { file: def.file, place: *place })),
            Body::None | Body::Unread => false,
        }
    };
    let all = (0..eval.world.functions.len()).map(FnId);
    all.filter(|id| eval.world.is_own_function(*id)).filter(is_new).collect()
}

/// For each place that serves: what callers were found to hand in, or what is not known after all.
fn settle(eval: &mut Eval<'_>) -> Vec<Served> {
    let mut by_site: BTreeMap<Location, Vec<Served>> = BTreeMap::new();
    for served in std::mem::take(&mut eval.served) {
        by_site.entry(served.site).or_default().push(served);
    }
    let mut settled = Vec::new();
    for (site, all) in by_site {
        let is_whole = |served: &Served| !served.router.entries.iter().any(|entry| is_soft(entry));
        // What a caller was found for was evaluated from there too.
        let has_better = all.iter().any(|served| served.is_orphan || is_whole(served));
        for served in all {
            if is_whole(&served) {
                settled.push(served);
                continue;
            }
            if has_better && !served.is_orphan {
                continue;
            }
            for entry in served.router.entries.iter() {
                match &entry.kind {
                    EntryKind::Lost(lost) => eval.lose(lost),
                    EntryKind::Param => eval.lose(&Lost {
                        reason: "no caller was found that hands in the router that is served here".to_owned(),
                        code: Code::UnresolvedRouter,
                        help: "name the function that builds it: `[sources] roots = [\"crate::router\"]`"
                            .to_owned(),
                        location: site,
                    }),
                    EntryKind::Endpoint(_) => {}
                }
            }
            settled.push(served);
        }
    }
    settled
}
