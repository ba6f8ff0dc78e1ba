//! What operators are told: why there is no valid credential, and that nobody looked for one. The hook, the log and the
//! report of a forgotten layer are the process's, so this is one test; it looks at what it alone asks for.

use crate::client::send;
use crate::service::{SERVICES, actix_without_middleware, axum_with_own_middleware, axum_without_layer};
use crate::{Header, KEY, TOKEN};
use scopewright::CredentialFinding;
use std::fmt::Write as _;
use std::sync::Mutex;

/// No other test is denied here.
const PATH: &str = "/console";

static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LOGGED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps all errors.
struct Errors;

impl tracing::Subscriber for Errors {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() == tracing::Level::ERROR
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Message(String);
        impl tracing::field::Visit for Message {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                write!(self.0, "{field}={value:?} ").unwrap();
            }
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        LOGGED.lock().unwrap().push(message.0);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

/// What is sent, and what is told: the kind, the finding, its modes.
const SENT: &[(&[Header], &str)] = &[
    (&[], "unauthenticated absent"),
    (&[("Authorization", "Basic YTpi")], "unauthenticated absent"),
    (&[("Cookie", "sid=old")], "unauthenticated invalid session"),
    (&[("Authorization", "Bearer old")], "unauthenticated invalid token fresh_token"),
    (&[("Authorization", "Bearer")], "unauthenticated invalid token fresh_token"),
    (&[("Cookie", "device=x")], "unauthenticated invalid device"),
    (&[("X-API-Key", "read+fly+drive")], "unauthenticated unknown_scopes:2 key"),
    (&[("Cookie", "sid=down")], "unavailable unchecked session"),
    (&[KEY, TOKEN], "invalid_request several key token fresh_token"),
    (&[("Cookie", "sid=x"), KEY], "invalid_request several session key"),
    (&[KEY, KEY], "invalid_request several key"),
    (&[KEY], "mode_refused valid key"),
    (&[("Authorization", "Bearer fresh@1000")], "mode_refused authenticated_too_long_ago token"),
];

#[test]
fn the_true_reason_is_told() {
    tracing::subscriber::set_global_default(Errors).unwrap();
    scopewright::on_denial(|event| {
        if event.route() != PATH {
            return;
        }
        let finding = match event.credential() {
            CredentialFinding::UnknownScopes { count } => format!("unknown_scopes:{count}"),
            other => other.as_str().to_owned(),
        };
        let all = [vec![event.kind().as_str(), &finding], event.credential_modes()].concat();
        TOLD.lock().unwrap().push(all.join(" "));
        assert!(!format!("{event:?}").contains("Secret"));
    })
    .unwrap();
    let told = || std::mem::take(&mut *TOLD.lock().unwrap());
    for (service, address) in *SERVICES {
        for (headers, expected) in SENT {
            send(address, "GET", PATH, headers);
            assert_eq!(told(), [*expected], "{service}: {headers:?}");
        }
    }
    assert_eq!(*LOGGED.lock().unwrap(), [] as [&str; 0]);

    // Somebody looked, and found none.
    send(axum_with_own_middleware(), "GET", PATH, &[]);
    assert_eq!(told(), ["unauthenticated absent"]);
    assert_eq!(*LOGGED.lock().unwrap(), [] as [&str; 0]);

    // Nobody looked. What everybody may see is seen all the same, and is no reason to say so.
    let forgotten = [axum_without_layer(), actix_without_middleware()];
    for address in forgotten {
        let reply = send(address, "GET", "/health", &[]);
        assert_eq!((reply.status, reply.body.as_str()), (200, "ok"));
        assert_eq!(send(address, "GET", "/todo", &[KEY]).status, 403);
    }
    assert_eq!(*LOGGED.lock().unwrap(), [] as [&str; 0]);
    for address in forgotten {
        let reply = send(address, "GET", PATH, &[KEY]);
        assert_eq!((reply.status, reply.body.as_str()), (401, crate::UNAUTHENTICATED));
        send(address, "GET", PATH, &[]);
        assert_eq!(told(), ["unauthenticated not_looked_for", "unauthenticated not_looked_for"]);
        let logged = LOGGED.lock().unwrap();
        assert_eq!(logged.len(), 1, "once for each policy: {logged:?}");
        assert!(
            logged[0].contains("no `AuthenticateLayer`") && logged[0].contains("route=\"/console\""),
            "{logged:?}"
        );
    }
}
