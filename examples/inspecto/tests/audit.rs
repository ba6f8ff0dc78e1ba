//! The audit log: what write scopes let in is written down before it takes effect, or does not happen.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "what is missing here is a failed test")]

use example_testkit::{Client, Program, Service};
use rusqlite::Connection;
use serde_json::{Value, json};

const GROUPS: &str = "/api/third-party/v1/vehicle-groups";

/// What `[denial.unavailable]` declares.
const UNAVAILABLE: &str = r#"{"errors":[{"code":"UNAVAILABLE","message":"The service is busy, try again"}]}"#;

fn start() -> Service {
    Program::new(env!("CARGO_BIN_EXE_inspecto")).start()
}

fn with_key(service: &Service, key: &str) -> Client {
    service.client().bearer(service.variable(key))
}

/// Method, route and scopes of each entry.
fn entries(service: &Service) -> Vec<Value> {
    let log = with_key(service, "ADMIN_SESSION").get("/api/admin/v1/audit-log?limit=200").expect(200);
    let entries = log["items"].as_array().cloned().unwrap_or_default();
    entries.into_iter().map(|entry| json!([entry["method"], entry["route"], entry["scopes"]])).collect()
}

fn database(service: &Service) -> Connection {
    Connection::open(service.database()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_row_names_the_call_the_key_and_the_scope() {
    let service = start();
    let made = with_key(&service, "KEY_FULL_FLEET_MANAGEMENT").post(GROUPS, &json!({ "name": "East" }));
    made.expect(201);
    let log = with_key(&service, "ADMIN_SESSION").get("/api/admin/v1/audit-log").expect(200);
    let entry = &log["items"][0];
    assert_eq!((&entry["method"], &entry["route"]), (&json!("POST"), &json!(GROUPS)));
    assert_eq!((&entry["mode"], &entry["scopes"]), (&json!("api_key"), &json!(["vehicle-groups:write"])));
    let key = entry["api_key_id"].as_str().unwrap_or_default();
    let key = with_key(&service, "ADMIN_SESSION").get(&format!("/api/admin/v1/api-keys/{key}")).expect(200);
    assert_eq!(key["name"], "full_fleet_management");
}

#[test]
fn only_what_a_write_scope_lets_in_is_written_down() {
    let service = start();
    with_key(&service, "KEY_READ_ONLY").get(GROUPS).expect(200);
    with_key(&service, "KEY_VEHICLE_GROUPS_READ").post(GROUPS, &json!({ "name": "East" })).expect(403);
    service.client().post(GROUPS, &json!({ "name": "East" })).expect(401);
    with_key(&service, "ADMIN_SESSION").get("/api/admin/v1/scopes").expect(200);
    assert_eq!(entries(&service), Vec::<Value>::new());
    // Let in by the write scope, which includes the one that is asked for.
    with_key(&service, "KEY_VEHICLE_GROUPS_WRITE").get(GROUPS).expect(200);
    // Let in, and then refused by the handler: an attempt is written down, too.
    with_key(&service, "KEY_VEHICLE_GROUPS_WRITE").delete(&format!("{GROUPS}/999")).expect(404);
    let scopes = json!(["vehicle-groups:write"]);
    let one_group = format!("{GROUPS}/{{id}}");
    assert_eq!(entries(&service), [json!(["GET", GROUPS, scopes]), json!(["DELETE", one_group, scopes])]);
}

/// Somebody else holds the database: the row can't be written, so the call is refused and has no effect.
#[test]
fn a_call_that_cannot_be_written_down_is_not_made() {
    let service = start();
    let writer = with_key(&service, "KEY_VEHICLE_GROUPS_WRITE");
    let lock = database(&service);
    lock.execute_batch("BEGIN IMMEDIATE").unwrap_or_else(|error| panic!("{error}"));
    let refused = writer.post(GROUPS, &json!({ "name": "East" }));
    assert_eq!(refused.expect(503)["errors"][0]["code"], "UNAVAILABLE");
    assert_eq!(refused.text(), UNAVAILABLE);
    // Reading needs no row.
    with_key(&service, "KEY_READ_ONLY").get(GROUPS).expect(200);
    lock.execute_batch("ROLLBACK").unwrap_or_else(|error| panic!("{error}"));
    let groups = with_key(&service, "KEY_READ_ONLY").get(&format!("{GROUPS}?name=East")).expect(200);
    assert_eq!(groups["items"], json!([]));
    assert_eq!(entries(&service), Vec::<Value>::new());
    writer.post(GROUPS, &json!({ "name": "East" })).expect(201);
    assert_eq!(entries(&service).len(), 1);
}

#[test]
fn a_log_that_is_gone_stops_every_write() {
    let service = start();
    database(&service).execute_batch("DROP TABLE audit_log").unwrap_or_else(|error| panic!("{error}"));
    let writer = with_key(&service, "KEY_VEHICLE_GROUPS_WRITE");
    for refused in [writer.post(GROUPS, &json!({ "name": "East" })), writer.delete(&format!("{GROUPS}/3"))] {
        assert_eq!((refused.status, refused.text().as_str()), (503, UNAVAILABLE));
    }
    with_key(&service, "KEY_READ_ONLY").get(&format!("{GROUPS}/3")).expect(200);
}

#[test]
fn no_statement_changes_what_was_written_down() {
    let service = start();
    with_key(&service, "KEY_VEHICLE_GROUPS_WRITE").post(GROUPS, &json!({ "name": "East" })).expect(201);
    for sql in ["UPDATE audit_log SET api_key_id = NULL", "DELETE FROM audit_log"] {
        let refused = database(&service).execute_batch(sql).err().map(|error| error.to_string());
        assert!(refused.is_some_and(|error| error.contains("only ever added to")), "{sql}");
    }
    assert_eq!(entries(&service).len(), 1);
}
