//! The door before plain actix-web services.

use crate::client::{send, serve};
use crate::scopes::Scope;
use crate::speaking::Speaking;
use actix_web::web::{get, patch, post, resource, scope};
use scopewright::actix::{App, AuthenticateMiddleware};

#[test]
fn only_the_table_opens_the_door() {
    let authenticate = AuthenticateMiddleware::new(Speaking { at_once: true });
    let service = serve!(move || {
        App::new()
            .service_actix::<Scope>(
                scope("/vehicles")
                    .route("/export", get().to(|| async { "not in the table" }))
                    .route("/{number}", get().to(|| async { "vehicle" }))
                    .route("/{number}", patch().to(|| async { "not in the table" })),
            )
            .service_actix::<Scope>(resource("/health").get(|| async { "ok" }))
            .service_actix::<Scope>(scope("/files").default_service(get().to(|| async { "file" })))
            .service_actix::<Scope>(
                scope("/nested")
                    .route("/{id}", get().to(|| async { "not in the table" }))
                    .route("/backdoor", post().to(|| async { "not in the table" })),
            )
            .wrap(authenticate.clone())
            .guarded_unchecked()
    });
    for (method, path, nobody, reader) in [
        // In the table, under another parameter name.
        ("GET", "/vehicles/7", 401, 200),
        ("GET", "/vehicles/%37", 401, 200),
        ("GET", "/health", 200, 200),
        ("GET", "/files/a/b", 401, 200),
        ("GET", "/files", 401, 200),
        // A path of the table, another method.
        ("PATCH", "/vehicles/7", 403, 403),
        // Not in the table, whatever else of the table its path fits.
        ("GET", "/vehicles/export", 403, 403),
        ("GET", "/vehicles/%65xport", 403, 403),
        ("GET", "/%76ehicles/export", 403, 403),
        // Not in the table.
        ("POST", "/nested/backdoor", 403, 403),
        ("GET", "/nested/7", 403, 403),
        ("GET", "/nested/7/8", 404, 404),
        ("GET", "/nowhere", 404, 404),
    ] {
        assert_eq!(send(service, method, path, &[]).status, nobody, "{method} {path}");
        let key = [("x-api-key", "k_vehicles:read")];
        assert_eq!(send(service, method, path, &key).status, reader, "{method} {path} with a key");
    }
}
