//! A body to start from: the least that a JSON Schema asks for.

use serde_json::{Map, Value, json};

use super::document::Components;

/// Deeper schemas than this are not written out.
const DEEPEST: usize = 8;

/// The required members of a schema with values of their types, as indented JSON; what is no JSON has no example.
pub(super) fn of(components: &Components, schema: &Value) -> String {
    match value(components, schema, 0) {
        Value::Object(members) => serde_json::to_string_pretty(&members).unwrap_or_default(),
        _ => String::new(),
    }
}

fn value(components: &Components, schema: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let named = reference.rsplit('/').next().and_then(|name| components.schemas.get(name));
        return named.map_or(Value::Null, |named| value(components, named, depth + 1));
    }
    if let Some(first) = schema.get("enum").and_then(|all| all.get(0)) {
        return first.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => Value::Object(members(components, schema, depth)),
        Some("array") => {
            let item = schema.get("items").map(|items| value(components, items, depth + 1));
            item.map_or_else(|| json!([]), |item| json!([item]))
        }
        Some("integer") => json!(1),
        Some("number") => json!(1.5),
        Some("boolean") => json!(true),
        Some("string") => match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => json!("2026-12-01T08:00:00Z"),
            Some("uri") => json!("https://example.com/hooks/1"),
            _ => json!("text"),
        },
        _ => Value::Null,
    }
}

fn members(components: &Components, schema: &Value, depth: usize) -> Map<String, Value> {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|it| it == name));
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties
        .filter(|(name, _)| is_required(name))
        .map(|(name, property)| (name.clone(), value(components, property, depth + 1)))
        .collect()
}
