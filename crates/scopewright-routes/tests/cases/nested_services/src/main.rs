use axum::{Router, routing::{get, get_service}};
async fn a() {}
fn app() -> Router {
    let files = tower_http::services::ServeDir::new("x");
    let wrapped = tower::ServiceBuilder::new().layer(other_layer()).service(Router::new().route("/wrapped", get(a)));
    Router::new()
        .nest_service("/router", Router::new().route("/", get(a)).route("/in", get(a)))
        .nest_service("/files/", files)
        .nest_service("/wrapped", wrapped)
        .nest_service("/methods", get(a))
        .route_service("/one", get_service(tower_http::services::ServeFile::new("y")))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
