//! Which of several credentials counts.

use crate::client::send;
use crate::service::{SEEN, SERVICES};
use crate::{Header, INVALID_REQUEST, KEY, METADATA, SESSION, TOKEN, UNAUTHENTICATED, challenges, check};

/// Where a secret goes: headers, and `?` for the query.
type Placed = fn(&str) -> Vec<(String, String)>;

/// Each credential there is by itself: what the handler calls it, and where a secret of it goes.
const CREDENTIALS: [(&str, Placed); 5] = [
    ("session", |secret| vec![header("Cookie", &format!("sid={secret}"))]),
    ("key", |secret| vec![header("X-API-Key", secret)]),
    ("token", |secret| vec![header("Authorization", &format!("Bearer {secret}"))]),
    ("parameter", |secret| vec![header("?", &format!("key={secret}"))]),
    ("paired", |secret| vec![header("X-Application", secret), header("Cookie", &format!("device={secret}"))]),
];

/// What the policy says.
const YIELDS_TO: &[(&str, &str)] = &[("session", "token"), ("paired", "key")];

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The one of these that all others yield to.
fn counts<'n>(sent: &[&'n str]) -> Option<&'n str> {
    let is_first = |one: &&str| sent.iter().all(|other| other == one || YIELDS_TO.contains(&(*other, *one)));
    sent.iter().copied().find(|one| is_first(one))
}

#[test]
fn of_every_set_of_credentials_the_one_counts_that_the_others_yield_to() {
    let mut served = 0;
    for chosen in 1..1_usize << CREDENTIALS.len() {
        let sent: Vec<_> = (0..CREDENTIALS.len()).filter(|at| chosen & (1 << at) != 0).collect();
        let names: Vec<&str> = sent.iter().map(|at| CREDENTIALS[*at].0).collect();
        let first = counts(&names);
        // With what counts valid and stale: what is passed over is neither, because nobody looks at it.
        for (secret, valid) in [("read", true), ("old", false)] {
            let secret_of = |name: &str| if Some(name) == first { secret } else { "never-looked-up" };
            let all = sent.iter().flat_map(|at| CREDENTIALS[*at].1(secret_of(CREDENTIALS[*at].0)));
            let (query, headers): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name == "?");
            let path = format!("/whoami?{}", query.first().map_or("", |(_, value)| value));
            let headers: Vec<(&str, &str)> =
                headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            for (service, address) in *SERVICES {
                let reply = send(address, "GET", &path, &headers);
                let expected = match first {
                    None => (400, INVALID_REQUEST),
                    Some(_) if !valid => (401, UNAUTHENTICATED),
                    Some(first) => (200, first),
                };
                assert_eq!((reply.status, reply.body.as_str()), expected, "{service}: {names:?} {secret}");
                served += usize::from(reply.status == 200 && names.len() > 1);
            }
        }
    }
    // Session and token, key and pair; on four services.
    assert_eq!(served, 8);
    assert!(!SEEN.lock().unwrap().iter().any(|secret| secret.contains("never-looked-up")));
}

#[test]
fn two_of_one_mode_are_never_chosen_between() {
    let token_of_another: Header = ("Authorization", "Bearer read");
    check(
        "/whoami",
        &[
            (&[("Cookie", "sid=read; sid=read")], 400, INVALID_REQUEST),
            (&[SESSION, SESSION], 400, INVALID_REQUEST),
            (&[KEY, KEY], 400, INVALID_REQUEST),
            (&[TOKEN, token_of_another], 400, INVALID_REQUEST),
            (&[TOKEN, token_of_another, SESSION], 400, INVALID_REQUEST),
            (&[TOKEN, ("Authorization", "Basic YTpi")], 400, INVALID_REQUEST),
            (&[("Authorization", "Basic YTpi"), TOKEN, SESSION], 400, INVALID_REQUEST),
            (
                &[("Authorization", "Basic YTpi"), ("Authorization", "Basic YTpi"), SESSION],
                400,
                INVALID_REQUEST,
            ),
            (&[("X-Application", "read"), ("Cookie", "device=read; device=read")], 400, INVALID_REQUEST),
            (&[KEY, KEY, ("X-Application", "read"), ("Cookie", "device=read")], 400, INVALID_REQUEST),
            // A scheme that no mode has is not ours.
            (&[KEY, ("Authorization", "Basic YTpi")], 200, "key"),
            // All that yields is passed over, however often it is there.
            (&[("Cookie", "sid=a; sid=b"), TOKEN], 200, "token"),
            (&[("Cookie", "theme=dark"), TOKEN], 200, "token"),
            (&[("Cookie", "sid="), TOKEN], 200, "token"),
        ],
    );
    check("/whoami?key=read&key=read", &[(&[], 400, INVALID_REQUEST), (&[TOKEN], 400, INVALID_REQUEST)]);
}

#[test]
fn what_counts_is_not_replaced_when_it_is_no_good() {
    check(
        "/whoami",
        &[
            (&[SESSION, ("Authorization", "Bearer old")], 401, UNAUTHENTICATED),
            (&[SESSION, ("Authorization", "Bearer")], 401, UNAUTHENTICATED),
            (&[SESSION, ("Authorization", "Bearer\tread")], 401, UNAUTHENTICATED),
        ],
    );
}

#[test]
fn a_part_yields_where_all_do_that_it_is_a_part_of() {
    let (device, application) = (("Cookie", "device=read"), ("X-Application", "read"));
    check(
        "/whoami",
        &[
            (&[device], 401, UNAUTHENTICATED),
            (&[device, application], 200, "paired"),
            (&[device, KEY], 200, "key"),
            (&[application, KEY], 200, "key"),
            (&[device, TOKEN], 400, INVALID_REQUEST),
            (&[device, application, TOKEN], 400, INVALID_REQUEST),
            (&[device, application, KEY, SESSION], 400, INVALID_REQUEST),
            // What does not yield does not do so because something beside it does.
            (&[device, KEY, TOKEN], 400, INVALID_REQUEST),
        ],
    );
}

#[test]
fn the_answer_is_that_of_rfc_6750_section_3_1() {
    let bearer = format!("Bearer realm=\"Competing\", error=\"invalid_request\", {METADATA}");
    let expected: &[(&str, &[Header], u16, &[&str])] = &[
        ("/things", &[KEY, TOKEN], 400, &[&bearer]),
        ("/whoami", &[TOKEN, TOKEN], 400, &[&bearer]),
        ("/items", &[KEY, TOKEN], 400, &[&bearer]),
        // That the token could not call anyway makes no difference.
        ("/config", &[KEY, TOKEN], 400, &[&bearer]),
        // No token is among them.
        ("/things", &[KEY, SESSION], 400, &[]),
        // What asks for no credential looks at none, and what nobody has decided is that.
        ("/health", &[KEY, TOKEN], 200, &[]),
        ("/todo", &[KEY, TOKEN], 403, &[]),
    ];
    for (service, address) in *SERVICES {
        for (path, headers, status, wanted) in expected {
            let reply = send(address, "GET", path, headers);
            assert_eq!(reply.status, *status, "{service}: {path} {headers:?}");
            assert_eq!(challenges(&reply), *wanted, "{service}: {path} {headers:?}");
        }
    }
}
