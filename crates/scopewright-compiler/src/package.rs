//! Packages and workspaces as `Cargo.toml` declares them, read without asking cargo: a build script has no time to.

mod crate_roots;
mod dependents;
mod libraries;
mod manifest;
mod workspace;

pub use dependents::Dependent;
pub use workspace::workspace_root;

use crate::file_system::{FileSystem, reason};
use crate::paths::{join, parent};
use manifest::{Dependency, Manifest};
use scopewright_model::{Code, Diagnostic, Sink, Span};
use scopewright_routes::Package;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A package, as far as the compiler is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageInfo {
    /// Its crates and dependencies, for discovery.
    pub package: Package,
    /// The libraries of its workspace that it uses, itself or through others, nearest first.
    pub libraries: Vec<Package>,
    /// The packages of its workspace that use it and whose own build script does not compile a policy.
    pub dependents: Vec<Dependent>,
    /// The folder it is in.
    pub folder: String,
    /// Its `Cargo.toml`.
    pub manifest: String,
    /// What `[package.metadata.scopewright] policy` names, from the root of the run.
    pub policy: Option<String>,
    /// The manifests that were read, and what else says which packages there are.
    pub files_read: Vec<String>,
    /// Folders whose contents decided which crates there are. A new file in them can be a new crate or module.
    pub folders: Vec<String>,
}

impl PackageInfo {
    /// The name by which the package depends on the run-time crate.
    pub fn runtime(&self) -> &str {
        let found = self.package.dependencies.iter().find(|(_, package)| *package == "scopewright");
        found.map_or("scopewright", |(name, _)| name)
    }
}

/// Reads the package in `folder`.
///
/// # Errors
/// What is wrong with its manifest.
pub fn read_package(files: &dyn FileSystem, folder: &str) -> Result<PackageInfo, Vec<Diagnostic>> {
    let mut sink = Sink::default();
    read(files, folder, &mut sink).ok_or_else(|| sink.finish())
}

fn read(files: &dyn FileSystem, folder: &str, sink: &mut Sink) -> Option<PackageInfo> {
    let path = join(folder, "Cargo.toml");
    let mut files_read = vec![path.clone()];
    let manifest = read_manifest(files, &path, sink)?;
    let Some(table) = &manifest.package else {
        sink.push(
            Diagnostic::new(
                Code::UnreadableSource,
                format!("`{path}` declares no package"),
                Span::file_start(&path),
                "no `[package]` table",
            )
            .help("name a package of the workspace with `--package`"),
        );
        return None;
    };
    let roots = crate_roots::find(files, folder, &table.name, &manifest);
    let is_library = roots.iter().any(|root| root.is_library);
    // Who uses a library, and what is in a folder, is for the workspace to say.
    let root = if is_library || manifest.is_of_a_workspace() {
        workspace_root(files, folder)
    } else {
        folder.to_owned()
    };
    let root_path = join(&root, "Cargo.toml");
    let inherited = if root_path == path {
        manifest.workspace_dependencies().clone()
    } else if manifest.inherits() {
        files_read.push(root_path.clone());
        read_manifest(files, &root_path, sink)?.workspace_dependencies().clone()
    } else {
        // Its libraries and dependents may inherit what it does not; if it can't be read, that is cargo's to report.
        read_manifest(files, &root_path, &mut Sink::default())
            .map(|workspace| workspace.workspace_dependencies().clone())
            .unwrap_or_default()
    };
    // A crate root in the package's own folder has the build directory beside it; watching that would never end.
    let mut folders: Vec<String> = roots
        .iter()
        .filter_map(|root| parent(&root.file))
        .filter(|found| *found != folder)
        .map(str::to_owned)
        .collect();
    folders.sort();
    folders.dedup();
    let dependencies = dependencies(&manifest, &inherited);
    let workspace = libraries::Workspace { root: &root, dependencies: &inherited };
    let (libraries, manifests) = libraries::find(files, folder, &manifest, &workspace);
    files_read.extend(manifests);
    let dependents = if is_library {
        let (dependents, watched) = dependents::find(files, folder, &table.name, &workspace);
        files_read.extend(watched);
        dependents
    } else {
        Vec::new()
    };
    let mut seen = BTreeSet::new();
    files_read.retain(|path| seen.insert(path.clone()));
    Some(PackageInfo {
        package: Package { name: table.name.clone(), crates: roots, dependencies },
        libraries,
        dependents,
        folder: folder.to_owned(),
        policy: table.policy().map(|policy| join(folder, policy)),
        manifest: path,
        files_read,
        folders,
    })
}

/// Names as paths in the source use them -> the package's real name.
fn dependencies(manifest: &Manifest, inherited: &BTreeMap<String, Dependency>) -> BTreeMap<String, String> {
    manifest
        .dependencies()
        .map(|(key, dependency)| {
            let source =
                if dependency.is_inherited() { inherited.get(key).unwrap_or(dependency) } else { dependency };
            (key.replace('-', "_"), source.package().unwrap_or(key).to_owned())
        })
        .collect()
}

fn read_manifest(files: &dyn FileSystem, path: &str, sink: &mut Sink) -> Option<Manifest> {
    let text = match files.read_text(path) {
        Ok(text) => text,
        Err(failure) => {
            let reason = reason(&failure);
            sink.push(
                Diagnostic::new(
                    Code::UnreadableSource,
                    format!("can't read `{path}`: {reason}"),
                    Span::file_start(path),
                    "",
                )
                .help("run in the folder of a package, or name its manifest with `--manifest-path`"),
            );
            return None;
        }
    };
    toml::from_str(&text)
        .map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            sink.push(
                Diagnostic::new(
                    Code::InvalidToml,
                    format!("can't read `{path}`: {}", error.message()),
                    Span::of_range(&Arc::from(path), &text, range),
                    "",
                )
                .help("it is read for its crates, its dependencies and `[package.metadata.scopewright]`"),
            );
        })
        .ok()
}
