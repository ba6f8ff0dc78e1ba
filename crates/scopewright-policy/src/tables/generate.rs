//! `[generate.*]`: the files `cargo scopes generate` writes.

use super::sources::texts;
use crate::context::Context;
use crate::raw::{Field, FilePath, Many, raw_table};
use scopewright_model::policy::{Generate, GenerateFile, GenerateOpenApi};
use scopewright_model::{Code, Diagnostic, Span, Spanned};
use std::collections::BTreeMap;

raw_table! {
    /// The files `cargo scopes generate` writes. Paths are relative to this file's folder.
    RawGenerate {
        /// OpenAPI documents into which security is merged.
        openapi: Optional RawGenerateOpenApi = "openapi";
        /// A reference of scopes and endpoints, for people.
        markdown: Optional RawGenerateFile = "markdown";
        /// Constants and requirements, for TypeScript clients.
        typescript: Optional RawGenerateFile = "typescript";
    }
    rules []
}

raw_table! {
    /// OpenAPI documents into which security is merged.
    RawGenerateOpenApi {
        /// The documents, each rewritten in place.
        documents: Required Many<FilePath> = "documents", "[\"openapi/service.yaml\"]";
    }
    rules []
}

raw_table! {
    /// One generated file.
    RawGenerateFile {
        /// Where it goes.
        path: Required FilePath = "path", "\"docs/scopes.md\"";
    }
    rules []
}

impl RawGenerate {
    /// `[generate.*]`, checked. No file may be written twice.
    pub(crate) fn check(self, cx: &mut Context<'_>) -> Generate {
        let mut written = BTreeMap::new();
        let documents = self.openapi.map(|openapi| texts(openapi.value.documents, |path| path.0));
        for document in documents.iter().flatten() {
            claim(document, &mut written, cx);
        }
        let mut file = |field: Option<Field<RawGenerateFile>>| {
            let path = field?.value.path?;
            let path = Spanned::new(path.value.0, path.span);
            claim(&path, &mut written, cx);
            Some(GenerateFile { path })
        };
        Generate {
            markdown: file(self.markdown),
            typescript: file(self.typescript),
            openapi: documents.map(|documents| GenerateOpenApi { documents }),
        }
    }
}

fn claim(path: &Spanned<String>, written: &mut BTreeMap<String, Span>, cx: &mut Context<'_>) {
    let Some(first) = written.insert(path.value.clone(), path.span.clone()) else { return };
    let message = format!("`{}` would be written twice", path.value);
    let finding = Diagnostic::new(Code::DuplicateDeclaration, message, path.span.clone(), "again here")
        .also(first, "first here")
        .help("give each target a file of its own");
    cx.report(finding);
}
