//! The JSON Schema of `scopes.toml`, printed from the shapes the reader walks.
//!
//! Draft 7, the newest that the common TOML editors read in full. The schema accepts every file the stage accepts;
//! what it can't say (whether a name is declared, say) only the stage finds.

use crate::raw::Raw;
use crate::raw::shape::{KeyShape, Need, Rule, TableShape, ValueShape};
use crate::tables::{RawPolicy, warnings};
use scopewright_model::Code;
use serde_json::{Map, Value, json};

/// The schema, as text with a final newline: the contents of `schemas/scopes.schema.json`.
///
/// ```
/// let schema = scopewright_policy::schema::text();
/// assert!(schema.contains("\"title\": \"scopes.toml\""));
/// ```
pub fn text() -> String {
    // A `Value` has only text keys, so that printing it can't fail.
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema as a value.
pub fn document() -> Value {
    let mut definitions = Definitions::default();
    let ValueShape::Table(shape) = RawPolicy::SHAPE else { return Value::Bool(true) };
    let root = table(shape, &mut definitions);
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "scopes.toml",
    });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        definitions.0.sort_keys();
        schema.insert("definitions".to_owned(), Value::Object(definitions.0));
    }
    schema
}

/// Tables by the name of their shape.
#[derive(Debug, Default)]
struct Definitions(Map<String, Value>);

fn table(shape: &'static TableShape, definitions: &mut Definitions) -> Value {
    let mut properties = Map::new();
    for key in shape.keys {
        properties.insert(key.name.to_owned(), property(key, definitions));
    }
    let needed = |key: &&KeyShape| key.need != Need::Optional;
    let (replaceable, required): (Vec<_>, Vec<_>) = shape
        .keys
        .iter()
        .filter(needed)
        .map(|key| key.name)
        .partition(|key| stand_ins(shape, key).next().is_some());
    let replaceable = replaceable.iter().map(|key| {
        let any_of = [*key].into_iter().chain(stand_ins(shape, key));
        json!({ "anyOf": any_of.map(|key| json!({ "required": [key] })).collect::<Vec<_>>() })
    });
    let rules: Vec<Value> = replaceable.chain(shape.rules.iter().copied().flatten().flat_map(rule)).collect();
    let mut schema = json!({
        "description": plain(shape.doc),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        insert(&mut schema, "required", json!(required));
    }
    if !rules.is_empty() {
        insert(&mut schema, "allOf", json!(rules));
    }
    schema
}

/// The keys that may stand for one.
fn stand_ins<'s>(shape: &'s TableShape, key: &'s str) -> impl Iterator<Item = &'static str> + 's {
    shape.rules.iter().copied().flatten().filter_map(move |rule| match rule {
        Rule::Replaced { keys, by } if keys.contains(&key) => Some(*by),
        _ => None,
    })
}

/// A key's value with what is said of the key. Draft 7 reads nothing beside a reference, hence the `allOf`.
fn property(key: &'static KeyShape, definitions: &mut Definitions) -> Value {
    let mut schema = json!({ "description": plain(key.doc) });
    let mut shape = value(&key.value, definitions);
    if key.need == Need::Required && matches!(key.value, ValueShape::Entries { .. }) {
        insert(&mut shape, "minProperties", json!(1));
    }
    if shape.get("$ref").is_some() {
        insert(&mut schema, "allOf", json!([shape]));
    } else if let (Value::Object(schema), Value::Object(shape)) = (&mut schema, shape) {
        schema.extend(shape);
    }
    let examples: Vec<Value> = key.examples.iter().filter_map(|example| json_of(example)).collect();
    if !examples.is_empty() {
        insert(&mut schema, "examples", json!(examples));
    }
    schema
}

fn value(shape: &'static ValueShape, definitions: &mut Definitions) -> Value {
    match shape {
        ValueShape::Text { pattern } => json!({ "type": "string", "pattern": pattern.unwrap_or(r"\S") }),
        ValueShape::Words(words) => json!({
            "type": "string",
            "enum": words.iter().map(|word| word.word).collect::<Vec<_>>(),
            "x-taplo": { "docs": { "enumValues": words.iter().map(|word| word.doc).collect::<Vec<_>>() } },
        }),
        ValueShape::Boolean => json!({ "type": "boolean" }),
        ValueShape::Yes => json!({ "const": true }),
        ValueShape::Number { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        ValueShape::Warning => {
            json!({ "type": "string", "enum": warnings().map(Code::name).collect::<Vec<_>>() })
        }
        ValueShape::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        ValueShape::Any => json!({}),
        ValueShape::List { item, least } => {
            json!({ "type": "array", "items": value(item, definitions), "minItems": least })
        }
        ValueShape::Entries { names, value: entry } => json!({
            "type": "object",
            "propertyNames": { "pattern": names },
            "additionalProperties": value(entry, definitions),
        }),
        ValueShape::Table(shape) => {
            let name = shape.name.strip_prefix("Raw").unwrap_or(shape.name);
            if !definitions.0.contains_key(name) {
                let schema = table(shape, definitions);
                definitions.0.insert(name.to_owned(), schema);
            }
            json!({ "$ref": format!("#/definitions/{name}") })
        }
        ValueShape::OneOf(shapes) => {
            json!({ "anyOf": shapes.iter().map(|shape| value(shape, definitions)).collect::<Vec<_>>() })
        }
    }
}

/// What a rule says, once for each key it is about.
fn rule(rule: &Rule) -> Vec<Value> {
    let has = |key: &str| json!({ "required": [key] });
    let any = |keys: &[&str]| json!({ "anyOf": keys.iter().map(|key| has(key)).collect::<Vec<_>>() });
    match *rule {
        Rule::AtLeastOne(keys, _) => vec![any(keys)],
        Rule::AtMostOne(keys, _) => {
            let others = |at: usize| keys.get(at + 1..).filter(|others| !others.is_empty());
            let pairs = keys.iter().enumerate().filter_map(|(at, key)| Some((key, others(at)?)));
            pairs.map(|(key, others)| json!({ "if": has(key), "then": { "not": any(others) } })).collect()
        }
        Rule::Needs { key, word, needs } => {
            let mut condition = has(key);
            if !word.is_empty() {
                insert(&mut condition, "properties", json!({ key: { "const": word } }));
            }
            vec![json!({ "if": condition, "then": { "required": needs } })]
        }
        Rule::Only { keys, with, words } => {
            let then = json!({ "required": [with], "properties": { with: { "enum": words } } });
            keys.iter().map(|key| json!({ "if": has(key), "then": then })).collect()
        }
        Rule::Beside { keys, others } => {
            keys.iter().map(|key| json!({ "if": has(key), "then": any(others) })).collect()
        }
        Rule::Never { keys, without } | Rule::Replaced { keys, by: without } => {
            vec![json!({ "if": has(without), "then": { "not": any(keys) } })]
        }
    }
}

fn insert(schema: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = schema {
        members.insert(name.to_owned(), value);
    }
}

/// A documentation comment as one line.
fn plain(doc: &str) -> &str {
    doc.trim()
}

/// A TOML value as JSON.
fn json_of(toml: &str) -> Option<Value> {
    let table: toml::Table = format!("value = {toml}").parse().ok()?;
    serde_json::to_value(table.get("value")?).ok()
}
