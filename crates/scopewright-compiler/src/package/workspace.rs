//! Where the workspace of a package begins: diagnostics show paths from there, as cargo's own do.

use super::manifest::Manifest;
use crate::file_system::FileSystem;
use crate::paths::{below, join, parent};

/// The folder of the workspace that the package in `folder` belongs to; the package's own if it belongs to none.
///
/// Cargo's rule: `package.workspace` if it is set, else the nearest folder upwards whose manifest has `[workspace]` and
/// does not exclude the package.
pub fn workspace_root(files: &dyn FileSystem, folder: &str) -> String {
    let own = manifest(files, folder);
    if let Some(root) =
        own.as_ref().and_then(|own| own.package.as_ref()).and_then(|table| table.workspace.as_deref())
    {
        return join(folder, root);
    }
    let mut at = Some(folder);
    while let Some(candidate) = at {
        if let Some(workspace) = manifest(files, candidate).and_then(|manifest| manifest.workspace) {
            let excluded = workspace.exclude.iter().any(|excluded| {
                let excluded = join(candidate, excluded);
                excluded == folder || below(&excluded, folder).is_some()
            });
            if !excluded {
                return candidate.to_owned();
            }
        }
        at = parent(candidate);
    }
    folder.to_owned()
}

fn manifest(files: &dyn FileSystem, folder: &str) -> Option<Manifest> {
    toml::from_str(&files.read_text(&join(folder, "Cargo.toml")).ok()?).ok()
}
