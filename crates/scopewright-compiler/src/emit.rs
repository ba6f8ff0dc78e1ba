//! Which targets a run emits, and what they read besides the plan.

use crate::package::PackageInfo;
use crate::refusal::refusals;
use scopewright_emit::emit_rust;
use scopewright_model::{Diagnostic, Level, OutputFile, Plan, Sink};

#[cfg(feature = "generate")]
mod generated;

/// What a run emits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The Rust that a build script writes to `OUT_DIR`. Emitted with coverage errors too, which then are errors of the
    /// service's own compilation: the names in it are sound.
    Rust,
    /// The files of `[generate]`: documents, docs, SDKs. Only of a service without errors.
    #[cfg(feature = "generate")]
    Generated,
}

/// What targets read besides the plan.
pub(crate) struct Context<'a> {
    pub(crate) package: Option<&'a PackageInfo>,
    /// The findings so far.
    pub(crate) diagnostics: &'a [Diagnostic],
    #[cfg(feature = "generate")]
    pub(crate) files: &'a dyn crate::file_system::FileSystem,
}

/// Emits the targets.
#[cfg_attr(
    not(feature = "generate"),
    expect(
        unused_variables,
        clippy::needless_pass_by_ref_mut,
        reason = "only documents have findings of their own"
    )
)]
pub(crate) fn emit(
    plan: &Plan,
    targets: &[Target],
    context: &Context<'_>,
    sink: &mut Sink,
) -> Vec<OutputFile> {
    let complete = context.diagnostics.iter().all(|diagnostic| diagnostic.level == Level::Warning);
    let mut files = Vec::new();
    for target in targets {
        match target {
            Target::Rust => {
                let runtime = context.package.map_or("scopewright", PackageInfo::runtime);
                files.push(emit_rust(plan, runtime, &refusals(context.diagnostics)));
            }
            #[cfg(feature = "generate")]
            Target::Generated if complete => files.extend(generated::emit(plan, context.files, sink)),
            #[cfg(feature = "generate")]
            Target::Generated => {}
        }
    }
    files
}
