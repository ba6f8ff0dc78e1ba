//! The files of `[generate]`.

use crate::file_system::FileSystem;
use scopewright_model::{OutputFile, Plan, Sink};

/// Emits them, with the findings of the documents they are merged into.
pub(super) fn emit(plan: &Plan, files: &dyn FileSystem, sink: &mut Sink) -> Vec<OutputFile> {
    let _ = (plan, files, sink);
    Vec::new()
}
