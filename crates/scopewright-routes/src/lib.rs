//! Rust sources to a [`RouteTable`]: every endpoint, or the place that could not be followed.
//!
//! Two passes. The first reads each file by itself (in parallel, from a cache where the content is known) and keeps
//! local facts: items by name, and the bodies in which a word stands that registers or serves routes. The second
//! follows router values from where they are served to their leaves, through functions, methods and modules.
//!
//! What it can't follow it says, with a place and a way out:
//! - a router, path, method or handler that comes out of a package of another workspace, or is computed from what is known
//!   at run time only (configuration, a database);
//! - a registration inside a macro of the project or an unknown one;
//! - a router that is handed to code of such a package, unless it is known to serve or to wrap it.
//!
//! What it does not see: what generated files (`include!` of `OUT_DIR`) and procedural macros register whose call
//! names no route, and routers that another language's code serves.

// Only the compiler reads and writes files.
#![warn(clippy::disallowed_methods)]

mod annotation;
mod eval;
mod facts;
mod frameworks;
mod generated;
mod hash;
mod load;
mod lower;
mod machine_form;
mod mcp;
mod search;
mod table;
mod value;
mod walk;
mod words;
mod world;

pub use generated::{compiles_policy, includes_scopes};
pub use machine_form::json_lines;
pub use words::mentions_any as mentions;

use scopewright_model::{Diagnostic, RouteTable, Sink};
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
    /// The service's package, and after it those of its workspace that it depends on: routers are followed into their
    /// libraries, and what else is in those is nothing of the service.
    pub packages: &'a [Package],
    /// Where files come from.
    pub reader: &'a dyn SourceReader,
    /// Facts of earlier runs.
    pub cache: Option<&'a dyn FactsCache>,
    /// Functions to start at besides what is served, from `[sources] roots`.
    pub roots: &'a [String],
}

/// Whether a package is known by what it offers, so that its source is not looked into.
pub fn is_known_package(name: &str) -> bool {
    frameworks::is_framework(&name.replace('-', "_"))
}

/// Finds every endpoint. Also returns the files that were read, sorted.
///
/// Findings about single files and attributes go to `sink`; what could not be followed is in the table.
pub fn discover(sources: &Sources<'_>, sink: &mut Sink) -> (RouteTable, Vec<String>) {
    let run = || discover_here(sources);
    // Without the memory for a deep stack an ordinary one does for ordinary sources.
    let (table, files, diagnostics) = load::with_deep_stack(run).unwrap_or_else(|| discover_here(sources));
    sink.extend(diagnostics);
    (table, files)
}

fn discover_here(sources: &Sources<'_>) -> (RouteTable, Vec<String>, Vec<Diagnostic>) {
    let mut world = world::World::new(sources);
    world.read_crates();
    let mut eval = eval::Eval::new(world);
    let found = search::search(&mut eval);
    let table = table::table(&mut eval, &found);
    (table, eval.world.files_read(), std::mem::take(&mut eval.world.diagnostics))
}
