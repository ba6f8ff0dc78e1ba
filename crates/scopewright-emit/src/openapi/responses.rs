//! Denials as response components: description, headers, schema and example from what the policy declares.
//!
//! Only words that OpenAPI 3.0 and 3.1 share are used (`enum` of one value instead of `const`), so one text serves both.

use super::requirements::EXTENSION;
use crate::denial::{self, DenialKind};
use scopewright_model::core::{Placeholder, decide_invalid_credential};
use scopewright_model::policy::BodyValue;
use scopewright_model::{Operation, Plan, Policy};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The denials that share one status of an operation.
pub type Kinds = BTreeSet<DenialKind>;

/// The denials of an operation, by status.
pub fn responses_of(policy: &Policy, operation: &Operation) -> BTreeMap<u16, Kinds> {
    let mut by_status: BTreeMap<u16, Kinds> = BTreeMap::new();
    for kind in denials_of(policy, operation) {
        if let Some(declared) = kind.declared(policy) {
            by_status.entry(declared.status).or_default().insert(kind);
        }
    }
    by_status
}

/// Every denial an operation can answer with.
fn denials_of(policy: &Policy, operation: &Operation) -> BTreeSet<DenialKind> {
    let without_scopes = policy.modes_indexed().map(|(mode, _)| operation.verdict(policy, Some((mode, &[]))));
    let of_invalid = denial::may_be_denied_for_invalid(policy, operation);
    without_scopes
        .chain([operation.verdict(policy, None)])
        .chain(of_invalid.then(|| operation.as_core(decide_invalid_credential)))
        .filter_map(DenialKind::of_verdict)
        .chain(denial::may_be_invalid_request(policy, operation).then_some(DenialKind::InvalidRequest))
        .chain(denial::may_be_unavailable(policy, operation).then_some(DenialKind::Unavailable))
        .collect()
}

/// The name of the component.
pub fn component_name(kinds: &Kinds) -> String {
    kinds.iter().map(|kind| kind.type_name()).collect::<Vec<_>>().join("Or")
}

/// The response component, with our mark. `schema` is the reference to the schema of a denial's body.
pub fn component(plan: &Plan, kinds: &Kinds, schema: impl Fn(DenialKind) -> String) -> Value {
    let policy = &plan.policy;
    let mut response = Map::new();
    response.insert("description".to_owned(), Value::from(description(kinds)));
    let challenging =
        [DenialKind::Unauthenticated, DenialKind::InsufficientUserAuthentication, DenialKind::InvalidRequest];
    let is_challenged = challenging.iter().any(|kind| kinds.contains(kind))
        && policy.modes.iter().any(|mode| mode.credential.is_bearer());
    if is_challenged {
        response.insert(
            "headers".to_owned(),
            json!({"WWW-Authenticate": {
                "description": "How to authenticate (RFC 9110, section 11.6.1).",
                "schema": {"type": "string"},
            }}),
        );
    }
    let content = content(plan, kinds, schema);
    if !content.is_empty() {
        response.insert("content".to_owned(), Value::Object(content));
    }
    let keys: Vec<&str> = kinds.iter().map(|kind| kind.key()).collect();
    response.insert(EXTENSION.to_owned(), json!({"denials": keys}));
    Value::Object(response)
}

/// What the response means, in one sentence.
fn description(kinds: &Kinds) -> String {
    let parts: Vec<String> = kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| {
            let sentence = kind.sentence().trim_end_matches('.');
            let mut rest = sentence.chars();
            match rest.next() {
                Some(first) if at > 0 => format!("{}{}", first.to_lowercase(), rest.as_str()),
                _ => sentence.to_owned(),
            }
        })
        .collect();
    format!("{}.", parts.join(", or "))
}

