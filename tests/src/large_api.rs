//! An API as large as the largest published ones: 917 scopes, 11,000 endpoints, as a policy, a manifest and a document.
//!
//! Resources are an area and a noun (`billing-accounts`), each with four scopes and twelve collections of four
//! operations. Nothing is random: the same text every time.

use anyhow::{Context as _, Result};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The scopes of [`policy`].
pub const SCOPES: usize = 917;

/// The endpoints of [`manifest`].
pub const ENDPOINTS: usize = 11_000;

const AREAS: [&str; 23] = [
    "account",
    "audience",
    "billing",
    "calendar",
    "catalog",
    "chat",
    "cluster",
    "content",
    "device",
    "directory",
    "fleet",
    "identity",
    "ledger",
    "mail",
    "market",
    "media",
    "network",
    "order",
    "partner",
    "payroll",
    "print",
    "search",
    "site",
];

const NOUNS: [&str; 10] =
    ["assets", "domains", "events", "groups", "members", "messages", "policies", "reports", "rules", "tasks"];

/// What each resource has collections of.
const COLLECTIONS: [&str; 12] = [
    "approvals",
    "attachments",
    "changes",
    "comments",
    "exports",
    "imports",
    "labels",
    "links",
    "notes",
    "owners",
    "settings",
    "versions",
];

/// What is exported for auditors.
const EXPORTS: [&str; 7] =
    ["consents", "exceptions", "grants", "incidents", "logins", "payments", "removals"];

/// One operation, and the line of the manifest about it.
struct Endpoint {
    method: &'static str,
    path: String,
    operation_id: String,
    /// The answer of `public`, or of `modes`.
    decision: serde_json::Value,
}

/// The files of the API, by name.
#[must_use]
pub fn files() -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("scopes.toml", policy()),
        ("routes.jsonl", manifest()),
        ("openapi/service.yaml", document()),
    ])
}

/// Writes the files below a folder.
///
/// # Errors
///
/// When they can't be written.
pub fn write(folder: &Path) -> Result<()> {
    for (name, text) in files() {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(&file, text).with_context(|| format!("can't write `{}`", file.display()))?;
    }
    Ok(())
}

/// The area of each resource, and its name: one fewer than there are pairs.
fn resources() -> Vec<(&'static str, String)> {
    let pairs = AREAS.iter().flat_map(|area| NOUNS.iter().map(move |noun| (*area, format!("{area}-{noun}"))));
    pairs.take(AREAS.len() * NOUNS.len() - 1).collect()
}

/// Four scopes for each resource, the later of which imply earlier ones, and one for auditors; three modes, a bundle
/// and a group for each area, and families for what a key may do.
#[must_use]
pub fn policy() -> String {
    let mut text = HEAD.to_owned();
    let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for area in AREAS {
        let _ = writeln!(text, "\n[groups.{area}]\ntitle = \"The {area}\"");
    }
    for (area, resource) in resources() {
        members.entry(area).or_default().push(format!("{resource}:read"));
        let _ = write!(
            text,
            r#"
[scopes."{resource}:read"]
grants = "List and retrieve {resource}."
group = "{area}"

[scopes."{resource}:write"]
grants = "Create and change {resource}."
implies = ["{resource}:read"]
group = "{area}"

[scopes."{resource}:delete"]
grants = "Remove {resource}."
risk = "high"
group = "{area}"

[scopes."{resource}:admin"]
grants = "Everything about {resource}."
implies = ["{resource}:write", "{resource}:delete"]
risk = "high"
group = "{area}"
"#
        );
    }
    for (area, scopes) in members {
        let _ = writeln!(
            text,
            "\n[bundles.{area}-reader]\ntitle = \"Reader of the {area}\"\nscopes = {scopes:?}"
        );
    }
    text
}

