//! What a service answers against what its OpenAPI document says it may answer.

use serde_json::Value;

use crate::matrix::a_request_path;
use crate::{Client, Service};

const METHODS: [&str; 5] = ["delete", "get", "patch", "post", "put"];

/// Sends every operation of a document by every client: without a body, with an empty object, with what is no JSON, with
/// another media type, and with more than any body may have. Each status that comes back is one the operation has, as itself
/// or as `4XX`. Returns how many answers were looked up.
///
/// Also held: the document says where the service is, and what can't be provoked here: a body that does not come (408),
/// where there is one, and a database that is busy (503), where a credential has to be looked up.
///
/// # Panics
/// If one is missing.
pub fn every_status(service: &Service, document: &str, clients: &[Client]) -> usize {
    let document: Value = serde_saphyr::from_str(document).unwrap();
    assert!(
        document.pointer("/servers/0/url").is_some_and(Value::is_string),
        "the document has no `servers`"
    );
    let (mut looked_up, mut missing) = (0, Vec::new());
    for (path, item) in document.get("paths").and_then(Value::as_object).unwrap() {
        for method in METHODS {
            let operation = &item[method];
            if operation.is_null() {
                continue;
            }
            let mut look_up = |status: u16, occasion: &str| {
                looked_up += 1;
                if !is_documented(&operation["responses"], status) {
                    missing.push(format!("{method} {path}: {status} {occasion}"));
                }
            };
            let has_body = operation["requestBody"].is_object();
            if has_body {
                look_up(408, "for a body that does not come");
            }
            if operation["security"].as_array().is_some_and(|modes| !modes.is_empty()) {
                look_up(503, "for a busy database");
            }
            for client in clients.iter().chain([&service.client()]) {
                for (occasion, media, body) in bodies(has_body) {
                    let client = match media {
                        Some(media) => client.with("Content-Type", media),
                        None => client.clone(),
                    };
                    let answer = client.send(&method.to_uppercase(), &a_request_path(path), &body);
                    // A connection may be closed before all of a body that is too long was sent.
                    if let Ok(answer) = answer {
                        look_up(answer.status, occasion);
                    }
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "{} of {looked_up} are not documented:\n{}",
        missing.len(),
        missing.join("\n")
    );
    looked_up
}

fn bodies(has_body: bool) -> Vec<(&'static str, Option<&'static str>, Vec<u8>)> {
    let json = Some("application/json");
    let mut bodies = vec![("without a body", None, Vec::new())];
    if has_body {
        bodies.extend([
            ("for an empty object", json, b"{}".to_vec()),
            ("for what is no JSON", json, b"{".to_vec()),
            ("for another media type", Some("text/plain"), b"{}".to_vec()),
            ("for a body that is too long", json, vec![b' '; 3 * 1024 * 1024]),
        ]);
    }
    bodies
}

fn is_documented(responses: &Value, status: u16) -> bool {
    let of_its_kind = format!("{}XX", status / 100);
    [status.to_string(), of_its_kind].iter().any(|name| !responses[name.as_str()].is_null())
}
