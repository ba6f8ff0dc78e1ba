//! The packages of its workspace that use a library and whose own build does not look at them: what they serve of it is
//! looked at where the library is built.

use super::libraries::{self, Workspace};
use super::manifest::{Manifest, WorkspaceTable};
use super::{crate_roots, dependencies};
use crate::file_system::FileSystem;
use crate::globs;
use crate::paths::{below, join, parent};
use scopewright_routes::{Package, compiles_policy};
use std::collections::BTreeMap;

const MANIFEST: &str = "Cargo.toml";

/// A package that uses the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// It, and after it the libraries it uses.
    pub packages: Vec<Package>,
    /// The folders of its crates.
    pub folders: Vec<String>,
}

/// The dependents of the package `name` in `folder`, and the files that say who they are and that nobody else is.
pub(super) fn find(
    files: &dyn FileSystem,
    folder: &str,
    name: &str,
    workspace: &Workspace<'_>,
) -> (Vec<Dependent>, Vec<String>) {
    let (mut found, mut watched) = (Vec::new(), Vec::new());
    let root = join(workspace.root, MANIFEST);
    let Some(table) = read(files, &root).and_then(|manifest| manifest.workspace) else {
        return (found, watched);
    };
    let members = members(files, &table, workspace);
    watched.push(root);
    // A member that is new, or uses what it did not use before, is written down here; its folder is watched by nobody.
    watched.extend(Some(join(workspace.root, "Cargo.lock")).filter(|path| files.is_file(path)));
    for (at, manifest) in members.iter().filter(|(at, _)| *at != folder) {
        watched.push(join(at, MANIFEST));
        let Some(table) = &manifest.package else { continue };
        let (libraries, manifests) = libraries::find(files, at, manifest, workspace);
        if !libraries.iter().any(|library| library.name == name) {
            continue;
        }
        let scripts: Vec<String> = table.build_scripts().iter().map(|script| join(at, script)).collect();
        watched.extend(scripts.iter().filter(|script| files.is_file(script)).cloned());
        if is_built_with_us(files, manifest, &scripts) {
            continue;
        }
        let crates = crate_roots::find(files, at, &table.name, manifest);
        let folders = crates.iter().filter_map(|krate| parent(&krate.file)).filter(|it| it != at);
        let folders = folders.map(str::to_owned).collect();
        let dependencies = dependencies(manifest, workspace.dependencies);
        let package = Package { name: table.name.clone(), crates, dependencies };
        found.push(Dependent { packages: std::iter::once(package).chain(libraries).collect(), folders });
        watched.extend(manifests);
    }
    (found, watched)
}

/// Whether a build script compiles a policy: then everything that is served there is looked at by it.
fn is_built_with_us(files: &dyn FileSystem, manifest: &Manifest, scripts: &[String]) -> bool {
    let Some(name) = manifest.build_crate() else { return false };
    let texts = scripts.iter().filter_map(|script| files.read_text(script).ok());
    texts.into_iter().any(|text| compiles_policy(&text, &name))
}

/// The members of a workspace by folder, cargo's way: the root's own package, what `members` names, and whatever of these
/// depends on in a folder below the root.
fn members(
    files: &dyn FileSystem,
    table: &WorkspaceTable,
    workspace: &Workspace<'_>,
) -> BTreeMap<String, Manifest> {
    let named =
        table.members.iter().flat_map(|member| globs::members(files, workspace.root, member, MANIFEST));
    let mut open: Vec<String> = named.filter_map(|path| parent(&path).map(str::to_owned)).collect();
    open.push(workspace.root.to_owned());
    let mut found = BTreeMap::new();
    while let Some(at) = open.pop() {
        if found.contains_key(&at) || is_excluded(table, workspace.root, &at) {
            continue;
        }
        let Some(manifest) = read(files, &join(&at, MANIFEST)) else { continue };
        if manifest.package.is_some() {
            open.extend(libraries::folders(&at, manifest.all_dependencies(), workspace));
        }
        found.insert(at, manifest);
    }
    found
}

/// Whether the workspace leaves a folder out that it does not name as a member.
fn is_excluded(table: &WorkspaceTable, root: &str, folder: &str) -> bool {
    let is_in = |path: &String| {
        let path = join(root, path);
        path == folder || below(&path, folder).is_some()
    };
    table.exclude.iter().any(is_in) && !table.members.iter().any(is_in)
}

fn read(files: &dyn FileSystem, path: &str) -> Option<Manifest> {
    toml::from_str(&files.read_text(path).ok()?).ok()
}
