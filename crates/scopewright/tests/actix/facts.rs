//! What actix-web 4.18 does by itself, which the table and the comparison rely on.

use crate::client::{Reply, send, serve};
use crate::service::service;
use actix_web::{App, guard, web};

#[test]
fn head_is_not_answered_by_the_handler_of_get() {
    let service = serve!(service!(true));
    // A resource with routes has none for it; a handler with `#[get]` is no resource for it.
    assert_eq!(send(service, "HEAD", "/vehicles/7", &[]).status, 405);
    assert_eq!(send(service, "HEAD", "/whoami", &[]).status, 404);
}

#[test]
fn a_resource_answers_405_and_a_route_404() {
    let service = serve!(service!(true));
    let Reply { status, headers, .. } = send(service, "PATCH", "/vehicles/7", &[]);
    assert_eq!(status, 405);
    assert!(headers.iter().any(|(name, value)| name == "allow" && value.contains("GET")), "{headers:?}");
    assert_eq!(send(service, "PATCH", "/todo", &[]).status, 404);
}

#[test]
fn paths_are_put_together_as_they_are() {
    let ok = || async { "ok" };
    let service = serve!(move || {
        let child = || web::resource("/x").to(ok);
        App::new()
            .service(web::scope("/trimmed/").service(child()))
            .service(web::scope("bare").service(web::resource("y").to(ok)).route("", web::get().to(ok)))
            .service(web::scope("/slash").route("/", web::get().to(ok)))
    });
    let status = |path: &str| send(service, "GET", path, &[]).status;
    assert_eq!((status("/trimmed/x"), status("/trimmed//x")), (404, 200));
    assert_eq!((status("/bare/y"), status("/bare"), status("/bare/")), (200, 200, 404));
    assert_eq!((status("/slash"), status("/slash/")), (404, 200));
}

#[test]
fn a_guard_of_a_scope_holds_for_everything_in_it() {
    let ok = || async { "ok" };
    let service = serve!(move || {
        App::new().service(web::scope("/read").guard(guard::Get()).service(web::resource("/x").to(ok)))
    });
    assert_eq!(send(service, "GET", "/read/x", &[]).status, 200);
    assert_eq!(send(service, "POST", "/read/x", &[]).status, 404);
}
