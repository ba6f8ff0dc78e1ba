use axum::{Router, routing::get};
async fn a() {}
async fn b() {}
fn app() -> Router {
    let mut router = Router::new();
    let mut first = true;
    for name in names() {
        if first { router = router.route("/first", get(a)); } else { router = router.route("/later", get(b)); }
        first = false;
    }
    let mut admin = false;
    std::env::args().for_each(|argument| if argument == "--admin" { admin = true });
    if admin { router = router.route("/admin", get(a)); } else { router = router.route("/no-admin", get(b)); }
    let mut path = String::from("/grows");
    while more() {
        router = router.route(&path, get(a));
        path = format!("{path}/x");
    }
    let mut known = false;
    loop {
        if known { router = router.route("/known", get(a)); break; }
        known = true;
    }
    router
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
