//! Where a credential begins and ends.

use crate::{UNAUTHENTICATED, check};

#[test]
fn a_malformed_bearer_is_a_credential_that_is_not_valid() {
    for value in [
        "Bearer",
        "bearer ",
        "Bearer\tread",
        "Bearer:read",
        "Bearer=read",
        "BEARER,read",
        "Bearer \u{e4}",
        "Bearer\u{e4}",
    ] {
        check("/items", &[(&[("Authorization", value)], 401, UNAUTHENTICATED)]);
    }
}

#[test]
fn another_scheme_is_no_credential_of_ours() {
    for value in ["Basic YTpi", "Bearerx read", "Bearer-x read", "Bear read", "", "Digest username=\u{e4}"] {
        check("/items", &[(&[("Authorization", value)], 200, "items for everybody")]);
    }
}

#[test]
fn blanks_around_a_token_are_not_of_it() {
    check("/whoami", &[(&[("Authorization", "bEARER   read  ")], 200, "token")]);
}

#[test]
fn what_other_cookies_hold_says_nothing_of_ours() {
    check(
        "/whoami",
        &[
            (&[("Cookie", "theme=\u{e4}; sid=read")], 200, "session"),
            (&[("Cookie", "sid=read; theme=\u{1f36a}; sid2=x")], 200, "session"),
            (&[("Cookie", "sid=\"read\"; \u{e4}")], 200, "session"),
            (&[("Cookie", "\u{e4}=\u{e4}"), ("Cookie", "a; sid=read;;")], 200, "session"),
            (&[("Cookie", "sid=\u{e4}")], 401, UNAUTHENTICATED),
            (&[("Cookie", "sidx=read")], 401, UNAUTHENTICATED),
            (&[("Cookie", "SID=read")], 401, UNAUTHENTICATED),
            (&[("Cookie", "sid")], 401, UNAUTHENTICATED),
        ],
    );
}
