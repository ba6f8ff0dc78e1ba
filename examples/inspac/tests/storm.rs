//! Twenty clients that make, rotate, revoke and use keys at once, and a process that is killed meanwhile.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is missing here is a failed test")]

use example_testkit::storm::{self, Key, Keys, Size};
use example_testkit::{Client, Lost, Program, Service, busy, stalling};
use serde_json::{Value, json};

struct Settings {
    session: String,
}

impl Settings {
    /// A call of the settings, which must be answered with this status.
    fn call(
        &self,
        client: &Client,
        method: &str,
        path: &str,
        body: Option<&Value>,
        status: u16,
    ) -> Result<Value, Lost> {
        let path = format!("/v1/organization/keys{path}");
        Ok(client.bearer(&self.session).try_call(method, &path, body)?.expect(status))
    }

    fn key(answer: &Value) -> Key {
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Key { id: text("id"), secret: text("secret") }
    }
}

impl Keys for Settings {
    fn issue(&self, client: &Client, name: &str) -> Result<Key, Lost> {
        let new = json!({ "name": name, "scopes": ["issues:read", "issues:write"] });
        Ok(Self::key(&self.call(client, "POST", "", Some(&new), 201)?))
    }

    fn rotate(&self, client: &Client, key: &Key) -> Result<Key, Lost> {
        Ok(Self::key(&self.call(client, "POST", &format!("/{}/rotate", key.id), None, 200)?))
    }

    fn revoke(&self, client: &Client, key: &Key) -> Result<(), Lost> {
        self.call(client, "DELETE", &format!("/{}", key.id), None, 200).map(drop)
    }

    fn read(&self, client: &Client, secret: &str) -> Result<u16, Lost> {
        Ok(client.bearer(secret).try_call("GET", "/v1/issues?limit=1", None)?.status)
    }

    fn write(&self, client: &Client, secret: &str, marker: &str) -> Result<u16, Lost> {
        let issue = json!({ "title": marker, "description": "storm" });
        Ok(client.bearer(secret).try_call("POST", "/v1/issues", Some(&issue))?.status)
    }

    fn markers(&self, client: &Client) -> Vec<String> {
        let client = client.bearer(&self.issue(client, "reader").unwrap().secret);
        let mut markers = Vec::new();
        let mut after = String::new();
        loop {
            let page = client.get(&format!("/v1/issues?limit=100{after}")).expect(200);
            let issues = page["items"].as_array().unwrap().iter();
            let of_storm = issues.filter(|issue| issue["description"] == "storm");
            markers.extend(of_storm.map(|issue| issue["title"].as_str().unwrap().to_owned()));
            match page["next"].as_i64() {
                Some(last) => after = format!("&after={last}"),
                None => return markers,
            }
        }
    }
}

#[test]
fn no_call_is_allowed_after_its_keys_revocation_was_acknowledged() {
    let mut service = Program::new(env!("CARGO_BIN_EXE_inspac")).start();
    let session = service.variable("SESSION_ADMIN").to_owned();
    let judged = storm::run(&mut service, &Settings { session }, Size::default());
    assert!(judged > 500, "{judged} answers");
}

#[test]
fn who_does_not_stall_is_served_beside_those_who_do() {
    let program = Program::new(env!("CARGO_BIN_EXE_inspac"));
    let keys = |service: &Service| Settings { session: service.variable("SESSION_ADMIN").to_owned() };
    let credential = |secret: &str| format!("Authorization: Bearer {secret}");
    stalling::check(program, keys, "/health", "/v1/issues", credential);
}

#[test]
fn who_reads_does_not_wait_for_those_who_wait_to_write() {
    let keys = |service: &Service| Settings { session: service.variable("SESSION_ADMIN").to_owned() };
    busy::check(Program::new(env!("CARGO_BIN_EXE_inspac")), keys, "/health");
}
