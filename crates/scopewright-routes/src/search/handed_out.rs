//! Routers that a library hands out: who depends on it serves them, so they count as served.

use super::is_soft;
use crate::eval::{Eval, Served};
use crate::hash::Set;
use crate::world::{FnId, Location, OWN_PACKAGE};
use std::cmp::Reverse;

/// The routers that public functions of the package's library return and that nothing in the package serves, each as if it
/// were served where the function stands. A package with a binary serves what it builds itself: what that leaves out is
/// served by nobody.
pub fn handed_out(eval: &mut Eval<'_>, served: &[Served]) -> Vec<Served> {
    let own = eval.world.crates.iter().filter(|krate| krate.package == OWN_PACKAGE);
    if own.clone().count() == 0 || own.clone().any(|krate| !krate.is_library) {
        return Vec::new();
    }
    let mut known: Set<Location> =
        served.iter().flat_map(|served| &*served.router.entries).map(|entry| entry.site).collect();
    let mut found = Vec::new();
    for id in (0..eval.world.functions.len()).map(FnId) {
        let is_offered =
            eval.world.function(id).is_some_and(|function| function.is_public && function.output.is_some());
        if !is_offered || !eval.evaluated.contains(&id) || !eval.world.is_own_function(id) {
            continue;
        }
        let Some(site) = eval.world.location_of(id) else { continue };
        for router in eval.evaluate_alone(id).routers() {
            let is_whole = router.entries.iter().all(|entry| !is_soft(entry));
            let is_news = router.entries.iter().any(|entry| !known.contains(&entry.site));
            if is_whole && is_news {
                found.push(Served {
                    site,
                    function: Some(id),
                    router,
                    conditions: [].into(),
                    is_orphan: false,
                    is_handed_out: true,
                });
            }
        }
    }
    // The outermost function speaks for those whose routers it puts together.
    let mut kept: Vec<(usize, Served)> = found.into_iter().enumerate().collect();
    kept.sort_by_key(|(_, served)| Reverse(served.router.entries.len()));
    kept.retain(|(_, served)| {
        let sites = || served.router.entries.iter().map(|entry| entry.site);
        let is_news = sites().any(|site| !known.contains(&site));
        known.extend(sites());
        is_news
    });
    kept.sort_by_key(|(at, _)| *at);
    kept.into_iter().map(|(_, served)| served).collect()
}
