//! The shortest valid description of an operation that no document describes, as a proposal.

use super::edit::{Edit, edits};
use super::layout::Layout;
use super::patch::{Change, Patch};
use super::reading::comparable;
use super::tree::Tree;
use scopewright_model::Operation;
use scopewright_model::core::{Method, RoutePattern};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Makes proposals for one document.
pub struct Stubs<'a, 't> {
    tree: &'a Tree<'t>,
    layout: Layout,
    base: &'a str,
    /// The document's paths, by what they are compared by.
    paths: BTreeMap<String, &'a str>,
}

impl<'a, 't> Stubs<'a, 't> {
    /// Proposals for a document whose paths are relative to `base`.
    pub fn new(tree: &'a Tree<'t>, base: &'a str) -> Self {
        let paths = tree.at(&["paths"]).map(|paths| tree.entries(paths)).unwrap_or_default();
        let paths = paths.iter().filter_map(|entry| {
            let path = tree.scalar(entry.key)?;
            Some((comparable(&path.parse::<RoutePattern>().ok()?), path))
        });
        Self { tree, layout: Layout::of(tree), base, paths: paths.collect() }
    }

    /// The insertion that describes the operation, if its path can be written in this document.
    pub fn stub(&self, operation: &Operation) -> Option<Edit> {
        let written = operation.path.to_string().replace("{*", "{");
        let path = written.strip_prefix(self.base).filter(|path| path.starts_with('/'))?;
        let method = match operation.method {
            Method::Connect => return None,
            // A route that answers every method is described by the one people would try first.
            Method::Any => "get".to_owned(),
            method => method.as_str().to_ascii_lowercase(),
        };
        // A path that the document has under other parameter names gets the method; a new one is added.
        let pattern: RoutePattern = path.parse().ok()?;
        let path = self.paths.get(&comparable(&pattern)).copied().unwrap_or(path);
        let mut description =
            Map::from_iter([("operationId".to_owned(), Value::from(operation.operation_id.as_str()))]);
        let parameters = path.parse::<RoutePattern>().ok()?;
        let parameters: Vec<Value> = parameters
            .parameters()
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        let declares_parameters = self.tree.at(&["paths", path, "parameters"]).is_some();
        if !parameters.is_empty() && !declares_parameters {
            description.insert("parameters".to_owned(), Value::from(parameters));
        }
        description.insert("responses".to_owned(), json!({"default": {"description": "…"}}));
        let mut additions = Patch::default();
        let location = ["paths", path, &method];
        additions.change_at(&location, Change::Set(Value::Object(description)));
        let edits = edits(self.tree, &self.layout, &additions).ok()?;
        match <[Edit; 1]>::try_from(edits) {
            Ok([edit]) => Some(edit),
            Err(_) => None,
        }
    }
}
