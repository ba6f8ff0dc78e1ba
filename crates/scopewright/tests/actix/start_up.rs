//! The comparison of what is registered with the policy's table.

use crate::scopes::{self, PublicReason, Scope};
use crate::service::configure;
use actix_web::guard;
use scopewright::Method;
use scopewright::actix::{App, Registration, web};
use scopewright::{public, requires_scope};

#[test]
fn the_service_is_its_table() {
    let app = App::new().configure(configure);
    let mut paths: Vec<_> =
        app.registrations().iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "ANY /files/{*fallback}",
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
    let names: Vec<_> = app.registrations().iter().map(|it| it.handler).collect();
    for name in ["actix::service::Todo::answer", "actix::service::ours_above::whoami"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(app.guarded::<Scope>().is_ok());
}

#[test]
fn every_difference_is_told() {
    let text = |text: &'static str| move || async move { text };
    let app = App::new()
        .service(
            web::scope("/vehicles")
                .route("/{id}", web::get().to(scopes::requires([Scope::AB, Scope::Beta], text("all")))),
        )
        .route("/health", web::get().to(scopes::authenticated(text("asks for a credential"))))
        .default_service(web::to(scopes::scope_todo("CAR-3", text(""))));
    let mismatch = app.guarded::<Scope>().err().unwrap().to_string();
    for line in [
        "in 9 places:",
        "  - `ANY /files/{*rest}` is in the table, but nothing is registered for it",
        "  - `GET /health` (`actix::start_up::every_difference_is_told::",
        "asks for any valid credential, but the table says nothing (public)",
        "asks for `a:b` and `beta`, but the table says `vehicles:read`",
        "  - `ANY /{*fallback}` is registered (`actix::",
    ] {
        assert!(mismatch.contains(line), "{line} in {mismatch}");
    }
}

#[public(reason = "health")]
#[actix_web::routes]
#[get("/first")]
#[post(r"/second/{id:\d+}")]
async fn twice() -> &'static str {
    ""
}

#[scopewright::actix::routes]
#[get("/third")]
#[delete("/third")]
#[requires_scope("vehicles:read")]
async fn thrice() -> &'static str {
    ""
}

#[scopewright::actix::route("/fourth", method = "GET", method = "PUT")]
#[public(reason = "health")]
async fn fourth() -> &'static str {
    ""
}

fn told(registrations: &[Registration]) -> Vec<(Method, &str, bool)> {
    registrations.iter().map(|it| (it.method, it.path.as_str(), it.is_fallback)).collect()
}

#[test]
fn all_ways_to_register_are_written_down() {
    let handler = || scopes::public(PublicReason::Health, || async { "" });
    let resource = web::resource(["/b", "c"])
        .post(handler())
        .route(web::route().guard(guard::Any(guard::Get()).or(guard::Put())).to(handler()))
        .route(web::route().guard(guard::Header("accept", "text/plain")).to(handler()))
        .default_service(web::to(handler()));
    let app = App::new()
        .service(web::scope("/a").service(resource).default_service(web::to(handler())))
        .service(web::scope("/read").guard(guard::Get()).configure(|config| {
            config.service(web::resource("").to(handler())).service(vec![web::resource("x").post(handler())]);
        }))
        .service((twice, thrice, fourth))
        .service(web::resource("/tail/{rest:.*}").get(handler()));
    assert_eq!(
        told(app.registrations()),
        [
            (Method::Post, "/a/b", false),
            (Method::Post, "/a/c", false),
            (Method::Get, "/a/b", false),
            (Method::Get, "/a/c", false),
            (Method::Put, "/a/b", false),
            (Method::Put, "/a/c", false),
            (Method::Any, "/a/b", false),
            (Method::Any, "/a/c", false),
            (Method::Any, "/a/b", false),
            (Method::Any, "/a/c", false),
            (Method::Any, "/a/{*fallback}", true),
            // A guard of the scope lets nothing else through.
            (Method::Get, "/read", false),
            (Method::Get, "/first", false),
            (Method::Post, "/second/{id}", false),
            (Method::Get, "/third", false),
            (Method::Delete, "/third", false),
            (Method::Get, "/fourth", false),
            (Method::Put, "/fourth", false),
            (Method::Get, "/tail/{*rest}", false),
        ]
    );
}

#[test]
fn a_plain_part_may_hold_what_is_missing() {
    let plain = actix_web::web::scope("/health").route("", actix_web::web::get().to(|| async { "ok" }));
    assert!(App::new().service_actix::<Scope>(plain).guarded::<Scope>().is_ok());
}
