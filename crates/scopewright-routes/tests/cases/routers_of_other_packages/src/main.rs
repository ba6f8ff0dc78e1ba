use axum::{Router, routing::get};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
async fn a() {}
async fn b() {}
#[tokio::main]
async fn main() {
    let (open, _api) = OpenApiRouter::new().routes(routes!(a)).route("/plain", get(b)).split_for_parts();
    let app = Router::new()
        .route("/a", get(a))
        .merge(open)
        .merge(other::router())
        .merge(utoipa_swagger_ui::SwaggerUi::new("/docs"))
        .with_magic_routes();
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
