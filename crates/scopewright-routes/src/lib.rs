//! Rust sources to a [`RouteTable`]: every endpoint, or the place that could not be followed.

use scopewright_model::{RouteTable, Sink};
use std::sync::Arc;

/// Reads source files. Paths are relative to the directory the run is about, with `/` between parts.
pub trait SourceReader: Sync {
    /// The text of a file, or why there is none.
    fn read(&self, path: &str) -> Result<Arc<str>, ReadFailure>;
}

/// Why a source file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadFailure {
    /// There is no such file.
    Missing,
    /// There is one and it can't be read or is not UTF-8.
    Unreadable(String),
}

/// Facts about a file, kept between runs by content.
pub trait FactsCache: Sync {
    /// What was stored for this key.
    fn load(&self, key: u64) -> Option<Vec<u8>>;
    /// Stores for a later run.
    fn store(&self, key: u64, facts: &[u8]);
}

/// A crate of a package: one compilation root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateRoot {
    /// The crate's name in paths (`my_service`).
    pub name: String,
    /// Its root file.
    pub file: String,
    /// Whether it is a library (paths from binaries reach it by name).
    pub is_library: bool,
}

/// A package: its crates and how it calls the ones it uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The package's name.
    pub name: String,
    /// Its crates.
    pub crates: Vec<CrateRoot>,
    /// Names under which it sees dependencies (`axum`, or what it was renamed to) -> the dependency's package name.
    pub dependencies: std::collections::BTreeMap<String, String>,
}

/// What discovery works on.
pub struct Sources<'a> {
    /// The packages to search, all of one workspace.
    pub packages: &'a [Package],
    /// Where files come from.
    pub reader: &'a dyn SourceReader,
    /// Facts of earlier runs.
    pub cache: Option<&'a dyn FactsCache>,
    /// Functions to start at besides what is served, from `[sources] roots`.
    pub roots: &'a [String],
}

/// Finds every endpoint. Also returns the files that were read, sorted.
pub fn discover(_sources: &Sources<'_>, _sink: &mut Sink) -> (RouteTable, Vec<String>) {
    (RouteTable::default(), Vec::new())
}
