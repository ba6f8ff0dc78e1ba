//! Seven accounts of what the service serves and asks for, made in seven ways: they must be the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use cortexvigil::scopes::{ROUTES, Scope};
use cortexvigil::{AppState, MediaStore, OperatorToken, open, routes};
use scopewright_model::core;
use scopewright_model::core::ModeIndex;
use serde_json::Value;
use tempfile::TempDir;

/// `GET /path` -> what an API key must bring: a scope, `any`, `public` or `never`.
type Account = BTreeMap<String, String>;

/// `api_key` is the first mode of the policy.
const API_KEY: ModeIndex = ModeIndex(0);

#[test]
fn scan_router_table_axum_document_docs_and_client_tell_the_same() {
    let scanned = from_the_scan();
    assert!(scanned.len() >= 55, "{} endpoints", scanned.len());
    let folder = TempDir::new().unwrap();
    let router = routes(state(&folder)).unwrap();
    assert_eq!(from_the_typed_router(&router), scanned, "the typed router's own list");
    assert_eq!(from_the_route_table(), scanned, "the generated route table");
    assert_eq!(from_the_document(), scanned, "openapi/cortexvigil.yaml");
    assert_eq!(from_the_docs(), scanned, "docs/scopes.md");
    assert_eq!(from_the_client(&folder), scanned, "sdk/typescript/scopes.ts");
    // axum knows no decisions: methods and paths only.
    let served: Vec<String> = scanned.into_keys().collect();
    let guarded = router.guarded::<Scope>().unwrap().into_axum_unguarded("axum's own account is read");
    assert_eq!(from_axum(&guarded), served, "axum's own Debug of the router");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn state(folder: &TempDir) -> AppState {
    let database = open(&folder.path().join("test.sqlite")).unwrap();
    let media = MediaStore::open(&folder.path().join("media")).unwrap();
    AppState::new(database, media, OperatorToken::new(None))
}

fn from_the_scan() -> Account {
    let plan = example_testkit::plan(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(plan.policy.mode_named("api_key"), Some(API_KEY));
    let names =
        |operation: &core::Operation<'_>| in_words(operation, |scope| plan.policy.scope(scope).name.clone());
    plan.operations.iter().map(|operation| (operation.title(), operation.as_core(names))).collect()
}

fn from_the_typed_router(router: &scopewright::axum::Router) -> Account {
    router
        .registrations()
        .iter()
        .map(|it| (format!("{} {}", it.method, it.path), in_generated_words(it.operation)))
        .collect()
}

fn from_the_route_table() -> Account {
    ROUTES
        .iter()
        .map(|row| (format!("{} {}", row.method, row.path), in_generated_words(&row.operation)))
        .collect()
}

fn in_generated_words(operation: &core::Operation<'_>) -> String {
    in_words(operation, |scope| Scope::ALL[usize::from(scope.0)].as_str().to_owned())
}

fn in_words(operation: &core::Operation<'_>, name: impl Fn(core::ScopeIndex) -> String) -> String {
    match operation.for_mode(API_KEY, None) {
        core::Decision::Scoped(requirement) => requirement
            .alternatives()
            .iter()
            .map(|all_of| all_of.iter().map(|scope| name(*scope)).collect::<Vec<_>>().join("+"))
            .collect::<Vec<_>>()
            .join("|"),
        core::Decision::Authenticated => "any".to_owned(),
        core::Decision::Public => "public".to_owned(),
        core::Decision::Refused => "never".to_owned(),
        other => panic!("CortexVigil has no such decision: {other:?}"),
    }
}

/// The paths and methods in `{:?}` of a router: `"/path": .. get: BoxedHandler`.
fn from_axum(router: &axum::Router) -> Vec<String> {
    let debug = format!("{router:?}");
    let mut methods: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let registered = between(&debug, "routes: {", "node: ");
    for route in registered.split("RouteId(").skip(1) {
        let (id, router) = route.split_once(')').unwrap();
        let served = core::Method::STANDARD.iter().filter(|method| {
            let field = format!(" {}: ", method.as_str().to_lowercase());
            router.split(&field).nth(1).is_some_and(|value| !value.starts_with("None"))
        });
        methods.insert(id, served.map(|method| method.as_str().to_owned()).collect());
    }
    let paths = between(&debug, "paths: {", "}, ");
    let mut found: Vec<String> = paths
        .split("RouteId(")
        .skip(1)
        .flat_map(|entry| {
            let (id, rest) = entry.split_once("): \"").unwrap();
            let path = rest.split('"').next().unwrap();
            methods[id].iter().map(move |method| format!("{method} {path}"))
        })
        .collect();
    found.sort();
    found
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("no `{from}` in {text}")) + from.len();
    let length = text[start..].find(to).unwrap_or_else(|| panic!("no `{to}` in {text}"));
    &text[start..start + length]
}

fn from_the_document() -> Account {
    let text = std::fs::read_to_string(root().join("openapi/cortexvigil.yaml")).unwrap();
    let document: Value = serde_saphyr::from_str(&text).unwrap();
    let mut account = Account::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters") {
            let security = operation["security"].as_array().unwrap();
            let mine = security.iter().filter_map(|requirement| requirement.get("api_key"));
            let alternatives: Vec<String> = mine.map(|scopes| joined(scopes, "+")).collect();
            let words = match alternatives.as_slice() {
                [] if security.is_empty() => "public".to_owned(),
                [] => "never".to_owned(),
                [only] if only.is_empty() => "any".to_owned(),
                several => several.join("|"),
            };
            account.insert(format!("{} {path}", method.to_uppercase()), words);
        }
    }
    account
}

