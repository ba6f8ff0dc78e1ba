//! What the outside may watch.

use crate::client::send;
use crate::service::app;
use std::fmt::Write as _;
use std::sync::Mutex;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[tokio::test]
async fn every_denial_is_announced_without_its_secret() {
    scopewright::on_denial(|event| {
        let (kind, method, route) = (event.kind().as_str(), event.method(), event.route());
        let (mode, missing) = (event.mode().unwrap_or("-"), event.missing().join("+"));
        // Other tests of this process are denied as well.
        if route == "/whoami" || method == "PUT" {
            SEEN.lock().unwrap().push(format!("{kind} {method} {route} {mode} {missing} {event:?}"));
        }
    })
    .unwrap();
    send(app(), "PUT", "/vehicles/7", &[("x-api-key", "k_a:b")]).await;
    let seen = SEEN.lock().unwrap();
    let ours = "insufficient_scope PUT /vehicles/{vehicle} api_key vehicles:write";
    assert!(seen.iter().any(|event| event.starts_with(ours)), "{seen:?}");
    assert!(seen.iter().all(|event| !event.contains("k_")), "{seen:?}");
}

/// A subscriber that writes the fields of every event of ours into one text.
struct Written(std::sync::Arc<Mutex<String>>);

impl tracing::Subscriber for Written {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "scopewright::denied"
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Fields<'a>(&'a mut String);
        impl tracing::field::Visit for Fields<'_> {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                write!(self.0, "{field}={value:?} ").unwrap();
            }
        }
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn a_denial_is_a_tracing_event() {
    use crate::scopes::{AuthMode, Grant, Scope};
    use scopewright::require::{Any, Is, Require};
    const OPERATION: &scopewright::Operation<'static> =
        &Any::<(Is<{ Scope::VehiclesWrite as u16 }>, Is<{ Scope::AB as u16 }>)>::OPERATION;
    let written = std::sync::Arc::default();
    tracing::subscriber::with_default(Written(std::sync::Arc::clone(&written)), || {
        let grant = Grant::new(AuthMode::ApiKey).with_subject("Ada");
        assert!(scopewright::Denial::check(OPERATION, Some(&grant), "PUT", "/vehicles/{id}").is_err());
    });
    assert_eq!(
        *written.lock().unwrap(),
        "message=denied kind=\"insufficient_scope\" method=\"PUT\" route=\"/vehicles/{id}\" mode=\"api_key\" \
         credential=\"valid\" credential_modes=[\"api_key\"] \
         required=[[\"vehicles:write\"], [\"a:b\"]] missing=[\"vehicles:write\"] "
    );
}
