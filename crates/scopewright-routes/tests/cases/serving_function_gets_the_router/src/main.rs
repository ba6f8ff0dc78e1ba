use axum::routing::get;
use axum::Router;
async fn a() {}
async fn main_loop(name: &str, router: Router) { start(router.layer(()), name).await }
async fn start(app: Router, _name: &str) {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
fn build() -> Router { Router::new().route("/a", get(a)) }
#[tokio::main]
async fn main() { let made = build(); main_loop("x", made).await }
