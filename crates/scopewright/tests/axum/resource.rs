//! The metadata of a protected resource, asked for over HTTP: held against what RFC 9728 asks for, written down here.

use crate::client::{Reply, send};
use crate::served::Served;
use scopewright::Catalogue;
use scopewright::Grant;
use scopewright::axum::routing::{Router, get};
use scopewright::axum::{AuthenticateLayer, Rejection, authenticate_with};
use serde_json::{Value, json};

/// The cameras as `https://api.example.com:8443/cameras/v1/`.
#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod with_path {
    include!("../../../scopewright-emit/tests/golden/rust/resource.rs");
}

/// The cameras as `https://api.example.com/`.
#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod without_path {
    include!("../../../scopewright-emit/tests/golden/rust/resource_without_path.rs");
}

macro_rules! service {
    ($name:ident, $scopes:ident) => {
        /// The service of a policy, as it is served.
        fn $name() -> impl Served {
            use $scopes::{AuthMode, PublicReason, Scope, public, requires};
            let cameras = get(requires(Scope::ReadCameras, "[]")).post(requires(Scope::WriteCameras, "made"));
            let router: Router = Router::new()
                .route("/cameras", cameras)
                .route("/health", get(public(PublicReason::Health, "ok")));
            let authenticate = authenticate_with::<Scope, _>(|presented| match presented.mode() {
                Some(AuthMode::Operator) if presented.secret() == "reader" => {
                    Ok(Grant::of(AuthMode::Operator, [Scope::ReadCameras]))
                }
                _ => Err(Rejection::Invalid),
            });
            router.guarded::<Scope>().unwrap().layer(AuthenticateLayer::new(authenticate))
        }
    };
}

service!(at_path, with_path);
service!(at_host, without_path);

async fn ask(app: impl Served, method: &str, path: &str) -> Reply {
    send(app, method, path, &[]).await
}

fn content_type(reply: &Reply) -> &[String] {
    reply.headers.get("content-type").map_or(&[], Vec::as_slice)
}

/// Section 3.1: the well-known string stands between host and path, and the path keeps a slash at its end.
#[tokio::test]
async fn the_metadata_of_an_identifier_with_a_path() {
    let reply = ask(at_path(), "GET", "/.well-known/oauth-protected-resource/cameras/v1/").await;
    assert_eq!(reply.status, 200);
    assert_eq!(content_type(&reply), ["application/json"]);
    // Section 2, by name; section 7.2 for scopes that are not told. Planned, discussed, removed and hidden ones are not.
    let expected = json!({
        "resource": "https://api.example.com:8443/cameras/v1/",
        "authorization_servers": ["https://auth.example.com/tenant", "https://auth.example.net"],
        "scopes_supported": ["list:cameras", "read:cameras", "watch:cameras", "write:cameras"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Camera API",
        "resource_documentation": "https://docs.example.com/cameras?lang=en",
    });
    assert_eq!(serde_json::from_str::<Value>(&reply.body).unwrap(), expected);
    assert_eq!(
        reply.body,
        "{\"resource\":\"https://api.example.com:8443/cameras/v1/\",\
         \"authorization_servers\":[\"https://auth.example.com/tenant\",\"https://auth.example.net\"],\
         \"scopes_supported\":[\"list:cameras\",\"read:cameras\",\"watch:cameras\",\"write:cameras\"],\
         \"bearer_methods_supported\":[\"header\"],\"resource_name\":\"Camera API\",\
         \"resource_documentation\":\"https://docs.example.com/cameras?lang=en\"}",
        "the same bytes with every build"
    );
    for elsewhere in [
        "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/cameras/v1",
        "/cameras/v1/.well-known/oauth-protected-resource",
    ] {
        assert_eq!(ask(at_path(), "GET", elsewhere).await.status, 404, "{elsewhere}");
    }
}

/// Section 3.1: a slash that is the whole path is left out. Section 3.2: so is what has no value. Section 3.3: the
/// identifier is told as it is.
#[tokio::test]
async fn the_metadata_of_an_identifier_without_a_path() {
    let reply = ask(at_host(), "GET", "/.well-known/oauth-protected-resource").await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        serde_json::from_str::<Value>(&reply.body).unwrap(),
        json!({
            "resource": "https://api.example.com/",
            "scopes_supported": ["read:cameras", "write:cameras"],
            "bearer_methods_supported": ["header"],
            "resource_name": "Camera API",
        })
    );
    assert_eq!(ask(at_host(), "GET", "/.well-known/oauth-protected-resource/").await.status, 404);
}

