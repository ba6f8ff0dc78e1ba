//! Prints the endpoints of a package: `scan PACKAGE_FOLDER [name=package ..]`, dependencies being those named.

use scopewright_model::{Level, Sink};
use scopewright_routes::{CrateRoot, Package, ReadFailure, SourceReader, Sources, discover, json_lines};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Disk(PathBuf);

impl SourceReader for Disk {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadFailure> {
        match std::fs::read_to_string(self.0.join(path)) {
            Ok(text) => Ok(text.into()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(ReadFailure::Missing),
            Err(error) => Err(ReadFailure::Unreadable(error.to_string())),
        }
    }
}

/// `name = ..` and `[dependencies.name]` of a manifest, near enough for a look at a package.
fn dependencies(manifest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut in_table = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            in_table = table.trim_end_matches(']').ends_with("dependencies");
            if let Some((_, name)) = table.trim_end_matches(']').split_once("dependencies.") {
                found.insert(name.replace('-', "_"), name.to_owned());
            }
        } else if in_table && let Some((name, value)) = line.split_once(['=', '.']) {
            let package = value.split("package = \"").nth(1).and_then(|rest| rest.split('"').next());
            let name = name.trim();
            found.insert(name.replace('-', "_"), package.unwrap_or(name).to_owned());
        }
    }
    found
}

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let name =
        manifest.split("name = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("service");
    let mut crates = Vec::new();
    let mut add = |file: &str, is_library: bool| {
        if folder.join(file).exists() {
            let name = name.replace('-', "_");
            crates.push(CrateRoot { name, file: file.to_owned(), is_library });
        }
    };
    add("src/lib.rs", true);
    add("src/main.rs", false);
    for argument in std::env::args().skip(2) {
        add(&argument, false);
    }
    for entry in std::fs::read_dir(folder.join("src/bin")).into_iter().flatten().flatten() {
        if Path::new(&entry.file_name()).extension().is_some_and(|extension| extension == "rs") {
            add(&format!("src/bin/{}", entry.file_name().to_string_lossy()), false);
        }
    }
    let package = Package { name: name.to_owned(), crates, dependencies: dependencies(&manifest) };
    let mut sink = Sink::default();
    let sources =
        Sources { packages: std::slice::from_ref(&package), reader: &Disk(folder), cache: None, roots: &[] };
    let (table, _) = discover(&sources, &mut sink);
    let mut out = std::io::stdout().lock();
    out.write_all(json_lines(&table).as_bytes())?;
    let mut err = std::io::stderr().lock();
    for diagnostic in sink.finish() {
        let level = if diagnostic.level == Level::Error { "error" } else { "warning" };
        writeln!(err, "{level}[{}]: {} at {}", diagnostic.code, diagnostic.message, diagnostic.primary.span)?;
    }
    for unreached in &table.unreached {
        writeln!(err, "unreached: {} at {}", unreached.handler, unreached.span)?;
    }
    Ok(())
}
