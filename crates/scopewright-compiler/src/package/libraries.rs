//! The libraries of its workspace that a package uses, itself or through others: discovery follows routers into them.

use super::manifest::{Dependency, Manifest};
use super::{crate_roots, dependencies};
use crate::file_system::FileSystem;
use crate::paths::{below, join};
use scopewright_routes::{Package, is_known_package};
use std::collections::{BTreeMap, BTreeSet};

/// The workspace of a package.
pub(super) struct Workspace<'a> {
    pub(super) root: &'a str,
    pub(super) dependencies: &'a BTreeMap<String, Dependency>,
}

/// The libraries, nearest first, and the manifests that say so. A manifest that can't be read is cargo's to report; what
/// it would have led to is then unknown to discovery, which says so where it is used.
pub(super) fn find(
    files: &dyn FileSystem,
    folder: &str,
    manifest: &Manifest,
    workspace: &Workspace<'_>,
) -> (Vec<Package>, Vec<String>) {
    let (mut packages, mut manifests) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::from([folder.to_owned()]);
    let mut wave = folders(folder, manifest.dependencies(), workspace);
    while !wave.is_empty() {
        let mut next = Vec::new();
        for folder in wave.into_iter().filter(|folder| seen.insert(folder.clone())) {
            let path = join(&folder, "Cargo.toml");
            let Some(manifest) =
                files.read_text(&path).ok().and_then(|text| toml::from_str::<Manifest>(&text).ok())
            else {
                continue;
            };
            let Some(table) = &manifest.package else { continue };
            manifests.push(path);
            let crates = crate_roots::find(files, &folder, &table.name, &manifest);
            let crates = crates.into_iter().filter(|krate| krate.is_library).collect();
            let dependencies = dependencies(&manifest, workspace.dependencies);
            next.extend(folders(&folder, manifest.dependencies(), workspace));
            packages.push(Package { name: table.name.clone(), crates, dependencies });
        }
        wave = next;
    }
    (packages, manifests)
}

/// The folders of the workspace that a package's dependencies are in.
pub(super) fn folders<'m>(
    folder: &str,
    dependencies: impl Iterator<Item = (&'m str, &'m Dependency)>,
    workspace: &Workspace<'_>,
) -> Vec<String> {
    let mut found = Vec::new();
    for (key, dependency) in dependencies {
        let (source, from) = if dependency.is_inherited() {
            (workspace.dependencies.get(key).unwrap_or(dependency), workspace.root)
        } else {
            (dependency, folder)
        };
        let Some(path) = source.path().filter(|_| !is_known_package(source.package().unwrap_or(key))) else {
            continue;
        };
        let folder = join(from, path);
        if below(workspace.root, &folder).is_some() {
            found.push(folder);
        }
    }
    found
}
