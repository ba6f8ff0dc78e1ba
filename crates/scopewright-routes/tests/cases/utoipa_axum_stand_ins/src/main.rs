use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use utoipa::path;

scopewright::include_scopes!();

#[requires_scope("read:cameras")]
#[path(get, path = "/cameras")]
async fn list() {}

#[path(post, path = "/cameras")]
#[requires_scope("write:cameras")]
async fn create() {}

/// A function may have the name of the macro.
fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list, create))
}

#[tokio::main]
async fn main() {
    let (app, _document) = OpenApiRouter::new().merge(routes()).guarded::<scopes::Scope>().unwrap();
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
