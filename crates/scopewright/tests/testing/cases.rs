//! Which cases a policy makes.

use crate::scopes::{AuthMode, Scope};
use crate::service::{app, router};
use scopewright::testing::{cases, least_grant};

/// The cases of one operation in one mode, as `scopes -> verdict`.
fn of(method: &str, route: &str, mode: AuthMode) -> Vec<String> {
    cases::<Scope>()
        .filter(|case| case.method.as_str() == method && case.route == route && case.mode == Some(mode))
        .map(|case| {
            let names: Vec<_> = case.granted.iter().map(|scope| scope.as_str()).collect();
            format!("{} -> {:?}", names.join(" "), case.expected)
        })
        .collect()
}

#[test]
fn least_grants_and_those_just_below_them() {
    // `vehicles:write` alone gives both scopes of `all("vehicles:read", "vehicles:write")`.
    assert_eq!(
        of("DELETE", "/vehicles/{id}", AuthMode::ApiKey),
        [
            "vehicles:read -> InsufficientScope",
            "vehicles:write -> Allowed",
            " -> InsufficientScope",
            "a.b -> Allowed",
            "vehicle-fields:read a:b #zone:read https://www.example/auth/x beta -> InsufficientScope",
        ]
    );
    // `vehicles:write` gives `vehicles:read`, of which `deprecated` is another holder.
    assert_eq!(
        of("GET", "/vehicles/{id}", AuthMode::Session),
        [
            "vehicle-fields:read -> InsufficientScope",
            "vehicles:read -> Allowed",
            "vehicle-fields:read a:b a.b #zone:read https://www.example/auth/x beta -> InsufficientScope",
        ]
    );
}

#[test]
fn every_mode_has_its_own() {
    let put = |mode| of("PUT", "/vehicles/{id}", mode);
    assert_eq!(put(AuthMode::Operator), [" -> Allowed"]);
    assert_eq!(
        put(AuthMode::Oauth2),
        [
            "vehicles:read -> InsufficientScope",
            "vehicles:write -> Allowed",
            "vehicle-fields:read a.b -> InsufficientScope",
            "vehicles:read a.b -> Allowed",
            "vehicle-fields:read a:b #zone:read https://www.example/auth/x beta -> InsufficientScope",
        ]
    );
    let everything = "vehicle-fields:read vehicles:read vehicles:write a:b a.b #zone:read https://www.example/auth/x beta deprecated";
    assert_eq!(put(AuthMode::Mtls), [format!("{everything} -> ModeRefused")]);
    assert_eq!(of("GET", "/todo", AuthMode::ApiKey), [format!("{everything} -> Undecided")]);
}

#[test]
fn callers_without_a_credential() {
    let nobody: Vec<_> = cases::<Scope>()
        .filter(|case| case.mode.is_none())
        .map(|case| format!("{case}: {:?}", case.expected))
        .collect();
    assert_eq!(
        nobody,
        [
            "`GET /debug` without a credential: Unauthenticated",
            "`GET /files/{*rest}` without a credential: Unauthenticated",
            "`GET /health` without a credential: Allowed",
            "`GET /search` without a credential: Allowed",
            "`GET /todo` without a credential: Undecided",
            "`DELETE /vehicles/{id}` without a credential: Unauthenticated",
            "`GET /vehicles/{id}` without a credential: Unauthenticated",
            "`PUT /vehicles/{id}` without a credential: Unauthenticated",
            "`GET /whoami` without a credential: Unauthenticated",
        ],
        "`/docs` is declared in the policy only: no handler of this service answers it"
    );
}

#[test]
fn a_grant_for_one_operation() {
    let raw = |mode, operation: &str| least_grant::<Scope>(mode, operation).raw().collect::<Vec<_>>();
    assert_eq!(raw(AuthMode::ApiKey, "PUT /vehicles/{id}"), [Scope::VehiclesWrite]);
    assert_eq!(
        raw(AuthMode::Oauth2, "put__vehicles__id_"),
        [Scope::VehiclesWrite],
        "of two least grants the first"
    );
    assert_eq!(raw(AuthMode::ApiKey, "ANY /files/{*rest}"), [Scope::VehiclesRead]);
    assert_eq!(raw(AuthMode::Operator, "DELETE /vehicles/{id}"), []);
}

#[test]
#[should_panic(expected = "`PUT /vehicles/{id}` lets no credential of the mode Mtls in")]
fn a_mode_that_may_never_call_has_no_grant() {
    least_grant::<Scope>(AuthMode::Mtls, "PUT /vehicles/{id}");
}

#[test]
#[should_panic(expected = "the policy's table has no operation `GET /docs/{*path}` with a handler")]
fn an_operation_without_a_handler_has_no_grant() {
    least_grant::<Scope>(AuthMode::ApiKey, "GET /docs/{*path}");
}

#[tokio::test]
async fn the_service_answers_every_case_as_its_policy_says() {
    scopewright::testing::axum::every_operation::<Scope>(app()).await;
    // Without the layer that reads credentials as well: the grants are in the requests.
    let bare = router().with_state(crate::service::Cars("all")).guarded_unchecked();
    let tried = scopewright::testing::axum::check::<Scope>(bare, cases()).await.unwrap();
    assert_eq!(tried, cases::<Scope>().count());
    assert!(tried > 100, "{tried}");
}
