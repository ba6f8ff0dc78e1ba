//! Keys: their scopes stay as they were created, their end, their revocation; and nothing of their secret is stored.

use example_testkit::{Client, Program, Service};
use rusqlite::Connection;
use serde_json::{Value, json};

const KEYS: &str = "/api/admin/v1/api-keys";

fn start() -> Service {
    Program::new(env!("CARGO_BIN_EXE_inspecto")).start()
}

fn administrator(service: &Service) -> Client {
    service.client().bearer(service.variable("ADMIN_SESSION"))
}

fn create(service: &Service, key: &Value) -> Value {
    administrator(service).post(KEYS, key).expect(201)
}

#[test]
fn no_statement_changes_the_scopes_of_a_key() {
    let service = start();
    let database = Connection::open(service.database()).unwrap();
    let refused = |sql: &str| database.execute_batch(sql).unwrap_err().to_string();
    let change = "UPDATE api_keys SET scopes = '[\"vehicles:write\"]' WHERE name = 'damages_read'";
    assert!(refused(change).contains("cannot be changed: create a new key"));
    let replace = "INSERT OR REPLACE INTO api_keys (id, owner, name, hint, digest, scopes)
                   SELECT id, owner, name, hint, digest, '[\"vehicles:write\"]' FROM api_keys";
    assert!(refused(replace).contains("cannot be replaced: create a new key"));
    let replace = "INSERT OR REPLACE INTO api_keys (id, owner, name, hint, digest, scopes)
                   SELECT 'key_other', owner, name, hint, digest, '[\"vehicles:write\"]'
                   FROM api_keys WHERE name = 'damages_read'";
    assert!(refused(replace).contains("cannot be replaced"));
    assert!(refused("DELETE FROM api_keys").contains("cannot be deleted: revoke it"));
    let key = service.client().bearer(service.variable("KEY_DAMAGES_READ"));
    assert_eq!(key.get("/api/third-party/v1/damages").status, 200);
    assert_eq!(key.get("/api/third-party/v1/vehicles").status, 403);
}

#[test]
fn a_key_ends_when_it_was_said_to() {
    let service = start();
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_millis(1500);
    let key = create(
        &service,
        &json!({ "name": "short", "scopes": ["damages:read"], "expires_at": soon.to_string() }),
    );
    let client = service.client().bearer(key["secret"].as_str().unwrap());
    let read = || client.get("/api/third-party/v1/damages").status;
    assert_eq!(read(), 200);
    std::thread::sleep(std::time::Duration::from_millis(1700));
    assert_eq!(read(), 401);
    let path = format!("{KEYS}/{}", key["id"].as_str().unwrap());
    assert_eq!(administrator(&service).get(&path).expect(200).get("state"), Some(&json!("expired")));
}

#[test]
fn a_request_for_a_key_has_to_make_sense() {
    let service = start();
    let fields = |key: Value| {
        let answer = administrator(&service).post(KEYS, &key).expect(422);
        let errors = answer.get("errors").unwrap().as_array().unwrap().clone();
        let field = |error: Value| error.pointer("/details/field").unwrap().as_str().unwrap().to_owned();
        errors.into_iter().map(field).collect::<Vec<_>>()
    };
    assert_eq!(fields(json!({ "name": "k" })), ["scopes"]);
    assert_eq!(fields(json!({ "name": "k", "scopes": ["damages:read"], "bundle": "read-only" })), ["bundle"]);
    assert_eq!(
        fields(json!({ "name": "", "bundle": "everything", "owner": "me" })),
        ["name", "bundle", "owner"]
    );
    let past = json!({ "name": "k", "bundle": "read-only", "expires_at": "2020-01-01T00:00:00Z" });
    assert_eq!(fields(past), ["expires_at"]);
    let twice = json!({
        "name": "k", "bundle": "read-only", "expires_at": "2099-01-01T00:00:00Z", "expires_in_days": 1,
    });
    assert_eq!(fields(twice), ["expires_at"]);
}

#[test]
fn no_secret_is_stored_or_shown_again() {
    let service = start();
    let key = create(&service, &json!({ "name": "secret", "bundle": "read-only" }));
    let secret = key["secret"].as_str().unwrap();
    let path = format!("{KEYS}/{}", key["id"].as_str().unwrap());
    for path in [KEYS, &path] {
        assert!(!administrator(&service).get(path).text().contains(secret));
    }
    Connection::open(service.database()).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    for secret in [secret, service.variable("ADMIN_SESSION")] {
        let stored = std::fs::read(service.database()).unwrap();
        assert!(!stored.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()));
    }
}

#[test]
fn a_closed_session_is_done() {
    let service = start();
    let administrator = administrator(&service);
    assert_eq!(administrator.get("/api/admin/v1/session").status, 200);
    assert_eq!(administrator.delete("/api/admin/v1/session").status, 204);
    assert_eq!(administrator.get("/api/admin/v1/session").status, 401);
    assert_eq!(administrator.get(KEYS).status, 401);
}
