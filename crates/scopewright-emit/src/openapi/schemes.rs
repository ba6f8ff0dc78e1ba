//! Auth modes as security schemes (OpenAPI 3.0.4, section 4.8.27; mutual TLS from 3.1 on), and the schemes of a document
//! compared with them.

use super::compare::to_value;
use super::requirements::EXTENSION;
use super::tree::{NodeId, Tree};
use openapiv3::{APIKeyLocation, SecurityScheme};
use scopewright_model::Policy;
use scopewright_model::core::ScopeEnforcement;
use scopewright_model::policy::{AuthMode, CredentialKind};
use serde_json::{Map, Value, json};

/// The scheme of a mode, with our mark. None for several credentials together, which are those of their members.
pub fn scheme(policy: &Policy, mode: &AuthMode) -> Option<Value> {
    let mut scheme = Map::new();
    let mut set = |key: &str, value: Value| scheme.insert(key.to_owned(), value);
    let key_in = |place: &str, name: &str| json!({"type": "apiKey", "in": place, "name": name});
    let wire = match &mode.credential {
        CredentialKind::ApiKeyHeader { name, .. } => key_in("header", name),
        CredentialKind::ApiKeyQuery { name } => key_in("query", name),
        CredentialKind::ApiKeyCookie { name } => key_in("cookie", name),
        CredentialKind::Bearer { format: Some(format), .. } => {
            json!({"type": "http", "scheme": "bearer", "bearerFormat": format})
        }
        CredentialKind::Bearer { format: None, .. } => json!({"type": "http", "scheme": "bearer"}),
        CredentialKind::OAuth2 { authorization_url, token_url } => {
            let flows = flows(policy, authorization_url.as_deref(), token_url.as_deref());
            json!({"type": "oauth2", "flows": flows})
        }
        CredentialKind::OpenIdConnect { url } => json!({"type": "openIdConnect", "openIdConnectUrl": url}),
        CredentialKind::MutualTls => json!({"type": "mutualTLS"}),
        CredentialKind::Together(_) => return None,
    };
    if let Value::Object(wire) = wire {
        for (key, value) in wire {
            set(&key, value);
        }
    }
    if let Some(description) = description(mode) {
        set("description", Value::from(description));
    }
    set(EXTENSION, mark(policy, mode));
    Some(Value::Object(scheme))
}

/// What the extension of a scheme says; that it is there marks the scheme as ours.
fn mark(policy: &Policy, mode: &AuthMode) -> Value {
    let scopes = match mode.enforcement {
        ScopeEnforcement::Enforced => "enforced",
        ScopeEnforcement::Skipped => "skipped",
    };
    let texts = [
        ("scopes", Some(scopes)),
        ("because", mode.skipped_because.as_deref()),
        ("assurance", mode.assurance.as_deref()),
        ("upgrades", mode.upgrades.map(|base| policy.mode(base).name.as_str())),
    ];
    let mut mark: Map<String, Value> =
        texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Value::from(text?)))).collect();
    if let Some(max_age) = mode.max_age {
        mark.insert("max-age".to_owned(), Value::from(max_age));
    }
    Value::Object(mark)
}

fn description(mode: &AuthMode) -> Option<String> {
    let prefix = match &mode.credential {
        CredentialKind::ApiKeyHeader { prefix, .. } | CredentialKind::Bearer { prefix, .. } => {
            prefix.as_deref()
        }
        _ => None,
    };
    let prefix = prefix.map(|prefix| format!("Begins with `{prefix}`."));
    let parts: Vec<String> = mode.description.clone().into_iter().chain(prefix).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The flow that the declared URLs make possible (RFC 6749, sections 4.1, 4.2 and 4.4).
fn flows(policy: &Policy, authorization_url: Option<&str>, token_url: Option<&str>) -> Value {
    let grantable = policy.scopes.iter().filter(|scope| scope.status.is_live() && !scope.hidden);
    let scopes: Value = grantable.map(|scope| (scope.name.as_str(), scope.grants.as_str())).collect();
    match (authorization_url, token_url) {
        (Some(authorization), Some(token)) => json!({
            "authorizationCode": {"authorizationUrl": authorization, "tokenUrl": token, "scopes": scopes}
        }),
        (None, Some(token)) => json!({"clientCredentials": {"tokenUrl": token, "scopes": scopes}}),
        (Some(authorization), None) => {
            json!({"implicit": {"authorizationUrl": authorization, "scopes": scopes}})
        }
        (None, None) => json!({}),
    }
}

/// Whether a scheme that somebody wrote into the document carries the credential of a mode.
pub fn carries(tree: &Tree<'_>, scheme: NodeId, mode: &AuthMode) -> bool {
    let written = to_value(tree, scheme);
    if written.get("type").and_then(Value::as_str) == Some("mutualTLS") {
        return mode.credential == CredentialKind::MutualTls;
    }
    let Ok(written) = serde_json::from_value::<SecurityScheme>(written) else { return false };
    match (&written, &mode.credential) {
        (SecurityScheme::APIKey { location, name, .. }, credential) => match (location, credential) {
            // Field names are case-insensitive (RFC 9110, section 5.1).
            (APIKeyLocation::Header, CredentialKind::ApiKeyHeader { name: own, .. }) => {
                own.eq_ignore_ascii_case(name)
            }
            (APIKeyLocation::Query, CredentialKind::ApiKeyQuery { name: own })
            | (APIKeyLocation::Cookie, CredentialKind::ApiKeyCookie { name: own }) => own == name,
            _ => false,
        },
        // All three are a bearer token on the wire; a document may know more of where it comes from.
        (SecurityScheme::HTTP { scheme, .. }, credential) => {
            scheme.eq_ignore_ascii_case("bearer") && credential.is_bearer()
        }
        (SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. }, credential) => {
            credential.is_bearer()
        }
    }
}

/// Whether `security` of OpenAPI 3.0 may list scopes for a scheme of this type.
pub fn takes_scopes(kind: &str) -> bool {
    matches!(kind, "oauth2" | "openIdConnect")
}
