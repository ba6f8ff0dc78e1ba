//! Who may call what.

use crate::client::send;
use crate::served::Served;
use crate::service::{app, authenticated, authenticated_later};
use crate::speaking::{
    ANY_OF_ALL_OF, BAD, DOWN, Header, MODES_APART, NO_SCOPE, NONE, ONE_SCOPE, OPERATOR, READ, WRITE,
};

#[track_caller]
fn status_of(app: impl Served, method: &str, path: &str, headers: &[Header]) -> u16 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(send(app, method, path, headers)).status
}

#[track_caller]
fn check(method: &str, path: &str, expected: &[(&[Header], u16)]) {
    for (headers, status) in expected {
        assert_eq!(status_of(app(), method, path, headers), *status, "{method} {path} with {headers:?}");
    }
}

#[test]
fn one_scope() {
    check("GET", "/vehicles/7", ONE_SCOPE);
    check("GET", "/vehicles/7?key=vehicles%3Aread", &[(NONE, 200), (READ, 400)]);
    check("GET", "/vehicles/7?key=vehicles%3Aread&key=vehicles%3Aread", &[(NONE, 400)]);
}

#[test]
fn head_is_decided_as_get() {
    check("HEAD", "/vehicles/7", &[(NONE, 401), (NO_SCOPE, 403), (READ, 200)]);
    check("HEAD", "/health", &[(NONE, 200), (BAD, 200)]);
}

#[test]
fn any_of_all_of() {
    check("DELETE", "/vehicles/7", ANY_OF_ALL_OF);
}

#[test]
fn modes_are_decided_apart() {
    check("PUT", "/vehicles/7", MODES_APART);
}

#[test]
fn a_credential_and_no_scope() {
    let expected: &[(&[Header], u16)] =
        &[(NONE, 401), (BAD, 401), (DOWN, 503), (NO_SCOPE, 200), (READ, 200), (OPERATOR, 200)];
    check("GET", "/whoami", expected);
}

#[test]
fn optional_authentication_refuses_what_is_not_valid() {
    check("GET", "/search", &[(NONE, 200), (NO_SCOPE, 200), (BAD, 401), (DOWN, 503)]);
}

#[test]
fn public_looks_at_no_credential() {
    check("GET", "/health", &[(NONE, 200), (BAD, 200), (DOWN, 200), (READ, 200)]);
    check("GET", "/docs/guide/first", &[(NONE, 200), (BAD, 200)]);
}

#[test]
fn deferred_is_denied_for_everybody() {
    check("GET", "/todo", &[(NONE, 403), (BAD, 403), (DOWN, 403), (WRITE, 403), (OPERATOR, 403)]);
}

#[test]
fn a_nested_service_is_decided_at_its_registration() {
    for path in ["/files", "/files/", "/files/a/b"] {
        check("GET", path, &[(NONE, 401), (NO_SCOPE, 403), (READ, 200)]);
        check("DELETE", path, &[(NONE, 401), (NO_SCOPE, 403), (READ, 200)]);
    }
}

#[test]
fn paths_without_a_route_stay_404() {
    check("GET", "/nowhere", &[(NONE, 404), (READ, 404)]);
    check("PATCH", "/vehicles/7", &[(NONE, 405), (READ, 405)]);
    // No spelling of the path separates a request from its check.
    check("GET", "//vehicles/7", &[(NONE, 404)]);
    check("GET", "/vehicles/%37", &[(NONE, 401)]);
    check("GET", "/VEHICLES/7", &[(NONE, 404)]);
}

#[test]
fn without_an_authentication_layer_nobody_is_let_in() {
    let app = || crate::service::router().with_state(crate::service::Cars("")).guarded_unchecked();
    assert_eq!(status_of(app(), "GET", "/vehicles/7", READ), 401);
    assert_eq!(status_of(app(), "GET", "/health", READ), 200);
}

#[test]
fn waiting_for_the_answer_changes_nothing() {
    let part = || {
        let router = crate::service::router().with_state(crate::service::Cars(""));
        authenticated_later(router.guarded_unchecked())
    };
    for (headers, status) in
        [(NONE, 401), (BAD, 401), (DOWN, 503), (NO_SCOPE, 403), (READ, 200), (OPERATOR, 200)]
    {
        assert_eq!(status_of(part(), "GET", "/vehicles/7", headers), status, "{headers:?}");
    }
}

#[test]
fn a_grant_of_another_mode_is_none() {
    let headers = &[("x-api-key", "k_other-mode")];
    assert_eq!(status_of(app(), "GET", "/whoami", headers), 401);
}

#[test]
fn closures_constants_and_fallbacks_are_decided_at_their_registration() {
    use crate::scopes::{self, PublicReason, Scope};
    use crate::service::{Cars, any_route};
    use scopewright::axum::any_of;
    let router = scopewright::axum::Router::new()
        .route("/closure", any_route(scopes::requires([Scope::VehiclesRead, Scope::ADotB], async || "x")))
        .route(
            "/either",
            any_route(scopes::requires(any_of([Scope::VehiclesWrite, Scope::ADotB]), "constant")),
        )
        .route("/todo", any_route(scopes::scope_todo("CAR-2", "never")))
        .route("/anyone", any_route(scopes::authenticated("hello")))
        .method_not_allowed_fallback(scopes::public(PublicReason::Health, "not that method"))
        .fallback(scopes::requires(Scope::VehiclesRead, async || "fallback"));
    let app = || authenticated(router.clone().with_state(Cars("")).guarded_unchecked());
    let both: &[Header] = &[("x-api-key", "k_vehicles:read+a.b")];
    for (path, expected) in [
        ("/closure", [401, 403, 403, 200]),
        ("/either", [401, 403, 403, 200]),
        ("/todo", [403, 403, 403, 403]),
        ("/anyone", [401, 200, 200, 200]),
        ("/elsewhere", [401, 403, 200, 200]),
    ] {
        for (headers, status) in [NONE, NO_SCOPE, READ, both].into_iter().zip(expected) {
            assert_eq!(status_of(app(), "POST", path, headers), status, "{path} with {headers:?}");
        }
    }
}
