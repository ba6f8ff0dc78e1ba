//! Sources in memory, for tests.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that can't read its files fails")]

use scopewright_model::{Code, RouteTable, Sink};
use scopewright_routes::{CrateRoot, Package, ReadFailure, SourceReader, Sources, discover};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Files by path.
#[derive(Default)]
pub struct Memory(pub BTreeMap<String, Arc<str>>);

impl Memory {
    /// All `.rs` files below `src` of a folder, and below its `packages`.
    pub fn read_folder(folder: &Path) -> Self {
        let mut memory = Self::default();
        memory.add(folder, &folder.join("src"));
        if folder.join("packages").is_dir() {
            memory.add(folder, &folder.join("packages"));
        }
        memory
    }

    fn add(&mut self, root: &Path, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.add(root, &path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                self.0.insert(name, std::fs::read_to_string(&path).unwrap().into());
            }
        }
    }
}

impl SourceReader for Memory {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadFailure> {
        self.0.get(path).cloned().ok_or(ReadFailure::Missing)
    }
}

/// What is found behind the function `app` of the package in a folder, and the codes of what is said of it.
pub fn app_of(folder: &str) -> (RouteTable, Vec<Code>) {
    let reader = Memory::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let package = package(&reader);
    let roots = ["crate::app".to_owned()];
    let mut sink = Sink::default();
    let sources =
        Sources { packages: std::slice::from_ref(&package), reader: &reader, cache: None, roots: &roots };
    let (table, _) = discover(&sources, &mut sink);
    (table, sink.finish().iter().map(|finding| finding.code).collect())
}

/// The package of the usual crate roots, and after it those below `packages`: each depends on all of them, and on the
/// frameworks unless its name begins with `plain`.
pub fn packages(reader: &Memory) -> Vec<Package> {
    let names = reader.0.keys().filter_map(|path| {
        path.strip_prefix("packages/")?.strip_suffix("/src/lib.rs").filter(|name| !name.contains('/'))
    });
    let names: Vec<String> = names.map(str::to_owned).collect();
    let mut packages = vec![package(reader)];
    for name in &names {
        let crates = vec![CrateRoot {
            name: name.clone(),
            file: format!("packages/{name}/src/lib.rs"),
            is_library: true,
        }];
        let dependencies =
            if name.starts_with("plain") { BTreeMap::new() } else { package(reader).dependencies };
        packages.push(Package { name: name.clone(), crates, dependencies });
    }
    for package in &mut packages {
        package.dependencies.extend(names.iter().map(|name| (name.clone(), name.clone())));
    }
    packages
}

/// The package of the usual crate roots.
pub fn package(reader: &Memory) -> Package {
    let root = |file: &str, is_library: bool| {
        let name = "service".to_owned();
        reader.0.contains_key(file).then(|| CrateRoot { name, file: file.to_owned(), is_library })
    };
    let crates = [root("src/lib.rs", true), root("src/main.rs", false)].into_iter().flatten().collect();
    let dependencies = [
        "actix-files",
        "actix-web",
        "axum",
        "axum_extra",
        "scopewright",
        "tokio",
        "tower",
        "tower-http",
        "utoipa",
        "utoipa-axum",
        "aide",
        "other",
        "serde",
    ];
    let mut dependencies: BTreeMap<String, String> =
        dependencies.iter().map(|name| (name.replace('-', "_"), (*name).to_owned())).collect();
    dependencies.insert("web".to_owned(), "axum".to_owned());
    Package { name: "service".to_owned(), crates, dependencies }
}
