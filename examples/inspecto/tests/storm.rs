//! Twenty clients that make, replace, revoke and use keys at once, and a process that is killed meanwhile.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is missing here is a failed test")]

use example_testkit::storm::{self, Key, Keys, Size};
use example_testkit::{Client, Lost, Program, Service, stalling};
use serde_json::json;

const KEYS: &str = "/api/admin/v1/api-keys";
const GROUPS: &str = "/api/third-party/v1/vehicle-groups";

struct Fleet {
    session: String,
}

impl Keys for Fleet {
    fn issue(&self, client: &Client, name: &str) -> Result<Key, Lost> {
        let key = json!({ "name": name, "scopes": ["vehicle-groups:write"] });
        let key = client.bearer(&self.session).try_call("POST", KEYS, Some(&key))?.expect(201);
        let text = |member: &str| key[member].as_str().unwrap().to_owned();
        Ok(Key { id: text("id"), secret: text("secret") })
    }

    /// A key is not given another secret here: a new one takes its place.
    fn rotate(&self, client: &Client, key: &Key) -> Result<Key, Lost> {
        let next = self.issue(client, "the next one")?;
        self.revoke(client, key)?;
        Ok(next)
    }

    fn revoke(&self, client: &Client, key: &Key) -> Result<(), Lost> {
        let path = format!("{KEYS}/{}/revoke", key.id);
        client.bearer(&self.session).try_call("POST", &path, None)?.expect(200);
        Ok(())
    }

    fn read(&self, client: &Client, secret: &str) -> Result<u16, Lost> {
        Ok(client.bearer(secret).try_call("GET", &format!("{GROUPS}?limit=1"), None)?.status)
    }

    fn write(&self, client: &Client, secret: &str, marker: &str) -> Result<u16, Lost> {
        Ok(client.bearer(secret).try_call("POST", GROUPS, Some(&json!({ "name": marker })))?.status)
    }

    fn markers(&self, client: &Client) -> Vec<String> {
        let key = self.issue(client, "reader").unwrap();
        let client = client.bearer(&key.secret);
        let mut markers = Vec::new();
        // The groups of the demonstration come first.
        let mut after = 3;
        loop {
            let page = client.get(&format!("{GROUPS}?limit=200&after={after}")).expect(200);
            let items = page["items"].as_array().unwrap();
            markers.extend(items.iter().map(|group| group["name"].as_str().unwrap().to_owned()));
            match page["next"].as_i64() {
                Some(next) => after = next,
                None => return markers,
            }
        }
    }
}

#[test]
fn no_call_is_allowed_after_its_keys_revocation_was_acknowledged() {
    let mut service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    let session = service.variable("ADMIN_SESSION").to_owned();
    let judged = storm::run(&mut service, &Fleet { session }, Size::default());
    assert!(judged > 500, "{judged} answers");
}

#[test]
fn who_does_not_stall_is_served_beside_those_who_do() {
    let program = Program::new(env!("CARGO_BIN_EXE_inspecto"));
    let keys = |service: &Service| Fleet { session: service.variable("ADMIN_SESSION").to_owned() };
    let credential = |secret: &str| format!("Authorization: Bearer {secret}");
    stalling::check(program, keys, "/health", "/api/third-party/v1/vehicle-groups", credential);
}
