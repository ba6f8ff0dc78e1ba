//! Twenty clients that make, rotate, revoke and use keys at once, and a process that is killed meanwhile.

use example_testkit::storm::{self, Key, Keys, Size};
use example_testkit::{Client, Lost, Program, Service, busy, stalling};
use serde_json::{Value, json};

use crate::support::start;

/// The session that manages the keys.
struct Session {
    token: String,
}

impl Session {
    fn key(answer: &Value) -> Key {
        let text = |field: &str| answer[field].as_str().unwrap().to_owned();
        Key { id: text("id"), secret: text("secret") }
    }

    fn post(&self, client: &Client, path: &str, body: &Value) -> Result<example_testkit::Answer, Lost> {
        client.bearer(&self.token).try_call("POST", &format!("/api/v2/api-keys{path}"), Some(body))
    }
}

impl Keys for Session {
    fn issue(&self, client: &Client, name: &str) -> Result<Key, Lost> {
        let wanted = json!({ "name": name, "scopes": ["write"] });
        Ok(Self::key(&self.post(client, "", &wanted)?.expect(201)))
    }

    fn rotate(&self, client: &Client, key: &Key) -> Result<Key, Lost> {
        Ok(Self::key(&self.post(client, &format!("/{}/rotate", key.id), &json!({}))?.expect(200)))
    }

    fn revoke(&self, client: &Client, key: &Key) -> Result<(), Lost> {
        self.post(client, &format!("/{}/revoke", key.id), &json!({}))?.expect(200);
        Ok(())
    }

    fn read(&self, client: &Client, secret: &str) -> Result<u16, Lost> {
        Ok(client.with("X-API-Key", secret).try_call("GET", "/api/v2/prompts?limit=1", None)?.status)
    }

    fn write(&self, client: &Client, secret: &str, marker: &str) -> Result<u16, Lost> {
        let prompt = json!({ "name": marker, "text": "storm" });
        Ok(client.with("X-API-Key", secret).try_call("POST", "/api/v2/prompts", Some(&prompt))?.status)
    }

    fn markers(&self, client: &Client) -> Vec<String> {
        let client = client.bearer(&self.token);
        let mut markers = Vec::new();
        let mut next = String::new();
        loop {
            let page = client.get(&format!("/api/v2/prompts?limit=200{next}")).expect(200);
            let items = page["items"].as_array().unwrap();
            let stormy = items.iter().filter(|prompt| prompt["text"] == "storm");
            markers.extend(stormy.map(|prompt| prompt["name"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => return markers,
            }
        }
    }
}

#[test]
fn no_call_is_allowed_after_its_keys_revocation_was_acknowledged() {
    let mut service = start();
    let token = service.variable("JWT_PLAIN").to_owned();
    let judged = storm::run(&mut service, &Session { token }, Size::default());
    assert!(judged > 500, "{judged} answers");
}

#[test]
fn who_does_not_stall_is_served_beside_those_who_do() {
    let program = Program::new(env!("CARGO_BIN_EXE_videovector"));
    let keys = |service: &Service| Session { token: service.variable("JWT_PLAIN").to_owned() };
    let credential = |secret: &str| format!("X-API-Key: {secret}");
    stalling::check(program, keys, "/api/v2/health", "/api/v2/prompts", credential);
}

#[test]
fn who_reads_does_not_wait_for_those_who_wait_to_write() {
    let keys = |service: &Service| Session { token: service.variable("JWT_PLAIN").to_owned() };
    busy::check(Program::new(env!("CARGO_BIN_EXE_videovector")), keys, "/api/v2/health");
}