/// One line for each endpoint.
#[must_use]
pub fn manifest() -> String {
    let mut text = String::new();
    for Endpoint { method, path, operation_id, decision } in endpoints() {
        let mut line = json!({ "method": method, "path": path, "operation_id": operation_id });
        if let (Some(line), Some(decision)) = (line.as_object_mut(), decision.as_object()) {
            line.extend(decision.clone());
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

/// An OpenAPI document with each endpoint, before anything is generated into it.
#[must_use]
pub fn document() -> String {
    let mut paths: BTreeMap<String, Vec<Endpoint>> = BTreeMap::new();
    for endpoint in endpoints() {
        paths.entry(endpoint.path.clone()).or_default().push(endpoint);
    }
    let mut text = "openapi: 3.1.0\ninfo:\n  title: A large API\n  version: '1'\npaths:\n".to_owned();
    for (path, endpoints) in paths {
        let _ = writeln!(text, "  {path}:");
        if path.ends_with("/{id}") {
            let _ = writeln!(
                text,
                "    parameters:\n    - name: id\n      in: path\n      required: true\n      schema:\n        type: string"
            );
        }
        for Endpoint { method, operation_id, .. } in endpoints {
            let method = method.to_lowercase();
            let _ = writeln!(
                text,
                "    {method}:\n      operationId: {operation_id}\n      responses:\n        '200':\n          description: Done."
            );
        }
    }
    text
}

/// Every endpoint, in the order of the manifest.
fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = vec![Endpoint {
        method: "GET",
        path: "/health".to_owned(),
        operation_id: "health".to_owned(),
        decision: json!({ "public": "health" }),
    }];
    endpoints.extend(EXPORTS.iter().map(|export| Endpoint {
        method: "GET",
        path: format!("/audit/{export}"),
        operation_id: format!("audit_{export}"),
        decision: json!({ "modes": { "key": [], "oauth": [["audit:export"]], "operator": [[]] } }),
    }));
    let resources = resources();
    let neighbours = resources.iter().cycle().skip(1);
    for ((_, resource), (_, neighbour)) in resources.iter().zip(neighbours) {
        for collection in COLLECTIONS {
            endpoints.extend(operations(resource, neighbour, collection));
        }
    }
    endpoints
}

/// The operations on one collection of a resource. A token changes things together with what it refers to.
fn operations(resource: &str, neighbour: &str, collection: &str) -> [Endpoint; 4] {
    let [read, write, delete, admin] =
        ["read", "write", "delete", "admin"].map(|action| format!("{resource}:{action}"));
    let modes = |key: &str, oauth: serde_json::Value| json!({ "modes": { "key": [[key]], "oauth": oauth, "operator": [[]] } });
    let list = format!("/v1/{resource}/{collection}");
    let one = format!("{list}/{{id}}");
    let operation = |verb: &str, method, path: &str, decision| Endpoint {
        method,
        path: path.to_owned(),
        operation_id: format!("{verb}_{resource}_{collection}").replace('-', "_"),
        decision,
    };
    [
        operation("list", "GET", &list, modes(&read, json!([[read]]))),
        operation(
            "create",
            "POST",
            &list,
            modes(&write, json!([[write, format!("{neighbour}:read")], [admin]])),
        ),
        operation("get", "GET", &one, modes(&read, json!([[read]]))),
        operation("remove", "DELETE", &one, modes(&delete, json!([[delete, write], [admin]]))),
    ]
}

const HEAD: &str = r#"[api]
title = "A large API"
scope_format = "resource:action"

[auth.key]
type = "api-key"
in = "header"
name = "X-API-Key"
scopes = "enforced"
unknown_scopes = "deny"

[auth.oauth]
type = "oauth2"
authorization_url = "https://auth.example.com/authorize"
token_url = "https://auth.example.com/token"
claim = "scope"
format = "space-separated"
scopes = "enforced"
unknown_scopes = "ignore"

[auth.operator]
type = "bearer"
scopes = { skipped = "operators are checked by role" }

[public_reasons]
health = "Liveness probe, carries no data."

[sources]
manifest = ["routes.jsonl"]

[[families]]
match = "GET /v1/{resource}/**"
requires = "{resource}:read"
via = "key"

[[families]]
match = "POST /v1/{resource}/**"
requires = "{resource}:write"
via = "key"

[[families]]
match = "DELETE /v1/{resource}/**"
requires = "{resource}:delete"
via = "key"

[[families]]
match = "* /audit/**"
refused = true
via = "key"

[generate.openapi]
documents = ["openapi/service.yaml"]

[generate.markdown]
path = "docs/scopes.md"

[generate.typescript]
path = "sdk/scopes.ts"

[scopes."audit:export"]
grants = "Export what auditors ask for."
"#;
