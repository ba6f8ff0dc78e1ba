//! Several credentials in one request that are one, and their parts by themselves, over real HTTP, on a service of the
//! policy in `together.rs` beside the emitters.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test panics when it fails, and takes from the client what it needs"
)]

mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/together.rs");
}

#[path = "../actix/client.rs"]
mod client;
#[path = "../shared/served.rs"]
mod served;
mod service;

use client::send;
use service::SERVICES;

type Header = (&'static str, &'static str);

const KEY: Header = ("X-API-Key", "k");
const APPLICATION: Header = ("X-Application-Key", "a");
const TOKEN: Header = ("Authorization", "Bearer t");
const DEVICE: Header = ("Cookie", "device=d");

/// What is sent to `GET /things`, and the answer: the mode and the secrets in the order of the policy, or a status.
const SENT: &[(&[Header], Result<&str, u16>)] = &[
    (&[], Err(401)),
    (&[KEY], Err(401)),
    (&[APPLICATION], Err(401)),
    (&[DEVICE], Err(401)),
    (&[TOKEN], Ok("jwt: t")),
    (&[KEY, APPLICATION], Ok("full: k+a")),
    (&[APPLICATION, KEY], Ok("full: k+a")),
    (&[TOKEN, DEVICE], Ok("paired: t+d")),
    (&[DEVICE, TOKEN], Ok("paired: t+d")),
    (&[KEY, APPLICATION, TOKEN], Err(400)),
    (&[KEY, APPLICATION, DEVICE], Err(400)),
    (&[KEY, APPLICATION, TOKEN, DEVICE], Err(400)),
    (&[KEY, TOKEN], Err(400)),
    (&[KEY, DEVICE], Err(400)),
    (&[KEY, KEY], Err(400)),
    (&[KEY, KEY, APPLICATION], Err(400)),
    (&[KEY, APPLICATION, APPLICATION], Err(400)),
    (&[TOKEN, TOKEN, DEVICE], Err(400)),
    (&[TOKEN, ("Authorization", "Basic YTpi"), DEVICE], Err(400)),
    (&[TOKEN, ("Cookie", "device=d; device=e")], Err(400)),
    (&[TOKEN, DEVICE, DEVICE], Err(400)),
    (&[KEY, ("X-Application-Key", "")], Err(401)),
    (&[("X-API-Key", "bad"), APPLICATION], Err(401)),
    // The first secret is that of the member named first, whatever comes first.
    (&[APPLICATION, ("X-API-Key", "bad")], Err(401)),
    (&[("X-Application-Key", "bad"), KEY], Ok("full: k+bad")),
    // What only a whole credential opens, the mode of a part does not.
    (&[("X-API-Key", "part"), APPLICATION], Err(401)),
];

#[test]
fn only_exactly_the_members_are_one_credential() {
    for (service, address) in *SERVICES {
        for (sent, expected) in SENT {
            let reply = send(address, "GET", "/things", sent);
            let found = if reply.status == 200 { Ok(reply.body.as_str()) } else { Err(reply.status) };
            assert_eq!(found, *expected, "{service}: {sent:?}");
        }
    }
}

/// A method, a path, what is sent, and the status.
const DECIDED: &[(&str, &str, &[Header], u16)] = &[
    // A part is a credential that is not valid: it does where none is looked at.
    ("GET", "/health", &[KEY], 200),
    ("GET", "/search", &[], 200),
    ("GET", "/search", &[KEY], 401),
    ("GET", "/search", &[KEY, APPLICATION], 200),
    ("PUT", "/things", &[KEY], 401),
    // A whole one is decided like any other.
    ("PUT", "/things", &[KEY, APPLICATION], 200),
    ("PUT", "/things", &[("X-API-Key", "reader"), APPLICATION], 403),
    ("PUT", "/things", &[TOKEN, DEVICE], 403),
    ("GET", "/devices", &[TOKEN, DEVICE], 200),
    ("GET", "/devices", &[DEVICE], 401),
    // This part is one by itself, too, and then of another mode.
    ("GET", "/devices", &[TOKEN], 403),
];

#[test]
fn a_part_is_not_valid_and_a_whole_is_decided_like_any_other() {
    for (service, address) in *SERVICES {
        for (method, path, sent, status) in DECIDED {
            let reply = send(address, method, path, sent);
            assert_eq!(reply.status, *status, "{service}: {method} {path} with {sent:?}");
        }
    }
}

#[test]
fn the_bearer_token_of_a_pair_is_challenged() {
    let bad: &[Header] = &[("Authorization", "Bearer bad"), DEVICE];
    let sent: &[(&str, &str, &[Header], &[&str])] = &[
        ("GET", "/devices", &[], &["Bearer realm=\"Together\""]),
        ("GET", "/devices", &[DEVICE], &["Bearer realm=\"Together\""]),
        ("GET", "/devices", bad, &["Bearer realm=\"Together\", error=\"invalid_token\""]),
        // Keys have no scheme.
        ("PUT", "/things", &[], &[]),
    ];
    for (service, address) in *SERVICES {
        for (method, path, headers, expected) in sent {
            let reply = send(address, method, path, headers);
            let challenges = reply.headers.iter().filter(|(name, _)| name == "www-authenticate");
            let challenges: Vec<&str> = challenges.map(|(_, value)| value.as_str()).collect();
            assert_eq!(challenges, *expected, "{service}: {method} {path} with {headers:?}");
        }
    }
}

#[cfg(feature = "testing")]
#[test]
fn no_case_has_a_caller_by_a_part() {
    let modes = scopewright::testing::cases::<scopes::Scope>().filter_map(|case| case.mode);
    let tried: std::collections::BTreeSet<&str> = modes.map(scopes::AuthMode::as_str).collect();
    assert_eq!(tried.into_iter().collect::<Vec<_>>(), ["full", "jwt", "paired"]);
}
