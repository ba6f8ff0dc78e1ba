//! The files of `[generate]`, and the documents they are merged into.

use crate::file_system::FileSystem;
use crate::globs;
use crate::paths::{join, parent};
use scopewright_emit::{Document, emit_markdown, emit_openapi, emit_typescript};
use scopewright_model::{Code, Diagnostic, OutputFile, Plan, Sink};
use scopewright_routes::ReadFailure;

/// Emits them, with the findings of the documents. Paths are from the root of the run.
pub(super) fn emit(plan: &Plan, files: &dyn FileSystem, sink: &mut Sink) -> Vec<OutputFile> {
    let folder = parent(&plan.policy.file.file).unwrap_or_default();
    let documents = documents(plan, folder, files, sink);
    let mut emitted = Vec::new();
    if !documents.is_empty() {
        emitted.extend(emit_openapi(plan, &documents, sink));
    }
    let generated = emit_markdown(plan).into_iter().chain(emit_typescript(plan));
    emitted.extend(generated.map(|file| OutputFile::exact(join(folder, file.path()), file.contents())));
    emitted
}

/// The documents that `[generate.openapi]` names, as they are.
fn documents(plan: &Plan, folder: &str, files: &dyn FileSystem, sink: &mut Sink) -> Vec<Document> {
    let mut documents = Vec::new();
    for pattern in plan.policy.generate.openapi.iter().flat_map(|openapi| &openapi.documents) {
        let found = globs::expand(files, folder, &pattern.value);
        let missing = found.is_empty().then(|| (pattern.value.clone(), ReadFailure::Missing));
        let mut unread: Vec<(String, ReadFailure)> = missing.into_iter().collect();
        for path in found {
            match files.read_text(&path) {
                Ok(text) => documents.push(Document { path, text }),
                Err(failure) => unread.push((path, failure)),
            }
        }
        for (path, failure) in unread {
            let reason = crate::file_system::reason(&failure);
            sink.push(
                Diagnostic::new(
                    Code::InvalidSource,
                    format!("can't read the document `{path}`: {reason}"),
                    pattern.span.clone(),
                    "named here",
                )
                .help("paths in `[generate]` are relative to the folder of the policy")
                .help("a document is not made up: write one that describes the operations, security is merged into it"),
            );
        }
    }
    documents.sort_by(|one, other| one.path.cmp(&other.path));
    documents.dedup_by(|one, other| one.path == other.path);
    documents
}
