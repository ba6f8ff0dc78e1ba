//! Functions of every kind, registered, and called directly with a guard for tests.

#![deny(warnings)]

#[path = "../../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use axum::extract::{Path, State};
use scopewright::axum::Router;
use scopewright::axum::routing::{delete, get, patch, post};
use scopewright::{Guard, optional_auth, public, refused, requires_auth, requires_scope, scope_todo};

trait Store: Clone + Send + Sync + 'static {
    fn names(&self) -> Vec<String>;
}

#[derive(Clone)]
pub struct Memory;

impl Store for Memory {
    fn names(&self) -> Vec<String> {
        vec!["door".to_owned()]
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras<S: Store>(State(store): State<S>) -> String {
    store.names().join(",")
}

struct Cameras;

impl Cameras {
    #[requires_scope(all(ReadCameras, Scope::WriteCameras))]
    async fn create() -> &'static str {
        "created"
    }
}

#[requires_scope(any("read:cameras", "write:cameras"), via = "api_key")]
#[requires_auth(via = "operator")]
async fn delete_camera(Path(id): Path<u32>) -> String {
    format!("{id} deleted")
}

#[requires_auth(may_require("write:cameras", when = "the camera is renamed"))]
#[refused(via = "operator")]
pub async fn rename_camera(Path(id): Path<u32>, State(_): State<Memory>, body: String) -> String {
    format!("{id} is {body}")
}

#[public(reason = "health")]
async fn health() {}

#[optional_auth]
async fn front_page() {}

#[scope_todo("CAM-12")]
async fn export() {}

fn router() -> Router<Memory> {
    Router::new()
        .route("/cameras", get(list_cameras::<Memory>).post(Cameras::create))
        .route("/cameras/{id}", delete(delete_camera).merge(patch(rename_camera)))
        .route("/health", get(health))
        .route("/", get(front_page))
        .route("/export", post(export))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let _ = router();
    assert_eq!(list_cameras(Guard::for_test(), State(Memory)).await, "door");
    assert_eq!(Cameras::create(Guard::for_test()).await, "created");
    assert_eq!(delete_camera(Guard::for_test(), Path(3)).await, "3 deleted");
    assert_eq!(rename_camera(Guard::for_test(), Path(3), State(Memory), "gate".to_owned()).await, "3 is gate");
    health(Guard::for_test()).await;
    front_page(Guard::for_test()).await;
    export(Guard::for_test()).await;
}
