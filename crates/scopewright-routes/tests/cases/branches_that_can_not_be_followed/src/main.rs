use axum::{Router, routing::{get, MethodRouter}};
async fn a() {}
fn app() -> Router {
    let router = if std::env::var("X").is_ok() { Router::new().route("/a", get(a)) } else { other::router() };
    let methods: MethodRouter = match kind() { 0 => get(a), _ => other::methods() };
    let exits = some().map(|_| Router::new().route("/b", get(a))).unwrap_or_else(|| std::process::exit(1));
    router.route("/methods", methods).merge(exits)
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
