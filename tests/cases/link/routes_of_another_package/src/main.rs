use scopewright::axum::Router;
use axum::routing::get;
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("read:cameras")]
async fn configured() {}

#[tokio::main]
async fn main() {
    let path = std::env::var("CONFIGURED").unwrap();
    let app = Router::new()
        .route("/cameras", get(list))
        .route(&path, get(configured))
        .merge(utoipa_swagger_ui::SwaggerUi::new("/docs").url("/openapi.json", api()))
        .merge(other::router());
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}
