//! Twenty clients that make, rotate, revoke and use keys at once, and a process that is killed meanwhile.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is missing here is a failed test")]

use example_testkit::storm::{self, Key, Keys, Size};
use example_testkit::{Client, Lost, Program, Service, busy, stalling};
use serde_json::{Value, json};

const OPERATOR: &str = "an operator's token";

/// The External App whose keys they are.
struct App {
    path: String,
}

impl App {
    fn made(service: &Service) -> Self {
        let app = json!({
            "organisation": "Northwind Logistics",
            "name": "Storm",
            "scopes": ["read:events", "write:events"],
        });
        let app = service.client().bearer(OPERATOR).post("/api/v1/admin/external-apps", &app).expect(201);
        Self { path: format!("/api/v1/admin/external-apps/{}", app["id"]) }
    }

    fn key(answer: &Value) -> Key {
        Key { id: answer["id"].to_string(), secret: answer["secret"].as_str().unwrap().to_owned() }
    }
}

impl Keys for App {
    fn issue(&self, client: &Client, name: &str) -> Result<Key, Lost> {
        let client = client.bearer(OPERATOR);
        let answer =
            client.try_call("POST", &format!("{}/keys", self.path), Some(&json!({ "label": name })))?;
        Ok(Self::key(&answer.expect(201)))
    }

    fn rotate(&self, client: &Client, key: &Key) -> Result<Key, Lost> {
        let path = format!("{}/keys/{}/rotate", self.path, key.id);
        let answer = client.bearer(OPERATOR).try_call("POST", &path, Some(&json!({})))?;
        Ok(Self::key(&answer.expect(200)))
    }

    fn revoke(&self, client: &Client, key: &Key) -> Result<(), Lost> {
        let path = format!("{}/keys/{}", self.path, key.id);
        let answer = client.bearer(OPERATOR).try_call("DELETE", &path, None)?;
        assert_eq!(answer.status, 204, "{}", answer.text());
        Ok(())
    }

    fn read(&self, client: &Client, secret: &str) -> Result<u16, Lost> {
        Ok(client.with("X-API-Key", secret).try_call("GET", "/api/v1/events?limit=1", None)?.status)
    }

    fn write(&self, client: &Client, secret: &str, marker: &str) -> Result<u16, Lost> {
        let event = json!({ "kind": "note", "severity": "low", "summary": marker });
        Ok(client.with("X-API-Key", secret).try_call("POST", "/api/v1/events", Some(&event))?.status)
    }

    fn markers(&self, client: &Client) -> Vec<String> {
        let key = self.issue(client, "reader").unwrap();
        let client = client.with("X-API-Key", &key.secret);
        let mut markers = Vec::new();
        let mut next = String::new();
        loop {
            let page = client.get(&format!("/api/v1/events?kind=note&limit=100{next}")).expect(200);
            let items = page["items"].as_array().unwrap();
            markers.extend(items.iter().map(|event| event["summary"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_i64() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => return markers,
            }
        }
    }
}

#[test]
fn no_call_is_allowed_after_its_keys_revocation_was_acknowledged() {
    let mut service = program().start();
    let app = App::made(&service);
    let judged = storm::run(&mut service, &app, Size::default());
    assert!(judged > 500, "{judged} answers");
}

#[test]
fn who_does_not_stall_is_served_beside_those_who_do() {
    let credential = |secret: &str| format!("X-API-Key: {secret}");
    stalling::check(program(), App::made, "/healthz", "/api/v1/events", credential);
}

fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_cortexvigil")).with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR)
}

#[test]
fn who_reads_does_not_wait_for_those_who_wait_to_write() {
    busy::check(program(), App::made, "/healthz");
}
