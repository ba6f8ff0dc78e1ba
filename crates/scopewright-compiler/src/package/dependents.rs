//! The packages of its workspace that use a library and that no build script of theirs looks at: what they serve of it is
//! looked at where the library is built.

use super::libraries::{self, Workspace};
use super::manifest::Manifest;
use super::{crate_roots, dependencies};
use crate::file_system::FileSystem;
use crate::globs::expand;
use crate::paths::{join, parent};
use scopewright_routes::Package;

/// A package that uses the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// It, and after it the libraries it uses.
    pub packages: Vec<Package>,
    /// The folders of its crates.
    pub folders: Vec<String>,
}

/// The dependents of the package `name` in `folder`, and the manifests that say so.
pub(super) fn find(
    files: &dyn FileSystem,
    folder: &str,
    name: &str,
    workspace: &Workspace<'_>,
) -> (Vec<Dependent>, Vec<String>) {
    let (mut found, mut manifests) = (Vec::new(), Vec::new());
    let root = join(workspace.root, "Cargo.toml");
    let Some(members) = read(files, &root).and_then(|manifest| manifest.workspace).map(|it| it.members)
    else {
        return (found, manifests);
    };
    let paths = members.iter().flat_map(|member| expand(files, workspace.root, &join(member, "Cargo.toml")));
    for path in paths {
        let Some(at) = parent(&path).filter(|at| *at != folder) else { continue };
        let Some(manifest) = read(files, &path) else { continue };
        let Some(table) = manifest.package.as_ref().filter(|_| !manifest.is_built_with_us()) else {
            continue;
        };
        let (libraries, more) = libraries::find(files, at, &manifest, workspace);
        if !libraries.iter().any(|library| library.name == name) {
            continue;
        }
        let crates = crate_roots::find(files, at, &table.name, &manifest);
        let folders = crates.iter().filter_map(|krate| parent(&krate.file)).filter(|it| *it != at);
        let folders = folders.map(str::to_owned).collect();
        let dependencies = dependencies(&manifest, workspace.dependencies);
        let package = Package { name: table.name.clone(), crates, dependencies };
        found.push(Dependent { packages: std::iter::once(package).chain(libraries).collect(), folders });
        manifests.push(path);
        manifests.extend(more);
    }
    if !found.is_empty() {
        manifests.push(root);
    }
    (found, manifests)
}

fn read(files: &dyn FileSystem, path: &str) -> Option<Manifest> {
    toml::from_str(&files.read_text(path).ok()?).ok()
}
