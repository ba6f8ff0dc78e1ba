//! Who may call what.

use crate::client::{self, Reply, serve};
use crate::service::service;
use crate::speaking::{
    ANY_OF_ALL_OF, BAD, DOWN, Header, MODES_APART, NO_SCOPE, NONE, ONE_SCOPE, OPERATOR, READ, WRITE,
};
use std::net::SocketAddr;
use std::sync::LazyLock;

static SERVICE: LazyLock<SocketAddr> = LazyLock::new(|| serve!(service!(true)));

fn send(method: &str, path: &str, headers: &[Header]) -> Reply {
    client::send(*SERVICE, method, path, headers)
}

#[track_caller]
fn check(method: &str, path: &str, expected: &[(&[Header], u16)]) {
    for (headers, status) in expected {
        assert_eq!(send(method, path, headers).status, *status, "{method} {path} with {headers:?}");
    }
}

#[test]
fn one_scope() {
    check("GET", "/vehicles/7", ONE_SCOPE);
    check("GET", "/vehicles/7?key=vehicles%3Aread", &[(NONE, 200), (READ, 400)]);
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
fn attributes_decide_above_and_below_those_of_actix() {
    check("GET", "/whoami", &[(NONE, 401), (BAD, 401), (DOWN, 503), (NO_SCOPE, 200), (OPERATOR, 200)]);
    check("GET", "/search", &[(NONE, 200), (NO_SCOPE, 200), (BAD, 401), (DOWN, 503)]);
    check("GET", "/health", &[(NONE, 200), (BAD, 200), (DOWN, 200), (READ, 200)]);
    check("GET", "/todo", &[(NONE, 403), (BAD, 403), (DOWN, 403), (WRITE, 403), (OPERATOR, 403)]);
}

#[test]
fn a_handler_learns_who_called_and_how() {
    assert_eq!(send("GET", "/whoami", NO_SCOPE).body, "Ada via api_key, unverified");
    assert_eq!(send("GET", "/whoami", &[("Authorization", "BEARER x")]).body, "Ada via oauth2, verified");
    assert_eq!(send("GET", "/search", NO_SCOPE).body, "Ada");
    assert_eq!(send("GET", "/search", NONE).body, "nobody");
}

#[test]
fn closures_are_decided_at_their_registration() {
    for path in ["/files", "/files/", "/files/a/b"] {
        check("GET", path, &[(NONE, 401), (NO_SCOPE, 403), (READ, 200)]);
        check("DELETE", path, &[(NONE, 401), (NO_SCOPE, 403), (READ, 200)]);
    }
    check("GET", "/docs/guide/first", &[(NONE, 200), (BAD, 200)]);
}

#[test]
fn raw_services_are_decided_at_their_registration() {
    use crate::scopes::{self, PublicReason, Scope};
    use crate::speaking::Speaking;
    use actix_web::dev::{ServiceRequest, fn_service};
    use actix_web::{Error, HttpResponse};
    use scopewright::actix::{App, AuthenticateMiddleware, web};

    let authenticate = AuthenticateMiddleware::new(Speaking { at_once: true });
    let service = serve!(move || {
        let raw = || {
            fn_service(|request: ServiceRequest| async {
                Ok::<_, Error>(request.into_response(HttpResponse::Ok().body("raw")))
            })
        };
        App::new()
            .route("/route", web::get().service(scopes::authenticated(raw())))
            .service(web::scope("/files").default_service(scopes::requires(Scope::VehiclesRead, raw())))
            .service(web::resource("/resource").default_service(scopes::public(PublicReason::Health, raw())))
            .default_service(scopes::scope_todo("CAR-4", raw()))
            .wrap(authenticate.clone())
            .guarded_unchecked()
    });
    let status = |path: &str, headers| client::send(service, "GET", path, headers).status;
    for (path, nobody, no_scope, reader) in [
        ("/route", 401, 200, 200),
        ("/files/a", 401, 403, 200),
        ("/resource", 200, 200, 200),
        ("/nowhere", 403, 403, 403),
    ] {
        let found = (status(path, NONE), status(path, NO_SCOPE), status(path, READ));
        assert_eq!(found, (nobody, no_scope, reader), "{path}");
    }
}

#[test]
fn a_grant_of_a_mode_the_credential_did_not_come_by_is_none() {
    check("GET", "/whoami", &[(&[("x-api-key", "k_other-mode")], 401)]);
}

#[test]
fn waiting_for_the_answer_changes_nothing() {
    let waiting = serve!(service!(false));
    for (headers, status) in
        [(NONE, 401), (BAD, 401), (DOWN, 503), (NO_SCOPE, 403), (READ, 200), (OPERATOR, 200)]
    {
        assert_eq!(client::send(waiting, "GET", "/vehicles/7", headers).status, status, "{headers:?}");
    }
}

#[test]
fn no_spelling_of_the_path_separates_a_request_from_its_check() {
    for path in ["/vehicles/%37", "/%76ehicles/7"] {
        check("GET", path, &[(NONE, 401), (NO_SCOPE, 403), (READ, 200)]);
    }
    for path in ["//vehicles/7", "/VEHICLES/7", "/vehicles/7/", "/vehicles/x", "/nowhere"] {
        check("GET", path, &[(NONE, 404), (READ, 404)]);
    }
}
