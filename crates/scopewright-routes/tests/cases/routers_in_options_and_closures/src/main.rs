use axum::{Router, routing::get};
async fn a() {}
fn optional() -> Option<Router> { Some(Router::new().route("/optional", get(a))) }
fn apply(router: Router, with: impl Fn(Router) -> Router) -> Router { with(router) }
fn app() -> Router {
    let extra = |path: &str| Router::new().route(path, get(a));
    let router = apply(Router::new(), |router| router.route("/applied", get(a)));
    let router = router.merge(extra("/closure")).merge(optional().unwrap_or_default());
    let router = match optional() { Some(more) => router.nest("/some", more), None => router };
    let made: fn() -> Router = || Router::new().route("/pointer", get(a));
    let chosen = std::env::var("X").ok().map(|_| Router::new().route("/mapped", get(a))).unwrap_or_else(Router::new);
    router.merge(made()).merge(chosen)
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
