//! What a request leaves behind in files and rows, and what needs no request.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is missing here is a failed test")]

use std::process::Command;

use example_testkit::{Client, Program, Service};
use serde_json::{Value, json};

fn start() -> Service {
    Program::new(env!("CARGO_BIN_EXE_inspac")).start()
}

fn everything(service: &Service) -> Client {
    service.client().bearer(service.variable("KEY_EVERYTHING"))
}

fn administrator(service: &Service) -> Client {
    service.client().bearer(service.variable("SESSION_ADMIN"))
}

fn command(service: &Service, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_inspac"))
        .args(arguments)
        .arg("--database")
        .arg(service.database())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_bytes_of_an_attachment_are_in_a_file() {
    let service = start();
    let client = everything(&service);
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let new = json!({
        "attach_to": "work", "id": 1, "file_name": "../../etc/passwd", "content_type": "image/png", "bytes": 100_000,
    });
    let upload = client.post("/v1/media/uploads", &new).expect(201);
    let path = format!("/v1/media/uploads/{}", upload["id"]);
    let put = |bytes: &[u8]| client.send("PUT", &format!("{path}/content"), bytes).unwrap();
    assert_eq!(put(&bytes[1..]).status, 422, "a byte is missing");
    let sha256 = put(&bytes).expect(200)["sha256"].clone();
    let completed = client.post(&format!("{path}/complete"), &json!({ "sha256": sha256 })).expect(200);
    assert_eq!(completed["state"], "completed");
    let stored = service.folder().join("service.media").join(upload["id"].to_string());
    assert_eq!(std::fs::read(stored).unwrap(), bytes);
    assert_eq!(put(&bytes).status, 409, "what is completed stays as it is");
    let work = client.get("/v1/works/1").expect(200);
    assert_eq!(work["attachments"][0]["sha256"], sha256);
}

#[test]
fn an_upload_that_is_too_large_is_not_read() {
    let service = start();
    let client = everything(&service);
    let new = |bytes: u64| json!({ "attach_to": "run", "id": 1, "file_name": "x", "content_type": "x/y", "bytes": bytes });
    assert_eq!(client.post("/v1/media/uploads", &new(16 * 1024 * 1024 + 1)).status, 422);
    assert_eq!(client.post("/v1/media/uploads", &new(0)).status, 422);
    let upload = client.post("/v1/media/uploads", &new(10)).expect(201);
    let path = format!("/v1/media/uploads/{}/content", upload["id"]);
    let too_large = client.send("PUT", &path, &vec![0; 17 * 1024 * 1024]);
    // The connection may be closed before all was sent.
    assert!(too_large.is_err() || too_large.is_ok_and(|answer| answer.status == 413));
}

#[test]
fn another_organisation_sees_and_touches_nothing() {
    let service = start();
    let other = service.client().bearer(service.variable("KEY_OTHER_ORGANISATION"));
    for path in [
        "/v1/issues/1",
        "/v1/works/1",
        "/v1/sites/1",
        "/v1/assets/1",
        "/v1/users/1",
        "/v1/checkins/1",
        "/v1/logs/1",
        "/v1/sensors/readings/1",
        "/v1/templates/1",
        "/v1/runs/1",
        "/v1/schedules/occurrences/1",
    ] {
        assert_eq!(other.get(path).status, 404, "{path}");
    }
    for (path, body) in [
        ("/v1/works", json!({ "title": "x", "issue_id": 1 })),
        ("/v1/assets", json!({ "site_id": 1, "name": "x" })),
        ("/v1/checkins", json!({ "site_id": 1, "user_id": 1 })),
        ("/v1/runs", json!({ "template_id": 1, "site_id": 1 })),
        ("/v1/logs", json!({ "text": "x", "issue_id": 1 })),
        (
            "/v1/media/uploads",
            json!({ "attach_to": "issue", "id": 1, "file_name": "x", "content_type": "x/y", "bytes": 1 }),
        ),
    ] {
        assert_eq!(other.post(path, &body).expect(422)["code"], "UNKNOWN_REFERENCE", "{path}");
    }
    let link = other.call("PUT", "/v1/schedules/occurrences/1/obligations/x", None);
    assert_eq!(link.status, 404);
    assert_eq!(other.delete("/v1/integrations/subscriptions/1").status, 404);
}

#[test]
fn what_has_a_date_stands_in_the_schedule() {
    let service = start();
    let client = everything(&service);
    let new = json!({ "title": "Paint the gate", "due_at": "2027-03-01T08:00:00Z" });
    let work = client.post("/v1/works", &new).expect(201);
    let due = |from: &str| {
        let path = format!("/v1/schedules/occurrences?from={from}");
        let page = client.get(&path).expect(200);
        page["items"].as_array().unwrap().iter().map(|it| it["work_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(due("2027-02-28T00:00:00Z"), [work["id"].clone()]);
    let change = json!({ "due_at": "2028-01-01T00:00:00Z" });
    client.call("PATCH", &format!("/v1/works/{}", work["id"]), Some(&change)).expect(200);
    assert_eq!(due("2027-12-31T00:00:00Z"), [work["id"].clone()], "moved, not doubled");
    let events = client.get("/v1/calendar/events?from=2028-01-01T00:00:00Z").expect(200);
    assert_eq!(events[0]["title"], "Paint the gate");
}

#[test]
fn a_change_leaves_a_message_for_those_who_subscribed() {
    let service = start();
    let client = everything(&service);
    client.post("/v1/issues", &json!({ "title": "Heard of" })).expect(201);
    client.post("/v1/works", &json!({ "title": "Nobody subscribed" })).expect(201);
    assert_eq!(client.post("/v1/issues", &json!({ "title": "x", "site_id": 99 })).status, 422);
    let database = rusqlite::Connection::open(service.database()).unwrap();
    let mut messages = database.prepare("SELECT payload FROM outbox").unwrap();
    let messages: Vec<String> =
        messages.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    let message: Value = serde_json::from_str(message).unwrap();
    assert_eq!(
        (&message["trigger"], &message["data"]["title"]),
        (&json!("issue.created"), &json!("Heard of"))
    );
}

#[test]
fn an_audit_tells_the_scopes_a_key_did_not_use_for_long() {
    let service = start();
    let client = everything(&service);
    client.get("/v1/issues/1").expect(200);
    client.get("/v1/sites/1").expect(200);
    assert_eq!(
        client.post("/v1/works", &json!({ "title": "x", "issue_id": 99 })).status,
        422,
        "used all the same"
    );
    service.client().bearer(service.variable("KEY_GATEWAY")).get("/v1/issues/1");
    let audit = || administrator(&service).get("/v1/organization/scope-audit?unused_for_days=30").expect(200);
    let of = |audit: &Value, name: &str| {
        audit.as_array().unwrap().iter().find(|key| key["name"] == name).unwrap()["unused"].clone()
    };
    assert_eq!(of(&audit(), "Migration"), json!([]), "the keys are younger than that");

    let database = rusqlite::Connection::open(service.database()).unwrap();
    let age = |table: &str, column: &str, filter: &str| {
        let sql = format!(
            "UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '-31 days') WHERE {filter}"
        );
        assert!(database.execute(&sql, []).unwrap() > 0);
    };
    age("api_keys", "created_at", "TRUE");
    age("scope_uses", "last_used_at", "scope = 'sites:read'");
    let audited = audit();
    let unused = of(&audited, "Migration");
    let unused: Vec<&str> = unused.as_array().unwrap().iter().map(|scope| scope.as_str().unwrap()).collect();
    assert_eq!(unused.len(), 24);
    assert!(unused.contains(&"sites:read") && !unused.contains(&"issues:read"));
    assert!(!unused.contains(&"works:write"), "an error of the handler's is a use");
    assert_eq!(of(&audited, "Sensor gateway"), json!(["sensors:write"]), "a denied call is no use");
    let printed = command(&service, &["audit", "Harbour Facilities", "--unused-for-days", "30"]);
    assert!(
        printed
            .lines()
            .any(|line| line.starts_with("Sensor gateway (key_") && line.ends_with(": sensors:write"))
    );
}

#[test]
fn a_session_ends() {
    let service = start();
    let token = command(&service, &["session", "Harbour Facilities", "ben@harbour.example"]);
    let ben = service.client().bearer(token.trim());
    assert_eq!(ben.get("/v1/organization/keys").status, 200);
    let database = rusqlite::Connection::open(service.database()).unwrap();
    database.execute("UPDATE admin_sessions SET expires_at = '2026-01-01T00:00:00.000Z'", []).unwrap();
    assert_eq!(ben.get("/v1/organization/keys").status, 401);
}

#[test]
fn the_settings_show_no_secret_twice() {
    let service = start();
    let administrator = administrator(&service);
    let new = json!({ "name": "Once", "scopes": ["issues:read"], "expires_in_days": 30 });
    let issued = administrator.post("/v1/organization/keys", &new).expect(201);
    let secret = issued["secret"].as_str().unwrap();
    let path = format!("/v1/organization/keys/{}", issued["id"].as_str().unwrap());
    for shown in [administrator.get(&path), administrator.get("/v1/organization/keys")] {
        assert_eq!(shown.status, 200);
        assert!(!shown.text().contains(secret));
    }
    assert!(issued["expires_at"].is_string());
}

/// The committed document is what the handlers say and, beside that, only what the policy adds.
#[test]
fn the_served_document_is_that_of_the_handlers() {
    let service = start();
    let served: Value = serde_saphyr::from_str(&service.client().get("/openapi.yaml").text()).unwrap();
    let mut of_handlers: Value = serde_saphyr::from_str(&command(&service, &["openapi"])).unwrap();
    let mut served = without_additions(served);
    for document in [&mut served, &mut of_handlers] {
        document["components"].as_object_mut().unwrap().retain(|name, _| name == "schemas");
    }
    let added: Vec<String> = served["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| of_handlers["components"]["schemas"].get(name).is_none())
        .cloned()
        .collect();
    assert!(added.iter().all(|name| name.ends_with("Body")), "{added:?}");
    for name in added {
        served["components"]["schemas"].as_object_mut().unwrap().remove(&name);
    }
    assert_eq!(
        served, of_handlers,
        "run `inspac openapi > openapi/inspac.yaml`, then `cargo scopes generate`"
    );
}

fn without_additions(mut document: Value) -> Value {
    document.as_object_mut().unwrap().retain(|name, _| !name.starts_with("x-"));
    for operations in document["paths"].as_object_mut().unwrap().values_mut() {
        for operation in operations.as_object_mut().unwrap().values_mut() {
            let operation = operation.as_object_mut().unwrap();
            operation.retain(|name, _| name != "security" && !name.starts_with("x-"));
            operation["responses"]
                .as_object_mut()
                .unwrap()
                .retain(|status, _| status != "401" && status != "403");
        }
    }
    document
}
