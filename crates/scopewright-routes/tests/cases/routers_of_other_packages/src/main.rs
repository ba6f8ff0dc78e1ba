use axum::{Router, routing::get};
use aide::axum::{ApiRouter, routing::get_with};
async fn a() {}
async fn b() {}
#[tokio::main]
async fn main() {
    let open = ApiRouter::new().api_route("/open", get_with(a, |op| op)).route("/plain", get(b)).finish_api(&mut api());
    let app = Router::new()
        .route("/a", get(a))
        .merge(open)
        .merge(other::router())
        .merge(utoipa_swagger_ui::SwaggerUi::new("/docs"))
        .with_magic_routes();
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
