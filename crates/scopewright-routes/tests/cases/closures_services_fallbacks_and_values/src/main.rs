use axum::handler::Handler;
use axum::response::Redirect;
use axum::routing::{any_service, get, get_service, post};
use axum::Router;
use tower_http::services::{ServeDir, ServeFile};

async fn upload() {}
async fn missing() {}
async fn wrong_method() {}
fn make() -> impl Handler<(), ()> { || async {} }

#[tokio::main]
async fn main() {
    let redirect = Redirect::to("/");
    let app = Router::new()
        .route("/closure", get(|| async { "hi" }).post(async || "ho"))
        .route("/value", get("constant text"))
        .route("/redirect", get(redirect))
        .route("/made", get(make()))
        .route("/layered", post(upload.layer(tower_http::limit::RequestBodyLimitLayer::new(1))))
        .route("/file", get_service(ServeFile::new("a")))
        .route("/any", any_service(ServeFile::new("b")))
        .route_service("/one", ServeFile::new("c"))
        .nest_service("/assets", ServeDir::new("assets"))
        .fallback_service(ServeDir::new("dist"))
        .nest("/api", Router::new().route("/x", get(upload)).fallback(missing))
        .method_not_allowed_fallback(wrong_method);
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
