//! Requests with several credentials, with stale ones and with none that anybody looked for, over real HTTP and on both
//! frameworks, on a service of the policy in `competing.rs` beside the emitters.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test panics when it fails, and takes from the client what it needs"
)]

mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/competing.rs");
}

mod age;
#[path = "../actix/client.rs"]
mod client;
mod optional;
mod places;
mod precedence;
mod reasons;
#[path = "../shared/served.rs"]
mod served;
mod service;

use client::{Reply, send};
use service::SERVICES;

/// A header of a request.
pub type Header = (&'static str, &'static str);

const KEY: Header = ("X-API-Key", "read");
const TOKEN: Header = ("Authorization", "Bearer read");
const SESSION: Header = ("Cookie", "sid=read");

/// What follows the scheme and the realm in every challenge of this policy.
const METADATA: &str = "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource\"";

fn challenges(reply: &Reply) -> Vec<&str> {
    let challenges = reply.headers.iter().filter(|(name, _)| name == "www-authenticate");
    challenges.map(|(_, value)| value.as_str()).collect()
}

/// Sends each request to each service, and compares status and body.
#[track_caller]
fn check(path: &str, sent: &[(&[Header], u16, &str)]) {
    for (service, address) in *SERVICES {
        for (headers, status, body) in sent {
            let reply = send(address, "GET", path, headers);
            let found = (reply.status, reply.body.as_str());
            assert_eq!(found, (*status, *body), "{service}: {path} with {headers:?}");
        }
    }
}

const UNAUTHENTICATED: &str = r#"{"detail":"not_authenticated"}"#;
const INVALID_REQUEST: &str = r#"{"detail":"invalid_request"}"#;
