//! The running service held against its policy, and the policy against its document.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is missing here is a failed test")]

use example_testkit::matrix::{self, Caller, Credential};
use example_testkit::{Client, Program, Service, mutations};
use serde_json::json;

/// Every endpoint x {each scope alone, each bundle, none, all, unknown, expired, revoked, wrong mode}.
#[test]
fn every_endpoint_answers_every_caller_as_the_policy_says() {
    let plan = example_testkit::plan(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(plan.operations.len(), 54);
    assert_eq!(plan.policy.scopes.iter().filter(|scope| scope.status.is_live()).count(), 13);
    let service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    let administrator = service.client().bearer(service.variable("ADMIN_SESSION"));
    let with_key = |scopes: &[&str]| service.client().bearer(&key_with(&service, &administrator, scopes));
    let mut callers = matrix::callers_of_mode(&plan.policy, "api_key", with_key);
    callers.extend(others(&service));
    let compared = matrix::check(&plan, &callers);
    assert_eq!(compared, 54 * (13 + 3 + 2 + 6));
}

/// The API makes no key without a scope, so the scopes of that one are taken away in the database.
fn key_with(service: &Service, administrator: &Client, scopes: &[&str]) -> String {
    let wanted = if scopes.is_empty() { json!(["damages:read"]) } else { json!(scopes) };
    let key = json!({ "name": format!("{} scopes", scopes.len()), "scopes": wanted });
    let key = administrator.post("/api/admin/v1/api-keys", &key).expect(201);
    if scopes.is_empty() {
        let database = rusqlite::Connection::open(service.database()).unwrap();
        database
            .execute_batch(
                "DROP TRIGGER api_key_scopes_stay;
                 UPDATE api_keys SET scopes = '[]' WHERE name = '0 scopes'",
            )
            .unwrap();
    }
    key["secret"].as_str().unwrap().to_owned()
}

/// The callers whose scopes do not matter.
fn others(service: &Service) -> Vec<Caller> {
    let bearer = |name: &str| service.client().bearer(service.variable(name));
    let good = service.variable("KEY_FULL_FLEET_MANAGEMENT");
    let closed = open_session(service);
    let path = "/api/admin/v1/session";
    assert_eq!(service.client().bearer(&closed).delete(path).status, 204);
    [
        ("no key", service.client(), Credential::None),
        ("an unknown key", service.client().bearer(&format!("sk_{}", "0".repeat(43))), Credential::Invalid),
        ("an expired key", bearer("KEY_EXPIRED"), Credential::Invalid),
        ("a revoked key", bearer("KEY_REVOKED"), Credential::Invalid),
        ("a good key in another header", service.client().with("X-API-Key", good), Credential::None),
        ("a closed session", service.client().bearer(&closed), Credential::Invalid),
    ]
    .map(|(name, client, credential)| Caller { name: name.to_owned(), client, credential })
    .into()
}

/// A session, opened as on the machine the service runs on.
fn open_session(service: &Service) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_inspecto"))
        .args(["open-session", "Test", "--database"])
        .arg(service.database())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The administrator is accepted by the administration and nowhere else; a table of its own, because closing the
/// session is one of the calls.
#[test]
fn an_administrator_is_let_into_the_administration_only() {
    let plan = example_testkit::plan(env!("CARGO_MANIFEST_DIR"));
    let service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    for operation in &plan.operations {
        let path = operation.path.to_string().replace("{id}", "987654").replace("{document_id}", "1");
        let client = service.client().bearer(&open_session(&service));
        let status = client.call(operation.method.as_str(), &path, None).status;
        let is_open = !path.starts_with("/api/third-party/");
        assert_eq!(status != 403, is_open, "{} {path}: {status}", operation.method);
        assert_ne!(status, 401, "{} {path}", operation.method);
    }
}

#[test]
fn every_item_of_the_policy_is_there_for_a_sentence() {
    let noticed = mutations::check(env!("CARGO_MANIFEST_DIR"));
    let of = |kind: &str| noticed.iter().filter(|line| line.starts_with(kind)).count();
    assert_eq!(of("the implication"), 7);
    assert_eq!(of("the family"), 7);
    assert_eq!(of("the status"), 4);
    assert_eq!(of("the bundle"), 3);
    assert_eq!(of("the audit"), 6);
}

#[test]
fn a_key_of_a_scope_that_is_only_planned_is_no_valid_key() {
    let service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    let key = service.variable("KEY_DAMAGES_READ");
    let read = || service.client().bearer(key).get("/api/third-party/v1/damages").status;
    assert_eq!(read(), 200);
    let database = rusqlite::Connection::open(service.database()).unwrap();
    database
        .execute_batch(
            r#"DROP TRIGGER api_key_scopes_stay;
               UPDATE api_keys SET scopes = '["damages:read","reports:read"]' WHERE name = 'damages_read'"#,
        )
        .unwrap();
    assert_eq!(read(), 401);
}

#[test]
fn what_is_generated_names_every_operation() {
    let document = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/scopes.md")).unwrap();
    for operation in &example_testkit::plan(env!("CARGO_MANIFEST_DIR")).operations {
        assert!(document.contains(&format!("`{}`", operation.title())), "{}", operation.title());
    }
}
