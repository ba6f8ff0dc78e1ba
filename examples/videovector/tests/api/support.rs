//! What the tests share: a started service, its credentials, and a signer of sessions.

use std::time::{SystemTime, UNIX_EPOCH};

use example_keyring::jwt::{Signer, SigningAlgorithm};
use example_testkit::{Client, Program, Service};
use serde_json::{Value, json};

pub(crate) const ISSUER: &str = "https://login.videovector.example";
pub(crate) const AUDIENCE: &str = "https://api.videovector.example";

pub(crate) fn start() -> Service {
    Program::new(env!("CARGO_BIN_EXE_videovector")).start()
}

/// A client with one of the seed's API keys.
pub(crate) fn with_key(service: &Service, name: &str) -> Client {
    service.client().with("X-API-Key", service.variable(name))
}

/// A client with one of the seed's sessions.
pub(crate) fn with_session(service: &Service, name: &str) -> Client {
    service.client().bearer(service.variable(name))
}

pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// The claims of a session that may do everything; a claim that is changed to `null` is left out.
pub(crate) fn claims(changes: &Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "workspace": "acme", "scope": "admin",
        "iat": now(), "nbf": now() - 5, "exp": now() + 300,
    });
    for (claim, value) in changes.as_object().unwrap() {
        claims[claim] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims
}

/// The signers whose public keys the service knows.
pub(crate) fn signers(service: &Service) -> [Signer; 2] {
    [("rs256", SigningAlgorithm::Rs256), ("eddsa", SigningAlgorithm::EdDsa)].map(|(name, algorithm)| {
        let file = service.folder().join(format!("service.{name}.pk8"));
        Signer::read_private_key(&file, algorithm).unwrap()
    })
}

/// A new key of the demonstration's workspace.
pub(crate) fn issue(service: &Service, scopes: &[&str]) -> (String, String) {
    let wanted = json!({ "name": "A key", "scopes": scopes });
    let key = with_session(service, "JWT_PLAIN").post("/api/v2/api-keys", &wanted).expect(201);
    (key["id"].as_str().unwrap().to_owned(), key["secret"].as_str().unwrap().to_owned())
}
