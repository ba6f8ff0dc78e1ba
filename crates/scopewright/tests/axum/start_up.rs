//! The comparison of what is registered with the policy's table.

use crate::client::send;
use crate::scopes::{self, PublicReason, Scope};
use crate::service::{Cars, any_route, router};
use scopewright::Method;
use scopewright::axum::Router;
use scopewright::axum::routing::{MethodFilter, get, on};

#[test]
fn the_service_is_its_table() {
    let registered = router();
    let mut paths: Vec<_> =
        registered.registrations().iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "ANY /files/{*rest}",
            "DELETE /vehicles/{vehicle}",
            "GET /docs/{*page}",
            "GET /health",
            "GET /search",
            "GET /todo",
            "GET /vehicles/{vehicle}",
            "GET /whoami",
            "PUT /vehicles/{vehicle}",
        ]
    );
    let names: Vec<_> = registered.registrations().iter().map(|it| it.handler).collect();
    assert!(names.contains(&"axum::service::Todo::answer"), "{names:?}");
    assert!(registered.with_state(Cars("")).guarded::<Scope>().is_ok());
}

#[test]
fn every_difference_is_told() {
    let router: Router<Cars> = Router::new()
        .nest(
            "/vehicles",
            Router::new().route("/{id}", get(scopes::requires([Scope::AB, Scope::Beta], "all"))),
        )
        .route("/health", get(scopes::authenticated("asks for a credential")))
        .route(
            "/search",
            on(MethodFilter::GET.or(MethodFilter::POST), scopes::public(PublicReason::Health, "")),
        )
        .route("/debug", get(scopes::authenticated("under a condition")))
        .fallback(scopes::scope_todo("CAR-3", ""));
    let mismatch = router.with_state(Cars("")).guarded::<Scope>().unwrap_err();
    assert_eq!(
        mismatch.to_string(),
        "\
the service differs from the scope policy's table in 10 places:
  - `ANY /files/{*rest}` is in the table, but nothing is registered for it
  - `GET /health` (`&str`) asks for any valid credential, but the table says nothing (public)
  - `GET /search` (`&str`) asks for nothing (public), but the table says nothing, or a valid credential
  - `POST /search` is registered (`&str`), but is not in the table
  - `GET /todo` is in the table, but nothing is registered for it
  - `GET /vehicles/{id}` (`&str`) asks for `a:b` and `beta`, but the table says `vehicles:read`
  - `PUT /vehicles/{id}` is in the table, but nothing is registered for it
  - `DELETE /vehicles/{id}` is in the table, but nothing is registered for it
  - `GET /whoami` is in the table, but nothing is registered for it
  - `ANY /{*fallback}` is registered (`&str`), but is not in the table
the build did not see the routes this program serves: run `cargo scopes routes`, and add what it can't follow to \
`[[routes]]` in scopes.toml"
    );
}

#[test]
fn a_part_of_plain_axum_may_hold_what_is_missing() {
    let plain = axum::Router::new().route("/health", axum::routing::get(|| async { "ok" }));
    let router: Router<Cars> = Router::new().merge_axum::<Scope>(plain);
    assert!(router.with_state(Cars("")).guarded::<Scope>().is_ok());
}

#[test]
fn all_ways_to_register_are_written_down() {
    let handler = || scopes::public(PublicReason::Health, "");
    let router: Router<Cars> = Router::new()
        .nest(
            "/a/",
            Router::new()
                .route(
                    "/b",
                    get(handler()).post(handler()).head(handler()).merge(on(MethodFilter::TRACE, handler())),
                )
                .route("/", any_route(handler())),
        )
        .nest("/c", Router::new().route("/", get(handler()).fallback(handler())).fallback(handler()))
        .route_service("/d", scopes::public(PublicReason::Health, axum::routing::any(|| async {})));
    let registered: Vec<_> =
        router.registrations().iter().map(|it| (it.method, it.path.as_str(), it.is_fallback)).collect();
    assert_eq!(
        registered,
        [
            (Method::Get, "/a/b", false),
            (Method::Post, "/a/b", false),
            (Method::Head, "/a/b", false),
            (Method::Trace, "/a/b", false),
            (Method::Any, "/a/", false),
            (Method::Get, "/c", false),
            (Method::Any, "/c", false),
            (Method::Any, "/c/{*fallback}", true),
            (Method::Any, "/d", false),
        ]
    );
    // axum's own view of the same router names the same paths.
    let axums_view = format!("{:?}", router.with_state(Cars("")).guarded_unchecked());
    for path in ["\"/a/b\"", "\"/a/\"", "\"/c\"", "\"/d\""] {
        assert!(axums_view.contains(path), "{path} in {axums_view}");
    }
}

#[tokio::test]
async fn what_is_reset_is_the_fallback_alone() {
    let handler = || scopes::public(PublicReason::Health, "answered");
    let other = Router::new().route("/b", get(handler())).fallback(handler());
    let router: Router<Cars> = Router::new()
        .route("/a", get(handler()))
        .method_not_allowed_fallback(handler())
        .merge(other)
        .reset_fallback();
    let registered: Vec<_> =
        router.registrations().iter().map(|it| (it.method, it.path.as_str(), it.is_fallback)).collect();
    assert_eq!(
        registered,
        [(Method::Get, "/a", false), (Method::Any, "/{*fallback}", true), (Method::Get, "/b", false)]
    );
    let app = router.with_state(Cars("")).guarded_unchecked();
    assert_eq!(send(app.clone(), "POST", "/a", &[]).await.body, "answered");
    assert_eq!(send(app, "POST", "/nowhere", &[]).await.status, 404);
}
