//! The accounting of MCP servers: every one that is served is guarded, or something is said about it.

use crate::eval::{Eval, Guarding, ServedTools};
use crate::facts::{Body, Expr, Path, Place};
use crate::frameworks::rmcp::serving;
use crate::hash::Set;
use crate::value::Lost;
use crate::walk::{Mention, walk, walk_value};
use crate::world::{ConstId, FnId, Location, ModuleId, Target};
use scopewright_model::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Reports every server that is not known to be guarded.
pub fn account(eval: &mut Eval<'_>) {
    constants(eval);
    let served = std::mem::take(&mut eval.served_tools);
    let seen: Set<Location> = served.iter().map(|served| served.site).collect();
    settle(eval, served);
    for site in places(eval) {
        if !seen.contains(&site) {
            lose(eval, site, "this MCP server is served in code that discovery did not follow");
        }
    }
    let open = std::mem::take(&mut eval.open_servers);
    for (site, reason) in open {
        let span = eval.world.span(site);
        let said =
            reason.map_or_else(|| "for a reason that is no literal".to_owned(), |why| format!("`{why}`"));
        eval.world.diagnostics.push(
            Diagnostic::new(
                Code::OpenMcpServer,
                format!("this MCP server is served open: {said}"),
                span,
                "nothing decides about its tools, prompts and resources",
            )
            .help("serve it over HTTP with `GuardedTools` for callers who have to be told apart"),
        );
    }
}

/// For each place that serves: what callers were found to hand in.
fn settle(eval: &mut Eval<'_>, served: Vec<ServedTools>) {
    let mut by_site: BTreeMap<Location, Vec<ServedTools>> = BTreeMap::new();
    for served in served {
        by_site.entry(served.site).or_default().push(served);
    }
    for (site, all) in by_site {
        let is_known = |served: &&ServedTools| served.guarding != Guarding::Param;
        let has_known = all.iter().any(|served| is_known(&served));
        if all.iter().any(|served| served.guarding == Guarding::Unguarded) {
            lose(eval, site, "this MCP server is served without what decides about its tools");
        } else if !has_known || all.iter().any(|served| served.is_orphan && !is_known(&served)) {
            lose(
                eval,
                site,
                "what this MCP server is made of can't be seen, so nothing says that it is guarded",
            );
        }
    }
}

fn lose(eval: &mut Eval<'_>, location: Location, reason: &str) {
    eval.lose(&Lost {
        reason: reason.to_owned(),
        code: Code::UnguardedMcpServer,
        help: "serve `GuardedTools::<Scope, _>::new(server, &Server::tool_router())?` in place of `server`, on a route inside \
               of `ToolsLayer::<Scope>::new()`; where discovery can't follow the value, say its type: \
               `StreamableHttpService::<GuardedTools<Scope, _>, _>::new(..)`"
            .to_owned(),
        location,
    });
}

/// Evaluates the constants that serve: `static SERVICE: LazyLock<..>`.
fn constants(eval: &mut Eval<'_>) {
    for (id, module, value) in values(eval) {
        if !served_in(eval, module, &value).is_empty() {
            eval.constant(id, None);
        }
    }
}

/// The constants of the package, with their modules and values.
fn values(eval: &Eval<'_>) -> Vec<(ConstId, ModuleId, Rc<Expr>)> {
    let own = eval.world.constants.iter().enumerate().filter(|(_, def)| eval.world.is_own(def.module));
    own.filter_map(|(at, def)| Some((ConstId(at), def.module, Rc::clone(def.value.as_ref()?)))).collect()
}

/// Where a value names something that serves.
fn served_in(eval: &mut Eval<'_>, module: ModuleId, value: &Expr) -> Vec<Place> {
    let mut named = Vec::new();
    walk_value(value, &mut |mention| note(&eval.world.all_words, &mention, &mut named));
    named.retain(|(path, _)| means_serving(eval, &[module], path));
    named.into_iter().map(|(_, place)| place).collect()
}

/// All places where something of rmcp's is named that serves.
fn places(eval: &mut Eval<'_>) -> Vec<Location> {
    let mut found = Vec::new();
    for id in (0..eval.world.functions.len()).map(FnId) {
        let Some(def) = eval.world.functions.get(id.0) else { continue };
        let (module, file) = (def.module, def.file);
        // What a library serves is the service's only where evaluation came to it.
        if !eval.world.is_own(module) && !eval.evaluated.contains(&id) {
            continue;
        }
        let Some(function) = eval.world.function(id) else { continue };
        let Body::Read(body) = &function.body else { continue };
        let mut named = Vec::new();
        walk(&body.block, &mut |mention| note(&eval.world.all_words, &mention, &mut named));
        if named.is_empty() {
            continue;
        }
        let mut scopes = vec![module];
        scopes.extend(body.scopes.iter().filter_map(|scope| eval.world.block_module(module, scope.key)));
        let serving = named.into_iter().filter(|(path, _)| means_serving(eval, &scopes, path));
        found.extend(serving.map(|(_, place)| Location { file, place }));
    }
    for (_, module, value) in values(eval) {
        let Some(file) = eval.world.modules.get(module.0).map(|module| module.file) else { continue };
        let serving = served_in(eval, module, &value).into_iter();
        found.extend(serving.map(|place| Location { file, place }));
    }
    found
}

fn note(renamed: &BTreeSet<String>, mention: &Mention<'_>, into: &mut Vec<(Path, Place)>) {
    let Mention::Path(path, place) = mention else { return };
    let may_serve = match path.segments.as_slice() {
        [] => false,
        [only] => serving::is_function(&only.name) || renamed.contains(&only.name),
        [.., last] => serving::is_last(&last.name),
    };
    if may_serve {
        into.push(((*path).clone(), *place));
    }
}

fn means_serving(eval: &mut Eval<'_>, scopes: &[ModuleId], path: &Path) -> bool {
    let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
    scopes.iter().any(|scope| {
        let targets = eval.world.resolve(*scope, &names, path.absolute);
        targets.iter().any(|target| matches!(target, Target::External(path) if serving::is_serving(path)))
    })
}
