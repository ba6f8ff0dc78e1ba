//! The interactive reference: our generated OpenAPI document as a page, with forms that send a key.
//!
//! Which scopes protect an operation is read from the `security` that `cargo scopes generate` merged into the document;
//! nothing of it is written here.

mod document;
mod example;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use askama::Template;
use scopewright::Method;

use crate::error::{ApiError, ApiResult};
use crate::scopes::{AuthMode, Scope};
use document::{Document, Operation, Parameter};

/// The document, with what the policy added to it.
pub(crate) const DOCUMENT: &str = include_str!("../openapi/inspac.yaml");
pub(crate) const SCRIPT: &str = include_str!("reference/page.js");
pub(crate) const STYLE: &str = include_str!("reference/page.css");

/// The page. Made once: the document is part of the program.
pub(crate) fn page() -> ApiResult<&'static str> {
    static PAGE: OnceLock<Result<String, String>> = OnceLock::new();
    let page = PAGE.get_or_init(|| {
        let document = Document::parse(DOCUMENT).map_err(|error| error.to_string())?;
        Page::of(&document).render().map_err(|error| error.to_string())
    });
    page.as_deref().map_err(ApiError::internal)
}

#[derive(Template)]
#[template(path = "reference.html")]
struct Page<'a> {
    title: &'a str,
    description: &'a str,
    scopes: Vec<ScopeLine<'a>>,
    sections: Vec<Section<'a>>,
}

/// A scope, and the operations it protects.
struct ScopeLine<'a> {
    name: &'static str,
    grants: &'static str,
    protects: Vec<(&'a str, String)>,
}

/// The operations of a tag.
struct Section<'a> {
    name: &'a str,
    description: &'a str,
    operations: Vec<Entry<'a>>,
}

/// An operation as it is shown.
struct Entry<'a> {
    id: &'a str,
    method: String,
    path: &'a str,
    summary: &'a str,
    description: &'a str,
    access: Access<'a>,
    parameters: &'a [Parameter],
    /// An example of the body, if it has one.
    body: Option<String>,
    content_type: &'a str,
}

/// Who may call an operation.
enum Access<'a> {
    Public,
    /// Any one of these lists of scopes, all scopes of it.
    Scopes(Vec<&'a [String]>),
    /// No key may.
    Session,
}

impl Access<'_> {
    fn is_public(&self) -> bool {
        matches!(self, Self::Public)
    }

    fn is_session(&self) -> bool {
        matches!(self, Self::Session)
    }

    /// The alternatives of a key; empty if it has none.
    fn alternatives(&self) -> &[&[String]] {
        match self {
            Self::Scopes(alternatives) => alternatives,
            Self::Public | Self::Session => &[],
        }
    }

    /// For the page's script: names between blanks, alternatives between bars.
    fn scopes(&self) -> String {
        self.alternatives().iter().map(|all_of| all_of.join(" ")).collect::<Vec<_>>().join("|")
    }
}

impl<'a> Page<'a> {
    fn of(document: &'a Document) -> Self {
        let entries: Vec<(&str, Entry<'a>)> = document
            .operations()
            .map(|(method, path, operation)| (operation.tag(), Entry::of(document, method, path, operation)))
            .collect();
        let scopes = Scope::ALL.iter().map(|scope| ScopeLine::of(*scope, &entries)).collect();
        let mut by_tag: BTreeMap<&str, Vec<Entry<'a>>> = BTreeMap::new();
        for (tag, entry) in entries {
            by_tag.entry(tag).or_default().push(entry);
        }
        let sections = document.tags.iter().map(|tag| Section {
            name: &tag.name,
            description: &tag.description,
            operations: by_tag.remove(tag.name.as_str()).unwrap_or_default(),
        });
        Self {
            title: &document.info.title,
            description: &document.info.description,
            scopes,
            sections: sections.collect(),
        }
    }
}

impl<'a> ScopeLine<'a> {
    fn of(scope: Scope, entries: &[(&str, Entry<'a>)]) -> Self {
        let name = scope.as_str();
        let is_named = |entry: &Entry<'_>| {
            entry.access.alternatives().iter().any(|all_of| all_of.iter().any(|it| it == name))
        };
        let protects = entries.iter().filter(|(_, entry)| is_named(entry));
        let protects = protects.map(|(_, it)| (it.id, format!("{} {}", it.method, it.path))).collect();
        Self { name, grants: scope.grants(), protects }
    }
}

impl<'a> Entry<'a> {
    fn of(document: &'a Document, method: Method, path: &'a str, operation: &'a Operation) -> Self {
        let body = operation.request_body.as_ref().and_then(|body| body.content.first_key_value());
        Self {
            id: &operation.id,
            method: method.to_string(),
            path,
            summary: &operation.summary,
            description: &operation.description,
            access: access(operation),
            parameters: &operation.parameters,
            content_type: body.map_or("", |(content_type, _)| content_type),
            body: body.map(|(_, media)| example::of(&document.components, &media.schema)),
        }
    }
}

fn access(operation: &Operation) -> Access<'_> {
    if operation.security.is_empty() {
        return Access::Public;
    }
    let of_keys =
        |requirement: &'_ BTreeMap<String, Vec<String>>| requirement.contains_key(AuthMode::ApiKey.as_str());
    let alternatives: Vec<&[String]> = operation
        .security
        .iter()
        .filter(|requirement| of_keys(requirement))
        .filter_map(|requirement| requirement.get(AuthMode::ApiKey.as_str()).map(Vec::as_slice))
        .collect();
    if alternatives.is_empty() { Access::Session } else { Access::Scopes(alternatives) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_document_is_on_the_page() {
        let document = Document::parse(DOCUMENT).unwrap();
        let page = page().unwrap();
        for (_, path, operation) in document.operations() {
            assert!(page.contains(&format!("id=\"{}\"", operation.id)), "{path}");
        }
        assert!(document.operations().count() > 45);
    }

    #[test]
    fn every_scope_protects_something() {
        let document = Document::parse(DOCUMENT).unwrap();
        let page = Page::of(&document);
        assert_eq!(page.scopes.len(), 26);
        let idle: Vec<_> =
            page.scopes.iter().filter(|line| line.protects.is_empty()).map(|it| it.name).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }

    #[test]
    fn an_empty_list_in_a_requirement_is_no_public_operation() {
        let operation = |security: &str| -> Operation {
            serde_json::from_str(&format!(
                r#"{{"operationId": "x", "summary": "x", "tags": ["x"], "security": {security}}}"#
            ))
            .unwrap()
        };
        assert!(access(&operation("[]")).is_public());
        assert!(access(&operation(r#"[{"admin_session": []}]"#)).is_session());
        let key = operation(r#"[{"api_key": []}, {"admin_session": []}]"#);
        assert!(!access(&key).is_public() && !access(&key).is_session());
        assert!(serde_json::from_str::<Operation>(r#"{"operationId": "x", "summary": "x"}"#).is_err());
    }
}