/// The bodies, by media type.
fn content(plan: &Plan, kinds: &Kinds, schema: impl Fn(DenialKind) -> String) -> Map<String, Value> {
    let mut by_type: BTreeMap<&str, Vec<DenialKind>> = BTreeMap::new();
    for kind in kinds {
        if let Some(declared) = kind.declared(&plan.policy).filter(|declared| declared.body.is_some()) {
            by_type.entry(&declared.content_type).or_default().push(*kind);
        }
    }
    let media_type = |kinds: Vec<DenialKind>| {
        let mut schemas: Vec<Value> = Vec::new();
        let mut examples = Map::new();
        for kind in kinds {
            schemas.push(json!({"$ref": schema(kind)}));
            if let Some(example) = denial::example(plan, kind).and_then(|example| example.body) {
                examples.insert(kind.key().to_owned(), json!({"value": example}));
            }
        }
        let schema = match schemas.as_slice() {
            [schema] => schema.clone(),
            _ => json!({"anyOf": schemas}),
        };
        let mut media_type = Map::from_iter([("schema".to_owned(), schema)]);
        if !examples.is_empty() {
            media_type.insert("examples".to_owned(), Value::Object(examples));
        }
        Value::Object(media_type)
    };
    by_type.into_iter().map(|(content_type, kinds)| (content_type.to_owned(), media_type(kinds))).collect()
}

/// The schema component of a denial's body, with our mark; none if it has no body.
pub fn body_schema(policy: &Policy, kind: DenialKind) -> Option<Value> {
    let denial = kind.declared(policy)?;
    let may_be_null = !denial.undisclosed_to.is_empty();
    let mut schema = schema(policy, denial.body.as_ref()?, may_be_null);
    if let Value::Object(entries) = &mut schema {
        entries.insert(EXTENSION.to_owned(), json!({"denials": [kind.key()]}));
    }
    Some(schema)
}

/// The name of that component.
pub fn schema_name(kind: DenialKind) -> String {
    format!("{}Body", kind.type_name())
}

/// The schema that every filling of a declared body meets.
fn schema(policy: &Policy, body: &BodyValue, may_be_null: bool) -> Value {
    match body {
        BodyValue::Text(text) => json!({"type": "string", "enum": [text]}),
        BodyValue::Integer(number) => json!({"type": "integer", "enum": [number]}),
        BodyValue::Float(number) => json!({"type": "number", "enum": [number]}),
        BodyValue::Boolean(truth) => json!({"type": "boolean", "enum": [truth]}),
        BodyValue::Array(items) => {
            let mut schemas: Vec<Value> = Vec::new();
            for item in items {
                let schema = schema(policy, item, may_be_null);
                if !schemas.contains(&schema) {
                    schemas.push(schema);
                }
            }
            let items_schema = match schemas.as_slice() {
                [] => json!({}),
                [schema] => schema.clone(),
                _ => json!({"anyOf": schemas}),
            };
            json!({"type": "array", "items": items_schema, "minItems": items.len(), "maxItems": items.len()})
        }
        BodyValue::Object(entries) => {
            let properties: Map<String, Value> = entries
                .iter()
                .map(|(key, value)| (key.clone(), schema(policy, value, may_be_null)))
                .collect();
            let required: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
            let mut object = Map::from_iter([("type".to_owned(), Value::from("object"))]);
            // `required` must not be empty in OpenAPI 3.0.
            if !required.is_empty() {
                object.insert("required".to_owned(), Value::from(required));
                object.insert("properties".to_owned(), Value::Object(properties));
            }
            Value::Object(object)
        }
        BodyValue::Hole(hole) => hole_schema(policy, *hole, may_be_null),
    }
}

fn hole_schema(policy: &Policy, hole: Placeholder, may_be_null: bool) -> Value {
    // OpenAPI 3.0 and 3.1 spell a text that may be `null` in different ways; without a type both allow it.
    if may_be_null && hole.discloses() && !matches!(hole, Placeholder::Required | Placeholder::Granted) {
        return json!({"description": "A text, or `null` where the caller is not told."});
    }
    let text = |description: &str| json!({"type": "string", "description": description});
    let list =
        |description: &str| json!({"type": "array", "items": {"type": "string"}, "description": description});
    match hole {
        Placeholder::Required => list("The scopes that are missing, sorted."),
        Placeholder::RequiredFirst => text("The first of the scopes that are missing."),
        Placeholder::RequiredJoined => text("The scopes that are missing, sorted, between blanks."),
        Placeholder::Granted => list("The scopes the credential holds, sorted."),
        Placeholder::GrantedJoined => text("The scopes the credential holds, sorted, between blanks."),
        Placeholder::Method => text("The method of the request."),
        Placeholder::Path => text("The path of the operation, with its parameters' names."),
        Placeholder::Mode => {
            let modes: Vec<&str> = policy.modes.iter().map(|mode| mode.name.as_str()).collect();
            json!({"type": "string", "enum": modes, "description": "The kind of credential."})
        }
    }
}
