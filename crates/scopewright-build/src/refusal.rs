//! What a failed run leaves in `OUT_DIR`: nothing that compiles, and so no tables of an earlier run.

use crate::{Error, GENERATED};
use scopewright_compiler::{DiskFileSystem, emit_rust_refusal};
use std::path::Path;

/// Never there. Cargo runs a script again whose inputs it can't find, whatever it was that failed.
const NEVER_THERE: &str = "scopewright.failed";

/// Puts what does not compile in the place of what was generated; the result is what cargo has to know. `is_carried` says
/// whether every build of the package takes that in.
pub(crate) fn refuse(out_dir: &Path, error: &Error, is_carried: bool) -> Vec<String> {
    let out = DiskFileSystem::new(out_dir);
    let mut instructions = vec![format!("cargo::rerun-if-changed={}", out.locate(NEVER_THERE).display())];
    let refusal = emit_rust_refusal(&error.to_string());
    let is_refused = out.write_if_changed(GENERATED, refusal.contents().as_bytes()).is_ok();
    // On a full disk there is no place for the refusal; what is not there does not compile either.
    let is_gone = || out.remove(GENERATED).is_ok() || !out.locate(GENERATED).exists();
    if !is_carried || (!is_refused && !is_gone()) {
        // The one way left that a script's own exit status does not undo.
        let text = error.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" ");
        instructions.push(format!("cargo::error={text}"));
    }
    instructions
}
