//! Endpoints that are not Rust: what `[sources]` of a policy names.

#[cfg(feature = "manifests")]
mod manifest;

use crate::file_system::FileSystem;
use crate::globs;
use crate::paths::parent;
use scopewright_model::{Code, Diagnostic, Policy, RouteTable, Sink, Spanned};

/// Adds the endpoints of all documents and manifests to the table. What can't be read is a finding, never silence.
pub(crate) fn read(policy: &Policy, files: &dyn FileSystem, table: &mut RouteTable, sink: &mut Sink) {
    let folder = parent(&policy.file.file).unwrap_or_default();
    for pattern in &policy.sources.manifest {
        let found = globs::expand(files, folder, &pattern.value);
        if found.is_empty() {
            sink.push(nothing_found(pattern));
        }
        for path in found {
            read_manifest(files, &path, pattern, table, sink);
        }
    }
    for pattern in &policy.sources.openapi {
        sink.push(
            Diagnostic::new(
                Code::InvalidSource,
                "endpoints can't be read from OpenAPI documents yet",
                pattern.span.clone(),
                "the operations of this document would go unseen",
            )
            .help("list its operations in a manifest: `[sources] manifest = [\"routes.jsonl\"]`"),
        );
    }
    table.routes.sort_by_cached_key(|route| {
        (route.path.to_string(), route.method.as_str(), route.registered.clone())
    });
}

#[cfg(feature = "manifests")]
fn read_manifest(
    files: &dyn FileSystem,
    path: &str,
    pattern: &Spanned<String>,
    table: &mut RouteTable,
    sink: &mut Sink,
) {
    match files.read_text(path) {
        Ok(text) => manifest::read(path, &text, table, sink),
        Err(failure) => {
            let reason = crate::file_system::reason(&failure);
            sink.push(
                Diagnostic::new(
                    Code::InvalidSource,
                    format!("can't read `{path}`: {reason}"),
                    pattern.span.clone(),
                    "named here",
                )
                .help("paths in `[sources]` are relative to the folder of the policy"),
            );
        }
    }
}

#[cfg(not(feature = "manifests"))]
fn read_manifest(
    _: &dyn FileSystem,
    path: &str,
    pattern: &Spanned<String>,
    _: &mut RouteTable,
    sink: &mut Sink,
) {
    sink.push(
        Diagnostic::new(
            Code::InvalidSource,
            format!("this build can't read the manifest `{path}`"),
            pattern.span.clone(),
            "its operations would go unseen",
        )
        .help("turn it on: `scopewright-build = { version = \"…\", features = [\"manifests\"] }`"),
    );
}

fn nothing_found(pattern: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidSource,
        format!("`{}` names no file", pattern.value),
        pattern.span.clone(),
        "",
    )
    .help("paths in `[sources]` are relative to the folder of the policy; `*` stands for part of a name")
}
