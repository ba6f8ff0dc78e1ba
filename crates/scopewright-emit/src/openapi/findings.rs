//! What is wrong with a document, in words.

use super::edit::Obstacle;
use super::reading::{DocumentedOperation, ElsewherePath, InvalidPath};
use super::tree::{InvalidTree, NodeId, Tree};
use scopewright_model::policy::AuthMode;
use scopewright_model::{Applicability, Code, Diagnostic, LineIndex, Operation, Span};
use std::ops::Range;
use std::sync::Arc;

/// The places of one document.
pub struct Places {
    file: Arc<str>,
    lines: LineIndex,
}

impl Places {
    /// The places of a text.
    pub fn new(path: &str, text: &str) -> Self {
        Self { file: path.into(), lines: LineIndex::new(text) }
    }

    /// The span of a byte range.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(&self.file, range)
    }

    fn of(&self, tree: &Tree<'_>, node: NodeId) -> Span {
        self.span(tree.node(node).range.clone())
    }

    fn unusable(&self, range: Range<usize>, reason: &str, label: &str) -> Diagnostic {
        let message = format!("can't use the document `{}`: {reason}", self.file);
        Diagnostic::new(Code::InvalidSource, message, self.span(range), label)
    }

    /// The text is no document.
    pub fn invalid_text(&self, error: &InvalidTree) -> Diagnostic {
        self.unusable(error.range.clone(), &error.reason, "here")
            .help("mend the file; nothing is written into a document that can't be read as a whole")
    }

    /// The version is not known.
    pub fn unknown_version(&self, tree: &Tree<'_>) -> Diagnostic {
        let old = tree.at(&["swagger"]);
        let place = tree.at(&["openapi"]).or(old);
        let range = place.map_or(0..0, |node| tree.node(node).range.clone());
        let reason = match place.and_then(|node| tree.scalar(node)) {
            Some(version) => format!("version `{version}` is not one of 3.0, 3.1 and 3.2"),
            None => "it does not say which version of OpenAPI it is".to_owned(),
        };
        let help = if old.is_some() {
            "convert it to OpenAPI 3.0 or later"
        } else {
            "let it begin with a version, such as `openapi: 3.1.1`"
        };
        self.unusable(range, &reason, "").help(help)
    }

    /// A path key that is no path.
    pub fn invalid_path(&self, tree: &Tree<'_>, invalid: &InvalidPath) -> Diagnostic {
        let path = tree.scalar(invalid.key).unwrap_or_default();
        let message = format!("`{path}` is no path: {}", invalid.reason);
        Diagnostic::new(Code::InvalidSource, message, self.of(tree, invalid.key), "in `paths`").help(
            "write it as clients send it, with `{name}` for each parameter; an extension begins with `x-`",
        )
    }

    /// Something that can't be edited.
    pub fn obstacle(&self, obstacle: &Obstacle) -> Diagnostic {
        self.unusable(obstacle.range.clone(), &obstacle.reason, "here").help(obstacle.help.as_str())
    }

    /// A result that says something else than it should: nothing is written then.
    pub fn unfaithful_edit(&self) -> Diagnostic {
        let reason = "it is written in a way that can't be edited without changing other parts of it";
        self.unusable(0..0, reason, "")
            .help("write anchors, aliases and flow mappings around operations and components out as plain block mappings")
    }

    /// One description for operations that need different things.
    pub fn shared_description(&self, tree: &Tree<'_>, operation: NodeId) -> Diagnostic {
        let reason =
            "several paths share this description through `$ref`, and their operations need different scopes";
        self.unusable(tree.node(operation).range.clone(), reason, "shared")
            .help("give each of the paths a description of its own")
    }

    /// A mode whose kind of credential the version has no word for.
    pub fn no_mutual_tls(&self, tree: &Tree<'_>, mode: &AuthMode) -> Diagnostic {
        let range = tree.at(&["openapi"]).map_or(0..0, |node| tree.node(node).range.clone());
        let reason =
            format!("OpenAPI 3.0 has no security scheme for mutual TLS, which the mode `{}` uses", mode.name);
        self.unusable(range, &reason, "this version")
            .also(mode.span.clone(), "the mode is declared here")
            .help("set `openapi: 3.1.1`; most documents of 3.0 need no other change")
    }

    /// A scheme of the user's that contradicts the policy.
    pub fn contradicting_scheme(&self, tree: &Tree<'_>, scheme: NodeId, mode: &AuthMode) -> Diagnostic {
        let message = format!(
            "the document's security scheme `{}` is not the credential the policy declares",
            mode.name
        );
        Diagnostic::new(Code::InvalidSource, message, self.of(tree, scheme), "the document says this")
            .also(mode.span.clone(), "the policy says this")
            .help("delete the scheme from the document: it is written anew from the policy")
            .help("or mend whichever of the two is wrong")
    }

    /// Operations in another file.
    pub fn elsewhere(&self, tree: &Tree<'_>, elsewhere: &ElsewherePath) -> Diagnostic {
        let message =
            format!("the operations of `{}` stand in another file, which is not read", elsewhere.path);
        Diagnostic::new(Code::UndocumentedOperation, message, self.of(tree, elsewhere.reference), "this file")
            .help("move them into this document, or name a bundled document in `[generate.openapi]`")
    }

    /// An operation the service does not have.
    pub fn unimplemented(
        &self,
        tree: &Tree<'_>,
        operation: &DocumentedOperation,
        others: &[&Operation],
    ) -> Diagnostic {
        let title = format!("{} {}", operation.method, operation.path);
        let message = format!("the document describes `{title}`, which the service does not have");
        let place = self.of(tree, operation.key);
        let mut diagnostic = Diagnostic::new(Code::UnimplementedOperation, message, place, "described here");
        for other in others {
            let text = format!("`{}` is registered here", other.title());
            diagnostic = diagnostic.also(other.registered.clone(), text);
        }
        diagnostic
            .help("delete it from the document, or register the route")
            .help("declare an endpoint that another service answers as a `[[routes]]` entry of the policy")
    }

    /// An operation no document describes.
    pub fn undocumented(
        &self,
        place: Span,
        operation: &Operation,
        stub: Option<(Span, String)>,
    ) -> Diagnostic {
        let message = format!("`{}` is not described in `{}`", operation.title(), self.file);
        let diagnostic = Diagnostic::new(Code::UndocumentedOperation, message, place, "not among these")
            .also(operation.registered.clone(), "registered here")
            .help(
                "describe it; its security and its denials are filled in by the next `cargo scopes generate`",
            );
        match stub {
            Some((span, text)) => diagnostic.suggest_as(span, text, Applicability::HasPlaceholders),
            None => diagnostic,
        }
    }
}
