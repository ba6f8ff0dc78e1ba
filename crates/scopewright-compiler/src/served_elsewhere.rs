//! What packages that use a library serve of it. No build script of theirs looks at them.

use crate::file_system::{FileSystem as _, Tracked};
use crate::package::PackageInfo;
use crate::paths::is_in_folder;
use scopewright_model::{Route, RouteTable, Server, Sink, Standing};
use scopewright_routes::{FactsCache, Sources, discover, mentions};
use std::collections::BTreeSet;

/// Adds to a library's table the servers of other packages that let anybody have a part of it, and what of those packages
/// can't be followed where they have a part of it in hand.
pub(crate) fn extend(
    table: &mut RouteTable,
    package: &PackageInfo,
    files: &Tracked<'_>,
    cache: Option<&dyn FactsCache>,
) {
    let offered = offered(table);
    for dependent in &package.dependents {
        let sources = Sources { packages: &dependent.packages, reader: files, cache, roots: &[] };
        // What is wrong there besides is nothing of this package.
        let (found, read) = discover(&sources, &mut Sink::default());
        let is_theirs = |file: &str| is_in_one_of(&dependent.folders, file);
        table.servers.extend(unguarded(&found, package));
        let texts = read.iter().filter(|file| is_theirs(file)).filter_map(|file| files.read_text(file).ok());
        if texts.into_iter().any(|text| mentions(&text, &offered)) {
            table.unresolved.extend(found.unresolved.into_iter().filter(|it| is_theirs(&it.span.file)));
        }
    }
}

/// Servers on which something of the package is registered, or answers, that `guarded()` did not hand out.
fn unguarded(found: &RouteTable, package: &PackageInfo) -> Vec<Server> {
    let is_ours = |file: &str| is_in_one_of(&package.folders, file);
    let has_ours = |at: usize| {
        let answers =
            |route: &Route| route.handler.as_ref().is_some_and(|handler| is_ours(&handler.definition.file));
        let is_part = |route: &&Route| is_ours(&route.registered.file) || answers(route);
        found.routes.iter().filter(|route| route.servers.contains(&at)).any(|route| is_part(&route))
    };
    let servers = found.servers.iter().enumerate();
    let unguarded = servers.filter(|(at, server)| server.standing != Standing::Guarded && has_ours(*at));
    // Giving up is for the package to do whose policy it is; elsewhere it is one more router that nothing guards.
    unguarded.map(|(_, server)| Server { standing: Standing::Plain, ..server.clone() }).collect()
}

/// The names by which others get at what the package serves: functions that hand it out, and handlers.
fn offered(table: &RouteTable) -> BTreeSet<String> {
    let functions = table.servers.iter().filter(|server| server.is_handed_out).map(|server| &server.function);
    let handlers =
        table.routes.iter().filter_map(|route| route.handler.as_ref()).map(|handler| &handler.path);
    let last = |path: &String| path.rsplit("::").next().unwrap_or_default().to_owned();
    functions.chain(handlers).map(last).filter(|name| !name.is_empty()).collect()
}

fn is_in_one_of(folders: &[String], file: &str) -> bool {
    folders.iter().any(|folder| is_in_folder(folder, file))
}
