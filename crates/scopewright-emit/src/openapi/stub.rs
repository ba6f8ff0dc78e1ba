//! The shortest valid description of an operation that no document describes, as a proposal.

use super::layout::Layout;
use super::patch::{Change, Edit, Patch, edits};
use super::reading::comparable;
use super::tree::Tree;
use scopewright_model::Operation;
use scopewright_model::core::{Method, RoutePattern};
use serde_json::{Map, Value, json};

/// The insertion that describes the operation, if its path can be written in this document.
pub fn stub(tree: &Tree<'_>, layout: &Layout, base: &str, operation: &Operation) -> Option<Edit> {
    let written = operation.path.to_string().replace("{*", "{");
    let path = written.strip_prefix(base).filter(|path| path.starts_with('/'))?;
    let method = match operation.method {
        Method::Connect => return None,
        // A route that answers every method is described by the one people would try first.
        Method::Any => "get".to_owned(),
        method => method.as_str().to_ascii_lowercase(),
    };
    let pattern: RoutePattern = path.parse().ok()?;
    let parameters: Vec<Value> = pattern
        .parameters()
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    let mut description =
        Map::from_iter([("operationId".to_owned(), Value::from(operation.operation_id.as_str()))]);
    if !parameters.is_empty() {
        description.insert("parameters".to_owned(), Value::from(parameters));
    }
    description.insert("responses".to_owned(), json!({"default": {"description": "…"}}));
    // A path that the document has under other parameter names gets the method; a new one is added.
    let paths = tree.at(&["paths"]).map(|paths| tree.entries(paths)).unwrap_or_default();
    let existing = paths
        .iter()
        .filter_map(|entry| tree.scalar(entry.key))
        .find(|key| key.parse::<RoutePattern>().is_ok_and(|key| comparable(&key) == comparable(&pattern)));
    let mut additions = Patch::default();
    let location = ["paths", existing.unwrap_or(path), &method];
    additions.change_at(&location, Change::Set(Value::Object(description)));
    let edits = edits(tree, layout, &additions).ok()?;
    match <[Edit; 1]>::try_from(edits) {
        Ok([edit]) => Some(edit),
        Err(_) => None,
    }
}
