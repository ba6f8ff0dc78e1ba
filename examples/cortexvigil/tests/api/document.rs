//! The OpenAPI document against the running service.

use serde_json::{Map, Value};

use crate::archive::demo;
use crate::support::Service;

const METHODS: &[&str] = &["get", "post", "put", "patch", "delete"];

#[test]
fn every_documented_operation_is_served() {
    let service = Service::start();
    let client = service.app(&[]);
    for (method, path, _) in operations(&document()) {
        let path = path.replace("{id}", "0").replace("{key_id}", "0");
        let answer = client.call(&method.to_uppercase(), &path, None);
        assert_ne!(answer.status, 405, "{method} {path}");
        // A path that is not served has an answer without a body.
        assert!(answer.status != 404 || !answer.bytes.is_empty(), "{method} {path}");
    }
}

#[test]
fn answers_are_as_documented() {
    let service = Service::start();
    let client = demo(&service);
    let document = document();
    let mut checked = 0;
    for (method, path, operation) in operations(&document) {
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        if method != "get" || schema.is_null() || path.contains("/admin/") {
            continue;
        }
        let answer = client.get(&path.replace("{id}", "1"));
        if answer.status == 200 {
            check(&document, schema, &answer.json(), &path);
            checked += 1;
        }
    }
    assert!(checked > 40, "only {checked} answers were compared");
}

pub fn document() -> Value {
    serde_saphyr::from_str(include_str!("../../../../openapi/cortexvigil.yaml")).unwrap()
}

/// Method, path and description of every operation.
pub fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if METHODS.contains(&method.as_str()) {
                operations.push((method.clone(), path.clone(), operation.clone()));
            }
        }
    }
    operations
}

/// Compares what the document's schemas use: types, values of enums, items, and the exact set of properties.
fn check(document: &Value, schema: &Value, value: &Value, place: &str) {
    let schema = resolve(document, schema);
    if let Some(alternatives) = schema.get("oneOf") {
        assert_eq!(alternatives[1]["type"], "null", "{place}");
        if !value.is_null() {
            check(document, &alternatives[0], value, place);
        }
        return;
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
        assert!(allowed.contains(value), "{place}: {value} is not one of {allowed:?}");
    }
    match value {
        Value::Object(fields) => check_fields(document, schema, fields, place),
        Value::Array(items) => {
            assert!(allows(schema, "array"), "{place}: {value}");
            for (index, item) in items.iter().enumerate() {
                check(document, &schema["items"], item, &format!("{place}[{index}]"));
            }
        }
        Value::Null => assert!(allows(schema, "null"), "{place}: null"),
        Value::Bool(_) => assert!(allows(schema, "boolean"), "{place}: {value}"),
        Value::String(_) => assert!(allows(schema, "string"), "{place}: {value}"),
        Value::Number(number) => {
            let integer = number.is_i64() && allows(schema, "integer");
            assert!(integer || allows(schema, "number"), "{place}: {value}");
        }
    }
}

fn check_fields(document: &Value, schema: &Value, fields: &Map<String, Value>, place: &str) {
    if schema["additionalProperties"] == true {
        return;
    }
    let parts = match schema.get("allOf").and_then(Value::as_array) {
        Some(parts) => parts.iter().map(|part| resolve(document, part)).collect(),
        None => vec![schema],
    };
    for part in &parts {
        for name in part["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(name.as_str().unwrap()), "{place}: {name} is missing");
        }
    }
    for (name, value) in fields {
        let place = format!("{place}.{name}");
        let schema = parts.iter().find_map(|part| part["properties"].get(name));
        check(document, schema.unwrap_or_else(|| panic!("{place} is not documented")), value, &place);
    }
}

fn resolve<'document>(document: &'document Value, schema: &'document Value) -> &'document Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn allows(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(only) => only == kind,
        Value::Array(kinds) => kinds.iter().any(|allowed| allowed == kind),
        _ => false,
    }
}
