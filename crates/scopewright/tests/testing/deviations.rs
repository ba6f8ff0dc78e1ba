//! Services that deviate from their policy in one place: every deviation is found.

use crate::scopes::{self, AuthMode, PublicReason, Scope};
use crate::service::{Cars, router};
use axum::routing::{MethodRouter, delete, get, put};
use scopewright::axum::any_of;
use scopewright::testing::axum::check;
use scopewright::testing::cases;
use scopewright::{requires_auth, requires_scope};

/// What is said of the service in which one operation is answered by something else, for callers without a
/// credential and for two of the modes.
async fn found(path: &str, other: MethodRouter<Cars>) -> Vec<String> {
    let right = router().with_state(Cars("all")).guarded_unchecked();
    let app = axum::Router::new()
        .route(path, other.fallback_service(right.clone()))
        .fallback_service(right)
        .with_state(Cars("all"));
    let Err(disagreements) = check::<Scope>(app, cases()).await else { return Vec::new() };
    assert!(disagreements.found.iter().all(|it| path.starts_with(it.case.route.split('{').next().unwrap())));
    let shown = [None, Some(AuthMode::ApiKey), Some(AuthMode::Mtls)];
    disagreements.found.iter().filter(|it| shown.contains(&it.case.mode)).map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_weaker_scope() {
    let found = found("/vehicles/{id}", get(scopes::requires(Scope::VehicleFieldsRead, "{}"))).await;
    assert_eq!(
        found[0],
        "`GET /vehicles/{id}` as `api_key` with `vehicle-fields:read`: expected `insufficient_scope` because it is just \
         below a least grant, but it was `let in` (200)"
    );
    assert_eq!(found.len(), 4, "the grant below and the unrelated ones, in two modes: {found:#?}");
}

#[tokio::test]
async fn a_stronger_scope() {
    let found = found("/vehicles/{id}", get(scopes::requires(Scope::VehiclesWrite, "{}"))).await;
    assert_eq!(
        found,
        ["api_key", "mtls"].map(|mode| format!(
            "`GET /vehicles/{{id}}` as `{mode}` with `vehicles:read`: expected `let in` because it is a least grant, \
             but it was `insufficient_scope` (403)"
        ))
    );
}

#[tokio::test]
async fn an_alternative_too_many() {
    let found =
        found("/vehicles/{id}", get(scopes::requires(any_of([Scope::VehiclesRead, Scope::AB]), "{}"))).await;
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].contains("because none of these scopes is asked for, but it was `let in`"),
        "{found:#?}"
    );
}

#[tokio::test]
async fn any_where_it_should_be_all() {
    let any = any_of([Scope::VehiclesRead, Scope::VehiclesWrite, Scope::ADotB]);
    let found = found("/vehicles/{id}", delete(scopes::requires(any, ""))).await;
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("with `vehicles:read`: expected `insufficient_scope`"), "{found:#?}");
}

#[tokio::test]
async fn a_lost_alternative() {
    let both = [Scope::VehiclesRead, Scope::VehiclesWrite];
    let found = found("/vehicles/{id}", delete(scopes::requires(both, ""))).await;
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("with `a.b`: expected `let in`"), "{found:#?}");
}

#[requires_scope("vehicles:write")]
async fn for_every_mode() {}

#[requires_scope("vehicles:write", via = "api_key")]
async fn for_keys_only() {}

#[tokio::test]
async fn a_mode_that_is_not_refused() {
    let found = found("/vehicles/{id}", put(for_every_mode)).await;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("`PUT /vehicles/{id}` as `mtls` with `vehicle-fields:read`, "),
        "{found:#?}"
    );
    assert!(
        found[0].ends_with(
            "expected `mode_refused` because this mode may never call it, but it was `let in` (200)"
        )
    );
}

#[tokio::test]
async fn a_mode_that_is_refused() {
    // The operators' and the OAuth clients' own decisions are gone; both modes shown are decided as before.
    assert_eq!(found("/vehicles/{id}", put(for_keys_only)).await, Vec::<String>::new());
    let app = axum::Router::new().route("/vehicles/{id}", put(for_keys_only));
    let of_put = cases::<Scope>().filter(|case| case.operation_id == "put__vehicles__id_");
    let disagreements = check(app, of_put).await.unwrap_err();
    assert_eq!((disagreements.found.len(), disagreements.tried), (6, 13), "{disagreements}");
}

#[requires_auth]
async fn for_any_credential() {}

#[tokio::test]
async fn decisions_of_another_kind() {
    let to = |found: Vec<String>| found.into_iter().map(|line| line.split(": ").nth(1).unwrap().to_owned());
    let told: Vec<_> = to(found("/health", get(for_any_credential)).await).collect();
    assert_eq!(told, ["expected `let in` because it is public, but it was `unauthenticated` (401)"]);
    let told: Vec<_> = to(found("/search", get(for_any_credential)).await).collect();
    assert_eq!(
        told,
        ["expected `let in` because a credential is optional, but it was `unauthenticated` (401)"]
    );
    let told: Vec<_> = to(found("/whoami", get(scopes::public(PublicReason::Health, ""))).await).collect();
    assert_eq!(
        told,
        ["expected `unauthenticated` because it asks for a credential, but it was `let in` (200)"]
    );
    let told: Vec<_> = to(found("/todo", get(for_any_credential)).await).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(
        told[1].starts_with("expected `undecided` because nobody has decided about it, but it was `let in`")
    );
}

#[tokio::test]
async fn a_handler_that_denies_by_itself_is_no_denial() {
    let own = || async { http::StatusCode::FORBIDDEN };
    let found = found("/vehicles/{id}", get(own)).await;
    assert!(
        found[0].ends_with(
            "expected `unauthenticated` because it asks for a credential, but it was `let in` (403)"
        )
    );
    assert_eq!(found.len(), 5, "nobody, and what is not enough in two modes: {found:#?}");
}

#[tokio::test]
async fn a_missing_route_is_found_unless_it_is_conditional() {
    // `/debug`, which the table has under a condition, is never there.
    assert_eq!(found("/nothing-of-the-table", get("")).await, Vec::<String>::new());
    let found = found("/vehicles/{id}", get(|| async { http::StatusCode::NOT_FOUND })).await;
    assert!(found[0].ends_with("but it was `let in` (404)"), "{found:#?}");
}
