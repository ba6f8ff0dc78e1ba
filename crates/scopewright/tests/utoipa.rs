//! utoipa-axum's router with decided handlers, on a service of the policy in `cameras.rs` beside the emitters.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test panics when it fails")]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../scopewright-emit/tests/golden/rust/cameras.rs");
}

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Request;
use scopes::{AuthMode, Grant, PublicReason, Scope};
use scopewright::Method;
use scopewright::axum::GuardedService;
use scopewright::axum::routing::get;
use scopewright::axum::utoipa::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt as _};
use scopewright::axum::utoipa::routes;
use scopewright::{public, requires_scope};
use tower::ServiceExt as _;
use utoipa::openapi::OpenApi;

#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only described")]
struct Camera {
    id: u32,
}

#[utoipa::path(get, path = "/cameras", tag = "cameras", responses((status = 200, body = [Camera])))]
#[requires_scope("read:cameras")]
async fn list_cameras(State(owner): State<String>) -> String {
    format!("cameras of {owner}")
}

/// The other order of the attributes.
#[requires_scope("write:cameras")]
#[utoipa::path(post, path = "/cameras", responses((status = 201)))]
async fn create_camera() -> &'static str {
    "created"
}

mod pages {
    use super::public;

    #[public(reason = "health")]
    #[utoipa::path(get, path = "", responses((status = 200)))]
    pub(super) async fn health() -> &'static str {
        "ok"
    }
}

#[requires_scope("read:cameras")]
#[utoipa::path(get, path = "/{id}/picture", responses((status = 200)))]
async fn picture(Path(id): Path<u32>) -> String {
    id.to_string()
}

fn service() -> OpenApiRouter<String> {
    OpenApiRouter::default()
        .routes(routes!(list_cameras, create_camera))
        .merge(OpenApiRouter::default().nest("/health", OpenApiRouter::new().routes(routes!(pages::health,))))
}

fn registered<S: Clone + Send + Sync + 'static>(router: &OpenApiRouter<S>) -> Vec<(Method, &str)> {
    router.registrations().iter().map(|it| (it.method, it.path.as_str())).collect()
}

fn documented(router: &OpenApiRouter<String>) -> Vec<&str> {
    router.get_openapi().paths.paths.keys().map(String::as_str).collect()
}

async fn answer(router: GuardedService, request: &str, grant: Option<Grant>) -> (u16, String) {
    let (method, path) = request.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    if let Some(grant) = grant {
        request.extensions_mut().insert(grant);
    }
    let response = router.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[test]
fn registrations_and_documents_name_the_same_paths() {
    let service = service();
    assert_eq!(
        registered(&service),
        [(Method::Get, "/cameras"), (Method::Post, "/cameras"), (Method::Get, "/health")]
    );
    assert_eq!(documented(&service), ["/cameras", "/health"]);
}

#[test]
fn the_document_is_what_utoipa_axum_makes_of_the_same_calls() {
    use utoipa_axum::router::OpenApiRouter as Plain;

    let theirs: Plain<String> = Plain::default()
        .routes(utoipa_axum::routes!(list_cameras, create_camera))
        .merge(Plain::default().nest("/health", Plain::new().routes(utoipa_axum::routes!(pages::health))));
    let json = |document: &OpenApi| serde_json::to_value(document).unwrap();
    let ours = json(service().get_openapi());
    assert_eq!(ours, json(theirs.get_openapi()));
    assert_eq!(ours.pointer("/paths/~1cameras/get/tags/0").unwrap(), "cameras");
}

#[tokio::test]
async fn what_is_handed_out_answers_and_still_asks() {
    let service: OpenApiRouter = service().with_state("Ada".to_owned());
    let (router, document) = service.guarded::<Scope>().unwrap();
    assert!(document.components.is_some_and(|components| components.schemas.contains_key("Camera")));
    let reader = || Some(Grant::from_scopes(AuthMode::ApiKey, ["read:cameras"]));
    assert_eq!(answer(router.clone(), "GET /health", None).await, (200, "ok".to_owned()));
    assert_eq!(answer(router.clone(), "GET /cameras", None).await.0, 401);
    assert_eq!(answer(router.clone(), "GET /cameras", reader()).await, (200, "cameras of Ada".to_owned()));
    assert_eq!(answer(router, "POST /cameras", reader()).await.0, 403);
}

#[test]
fn the_start_up_comparison_tells_every_difference() {
    let router: OpenApiRouter<String> =
        OpenApiRouter::new().nest("/cameras", OpenApiRouter::new().routes(routes!(picture)));
    let Err(mismatch) = router.with_state(String::new()).guarded::<Scope>() else {
        panic!("there are differences")
    };
    let told = mismatch.to_string();
    assert!(told.contains("`GET /cameras/{id}/picture` is registered (`utoipa::picture`)"), "{told}");
    assert!(told.contains("`POST /cameras` is in the table, but nothing is registered for it"), "{told}");
}

#[test]
fn handlers_of_one_call_answer_at_every_path_one_of_them_names() {
    let router: OpenApiRouter<String> = OpenApiRouter::new().routes(routes!(picture, create_camera));
    assert_eq!(
        registered(&router),
        [
            (Method::Get, "/cameras"),
            (Method::Post, "/cameras"),
            (Method::Get, "/{id}/picture"),
            (Method::Post, "/{id}/picture"),
        ]
    );
    let axums_view = format!("{:?}", router.with_state(String::new()).split_unchecked().0);
    for path in ["\"/cameras\"", "\"/{id}/picture\""] {
        assert!(axums_view.contains(path), "{path} in {axums_view}");
    }
}

#[tokio::test]
async fn a_method_router_takes_a_state_and_layers_of_its_own() {
    let layer = axum::middleware::map_response(|response: axum::response::Response| async {
        ([("x-seen", "yes")], response)
    });
    let cameras: UtoipaMethodRouter<String> = routes!(list_cameras).layer(layer);
    let router: OpenApiRouter = OpenApiRouter::new()
        .routes(cameras.with_state("Ada".to_owned()))
        .routes(routes!(create_camera).map(|method_router| method_router.put(scopes::authenticated("put"))))
        .route("/plain", get(scopes::public(PublicReason::Health, "plain")));
    assert_eq!(
        registered(&router),
        [
            (Method::Get, "/cameras"),
            (Method::Post, "/cameras"),
            (Method::Put, "/cameras"),
            (Method::Get, "/plain")
        ]
    );
    let (router, _) = router.split_unchecked();
    assert_eq!(answer(router, "GET /plain", None).await, (200, "plain".to_owned()));
}