fn joined(names: &Value, separator: &str) -> String {
    names.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join(separator)
}

/// The rows of the table "Endpoints": ``| `GET /path` | `scope` | ..``.
fn from_the_docs() -> Account {
    let text = std::fs::read_to_string(root().join("docs/scopes.md")).unwrap();
    let table = between(&text, "## Endpoints", "\n## ");
    table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let words = match cells[2] {
                "any valid credential" => "any",
                "nothing" => "public",
                other => other.trim_matches('`'),
            };
            (cells[1].trim_matches('`').to_owned(), words.to_owned())
        })
        .collect()
}

/// The module, compiled by the TypeScript compiler at its strictest and asked by Node.js.
fn from_the_client(folder: &TempDir) -> Account {
    let tsc = root().join("tests/node/node_modules/typescript/bin/tsc");
    assert!(
        tsc.exists(),
        "the TypeScript compiler is not there: run `npm ci` in tests/node, as `cargo xtask test` does"
    );
    let module = root().join("sdk/typescript/scopes.ts");
    let compiled = Command::new("node")
        .arg(&tsc)
        .args([
            "--strict",
            "--noUncheckedIndexedAccess",
            "--exactOptionalPropertyTypes",
            "--target",
            "es2022",
        ])
        .args(["--module", "es2022", "--outDir"])
        .arg(folder.path())
        .arg(&module)
        .output()
        .unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stdout));
    let script = folder.path().join("scopes.mjs");
    std::fs::rename(folder.path().join("scopes.js"), &script).unwrap();
    let print = format!(
        "import({}).then((module) => process.stdout.write(JSON.stringify(Object.values(module.OPERATIONS))))",
        Value::from(script.display().to_string())
    );
    let printed = Command::new("node").args(["--eval", &print]).output().unwrap();
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let operations: Value = serde_json::from_slice(&printed.stdout).unwrap();
    let words = |decision: &Value| match decision["kind"].as_str().unwrap() {
        "scoped" => {
            let any_of = decision["anyOf"].as_array().unwrap();
            any_of.iter().map(|all_of| joined(all_of, "+")).collect::<Vec<_>>().join("|")
        }
        "authenticated" => "any".to_owned(),
        "public" => "public".to_owned(),
        "refused" => "never".to_owned(),
        other => panic!("CortexVigil has no such decision: {other}"),
    };
    operations
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let title = format!("{} {}", it["method"].as_str().unwrap(), it["path"].as_str().unwrap());
            (title, words(&it["modes"]["api_key"]))
        })
        .collect()
}