#[tokio::test]
async fn the_metadata_is_only_read_and_asks_for_no_credential() {
    let path = "/.well-known/oauth-protected-resource";
    let head = ask(at_host(), "HEAD", path).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(content_type(&head), ["application/json"]);
    assert_eq!(ask(at_host(), "POST", path).await.status, 405);
    let with_bad_token = send(at_host(), "GET", path, &[("authorization", "Bearer no")]).await;
    assert_eq!(with_bad_token.status, 200, "a public endpoint does not look at credentials");
}

/// Section 5.1: the URL of the metadata in every challenge, beside the parameters of RFC 6750.
#[tokio::test]
async fn challenges_name_the_metadata() {
    let url = "https://api.example.com:8443/.well-known/oauth-protected-resource/cameras/v1/";
    let reply = ask(at_path(), "GET", "/cameras").await;
    assert_eq!(reply.status, 401);
    assert_eq!(
        reply.challenges(),
        [format!("Bearer realm=\"Camera API\", scope=\"read:cameras\", resource_metadata=\"{url}\"")]
    );
    let reply = send(at_path(), "GET", "/cameras", &[("authorization", "Bearer nobody")]).await;
    assert_eq!(
        reply.challenges(),
        [format!(
            "Bearer realm=\"Camera API\", error=\"invalid_token\", scope=\"read:cameras\", resource_metadata=\"{url}\""
        )]
    );
    let reply = send(at_path(), "POST", "/cameras", &[("authorization", "Bearer reader")]).await;
    assert_eq!(reply.status, 403);
    assert_eq!(
        reply.challenges(),
        [format!(
            "Bearer realm=\"Camera API\", error=\"insufficient_scope\", scope=\"write:cameras\", \
             resource_metadata=\"{url}\""
        )]
    );
    let root = ask(at_host(), "GET", "/cameras").await;
    let root_url = "https://api.example.com/.well-known/oauth-protected-resource";
    assert!(root.challenges()[0].ends_with(&format!(", resource_metadata=\"{root_url}\"")), "{root:?}");
}

#[test]
fn the_table_has_the_metadata_as_a_public_operation() {
    let row = &with_path::Scope::policy().routes[0];
    assert_eq!(
        (row.method, row.path),
        (scopewright::Method::Get, "/.well-known/oauth-protected-resource/cameras/v1/")
    );
    assert_eq!(row.operation, scopewright::Operation::uniform(scopewright::Decision::Public));
    assert!(!row.is_handler, "the router serves it, not a handler of the service");
}

/// A service that serves a document of its own at the path keeps it.
#[tokio::test]
async fn a_route_of_the_services_own_stays() {
    use without_path::{PublicReason, Scope, public, requires};
    let path = "/.well-known/oauth-protected-resource";
    let router: Router = Router::new()
        .route("/cameras", get(requires(Scope::ReadCameras, "")).post(requires(Scope::WriteCameras, "")))
        .route("/health", get(public(PublicReason::Health, "")))
        .route(path, get(public(PublicReason::Health, "{\"own\":true}")));
    let reply = ask(router.guarded::<Scope>().unwrap(), "GET", path).await;
    assert_eq!(reply.body, "{\"own\":true}");
}
