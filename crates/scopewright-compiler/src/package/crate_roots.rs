//! Which crates a package has: the rules of cargo's target auto-discovery.

use super::manifest::{Manifest, TargetTable};
use crate::file_system::FileSystem;
use crate::paths::join;
use scopewright_routes::CrateRoot;

/// The library and the binaries of a package; what only tests, examples and benches compile is no part of the service.
pub(super) fn find(
    files: &dyn FileSystem,
    folder: &str,
    package: &str,
    manifest: &Manifest,
) -> Vec<CrateRoot> {
    let mut roots: Vec<CrateRoot> = library(files, folder, package, manifest).into_iter().collect();
    let table = manifest.package.as_ref();
    let mut binaries = Vec::new();
    for binary in &manifest.bin {
        binaries.extend(declared_binary(files, folder, package, binary));
    }
    if table.and_then(|table| table.autobins).unwrap_or(true) {
        for found in inferred_binaries(files, folder, package) {
            // A declared binary of the same name replaces the inferred one.
            if !binaries.iter().any(|binary| binary.file == found.file || binary.name == found.name) {
                binaries.push(found);
            }
        }
    }
    binaries.sort_by(|one, other| one.file.cmp(&other.file));
    binaries.dedup();
    roots.extend(binaries);
    roots
}

fn library(files: &dyn FileSystem, folder: &str, package: &str, manifest: &Manifest) -> Option<CrateRoot> {
    let autolib = manifest.package.as_ref().and_then(|table| table.autolib).unwrap_or(true);
    let declared = manifest.lib.as_ref();
    if declared.is_none() && !autolib {
        return None;
    }
    let path = declared.and_then(|lib| lib.path.as_deref()).unwrap_or("src/lib.rs");
    let file = join(folder, path);
    // A declared library without its file is cargo's error to report; discovery says that it can't read the file.
    if declared.is_none() && !files.is_file(&file) {
        return None;
    }
    let name = declared.and_then(|lib| lib.name.as_deref()).unwrap_or(package);
    Some(CrateRoot { name: crate_name(name), file, is_library: true })
}

fn declared_binary(
    files: &dyn FileSystem,
    folder: &str,
    package: &str,
    binary: &TargetTable,
) -> Option<CrateRoot> {
    let name = binary.name.as_deref()?;
    let usual = || {
        let usual = [format!("src/bin/{name}.rs"), format!("src/bin/{name}/main.rs")];
        let main = (name == package).then(|| "src/main.rs".to_owned());
        let mut candidates = usual.into_iter().chain(main).map(|path| join(folder, &path));
        candidates.find(|path| files.is_file(path)).unwrap_or_else(|| join(folder, "src/main.rs"))
    };
    let file = binary.path.as_deref().map_or_else(usual, |path| join(folder, path));
    Some(CrateRoot { name: crate_name(name), file, is_library: false })
}

fn inferred_binaries(files: &dyn FileSystem, folder: &str, package: &str) -> Vec<CrateRoot> {
    let binary = |name: &str, path: &str| CrateRoot {
        name: crate_name(name),
        file: join(folder, path),
        is_library: false,
    };
    let main = binary(package, "src/main.rs");
    let mut binaries = vec![main];
    for name in files.names(&join(folder, "src/bin")) {
        match name.strip_suffix(".rs") {
            Some(stem) => binaries.push(binary(stem, &format!("src/bin/{name}"))),
            None => binaries.push(binary(&name, &format!("src/bin/{name}/main.rs"))),
        }
    }
    binaries.retain(|root| files.is_file(&root.file));
    binaries
}

fn crate_name(name: &str) -> String {
    name.replace('-', "_")
}
