use axum::{Router, routing::get, http::Uri};
#[scopewright::requires_scope("read")]
async fn list() {}
async fn everything(uri: Uri) -> String { uri.to_string() }
fn app() -> Router {
    let inner = Router::new().route("/x", get(list)).fallback(everything);
    Router::new().nest("/inner", inner).fallback_service(Router::new().route("/from-fallback", get(list)))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
