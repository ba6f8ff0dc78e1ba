//! The metadata of a protected resource (RFC 9728), asked for over HTTP: see the same file beside the tests of axum.

use crate::client::{send, serve};
use scopewright::actix::{App, guarded, web};
use serde_json::{Value, json};

/// The cameras as `https://api.example.com:8443/cameras/v1/`.
#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod policy {
    include!("../../../scopewright-emit/tests/golden/rust/resource.rs");
}

use policy::{PublicReason, Scope, public, requires};

fn configure(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/cameras")
                .route(web::get().to(requires(Scope::ReadCameras, || async { "[]" })))
                .route(web::post().to(requires(Scope::WriteCameras, || async { "made" }))),
        )
        .route("/health", web::get().to(public(PublicReason::Health, || async { "ok" })));
}

const PATH: &str = "/.well-known/oauth-protected-resource/cameras/v1/";

#[test]
fn the_metadata_is_served_and_challenges_name_it() {
    let address = serve!(guarded::<Scope, _>(|| App::new().configure(configure)).unwrap());
    let reply = send(address, "GET", PATH, &[]);
    assert_eq!(reply.status, 200);
    assert!(reply.headers.contains(&("content-type".to_owned(), "application/json".to_owned())), "{reply:?}");
    assert_eq!(
        serde_json::from_str::<Value>(&reply.body).unwrap(),
        json!({
            "resource": "https://api.example.com:8443/cameras/v1/",
            "authorization_servers": ["https://auth.example.com/tenant", "https://auth.example.net"],
            "scopes_supported": ["list:cameras", "read:cameras", "watch:cameras", "write:cameras"],
            "bearer_methods_supported": ["header"],
            "resource_name": "Camera API",
            "resource_documentation": "https://docs.example.com/cameras?lang=en",
        })
    );
    assert_eq!(send(address, "HEAD", PATH, &[]).status, 200);
    assert_eq!(send(address, "POST", PATH, &[]).status, 405);
    assert_eq!(send(address, "GET", PATH.trim_end_matches('/'), &[]).status, 404);
    let denied = send(address, "GET", "/cameras", &[]);
    let url = format!("https://api.example.com:8443{PATH}");
    let challenge =
        format!("Bearer realm=\"Camera API\", scope=\"read:cameras\", resource_metadata=\"{url}\"");
    assert!(denied.headers.contains(&("www-authenticate".to_owned(), challenge)), "{denied:?}");
}

#[test]
fn one_application_serves_it_as_well() {
    let address = serve!(|| App::new().configure(configure).guarded::<Scope>().unwrap());
    assert_eq!(send(address, "GET", PATH, &[]).status, 200);
}
