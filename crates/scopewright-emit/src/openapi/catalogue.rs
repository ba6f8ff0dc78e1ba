//! The scopes and bundles of a policy as the document's own extension.

use scopewright_model::Policy;
use scopewright_model::core::{ScopeIndex, Status};
use scopewright_model::policy::Scope;
use serde_json::{Map, Value, json};

/// What the extension at the root of a document says.
pub fn catalogue(policy: &Policy) -> Value {
    let published = policy.scopes.iter().filter(|scope| !scope.hidden);
    let scopes: Map<String, Value> =
        published.map(|scope| (scope.name.clone(), scope_value(policy, scope))).collect();
    let mut catalogue = Map::from_iter([("scopes".to_owned(), Value::Object(scopes))]);
    let old_names: Map<String, Value> = policy
        .aliases
        .iter()
        .filter(|alias| !policy.scope(alias.target).hidden)
        .map(|alias| {
            let value = json!({"renamed-to": policy.scope(alias.target).name, "until": alias.until});
            (alias.name.clone(), value)
        })
        .collect();
    if !old_names.is_empty() {
        catalogue.insert("old-names".to_owned(), Value::Object(old_names));
    }
    let bundles: Map<String, Value> = policy
        .bundles
        .iter()
        .map(|bundle| {
            let value = json!({"title": bundle.title, "scopes": names(policy, &bundle.scopes)});
            (bundle.name.clone(), value)
        })
        .collect();
    if !bundles.is_empty() {
        catalogue.insert("bundles".to_owned(), Value::Object(bundles));
    }
    Value::Object(catalogue)
}

fn scope_value(policy: &Policy, scope: &Scope) -> Value {
    let mut value = Map::from_iter([("grants".to_owned(), Value::from(scope.grants.as_str()))]);
    if scope.status != Status::Stable {
        value.insert("status".to_owned(), Value::from(scope.status.as_str()));
    }
    let texts = [("note", &scope.deprecated_note), ("group", &scope.group), ("risk", &scope.risk)];
    for (key, text) in texts {
        if let Some(text) = text {
            value.insert(key.to_owned(), Value::from(text.as_str()));
        }
    }
    let implies = names(policy, &scope.implies);
    if !implies.is_empty() {
        value.insert("implies".to_owned(), Value::from(implies));
    }
    Value::Object(value)
}

fn names<'a>(policy: &'a Policy, scopes: &[ScopeIndex]) -> Vec<&'a str> {
    let published = scopes.iter().map(|scope| policy.scope(*scope)).filter(|scope| !scope.hidden);
    published.map(|scope| scope.name.as_str()).collect()
}
