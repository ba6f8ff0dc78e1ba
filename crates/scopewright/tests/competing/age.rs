//! `max_age`, where the grant carries the time of authentication.

use crate::client::send;
use crate::service::SERVICES;
use crate::{Header, METADATA, challenges};

/// Tokens by how many seconds ago their users authenticated, and whether that is recent enough for five minutes.
const TOKENS: &[(&str, bool)] = &[
    ("Bearer fresh@0", true),
    ("Bearer fresh@250", true),
    ("Bearer fresh@350", false),
    ("Bearer fresh@100000000", false),
    // Clocks differ a little; a time that far off is none (milliseconds, say).
    ("Bearer fresh@-250", true),
    ("Bearer fresh@-350", false),
    ("Bearer fresh@-1800000000000", false),
    ("Bearer fresh@-9223372036854775807", false),
];

#[test]
fn who_authenticated_too_long_ago_has_what_the_lesser_mode_has() {
    let step_up = format!(
        "Bearer realm=\"Competing\", error=\"insufficient_user_authentication\", acr_values=\"fresh\", \
         max_age=\"300\", {METADATA}"
    );
    for (service, address) in *SERVICES {
        for (token, is_fresh) in TOKENS {
            let headers: &[Header] = &[("Authorization", token)];
            let reply = send(address, "GET", "/config", headers);
            let expected: (u16, &[&str]) = if *is_fresh { (200, &[]) } else { (401, &[&step_up]) };
            assert_eq!((reply.status, &*challenges(&reply)), expected, "{service}: {token}");
            let mode = if *is_fresh { "fresh_token" } else { "token" };
            assert_eq!(send(address, "GET", "/whoami", headers).body, mode, "{service}: {token}");
            assert_eq!(send(address, "GET", "/things", headers).status, 200, "{service}: {token}");
        }
    }
}
