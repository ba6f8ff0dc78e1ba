//! Which targets a run emits, and what they read besides the plan.

use crate::file_system::FileSystem;
use scopewright_model::{OutputFile, Plan, Sink};

/// What a run emits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The Rust that a build script writes to `OUT_DIR`. Emitted with coverage errors too: the names in it are sound.
    Rust,
    /// The files of `[generate]`: documents, docs, SDKs. Only of a service without errors.
    Generated,
}

/// Emits the targets. `complete` is whether every endpoint is decided.
pub(crate) fn emit(
    plan: &Plan,
    targets: &[Target],
    complete: bool,
    files: &dyn FileSystem,
    sink: &mut Sink,
) -> Vec<OutputFile> {
    let _ = (plan, targets, complete, files, sink);
    Vec::new()
}
