//! A credential that is not valid where none is needed.

use crate::{Header, INVALID_REQUEST, KEY, SESSION, TOKEN, UNAUTHENTICATED, check};

const STALE: Header = ("Cookie", "sid=old");
const EVERYBODY: &str = "items for everybody";

#[test]
fn one_of_a_mode_that_says_so_counts_as_none() {
    check(
        "/items",
        &[
            (&[], 200, EVERYBODY),
            (&[SESSION], 200, "items for session"),
            (&[STALE], 200, EVERYBODY),
            (&[("Cookie", "sid=")], 200, EVERYBODY),
            (&[("Cookie", "sid=\u{e4}")], 200, EVERYBODY),
            (&[("Authorization", "Bearer old")], 401, UNAUTHENTICATED),
            (&[("X-API-Key", "old")], 401, UNAUTHENTICATED),
            (&[("X-API-Key", "read+fly")], 401, UNAUTHENTICATED),
            (&[("Cookie", "device=read")], 401, UNAUTHENTICATED),
            // Beside another one it is passed over, or refused, as anywhere.
            (&[STALE, TOKEN], 200, "items for token"),
            (&[STALE, ("Authorization", "Bearer old")], 401, UNAUTHENTICATED),
            (&[STALE, KEY], 400, INVALID_REQUEST),
            (&[STALE, STALE], 400, INVALID_REQUEST),
        ],
    );
}

#[test]
fn one_that_could_not_be_checked_is_never_taken_for_none() {
    check("/items", &[(&[("Cookie", "sid=down")], 503, ""), (&[("Authorization", "Bearer down")], 503, "")]);
}

#[test]
fn where_one_is_needed_it_is_not_valid() {
    for path in ["/things", "/whoami"] {
        check(path, &[(&[STALE], 401, UNAUTHENTICATED)]);
    }
    check("/health", &[(&[STALE], 200, "ok")]);
}
