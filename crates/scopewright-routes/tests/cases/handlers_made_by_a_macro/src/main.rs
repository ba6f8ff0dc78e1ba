use axum::{Router, routing::get};
scopewright::include_scopes!();
use scopes::{Scope, requires};
macro_rules! handler { ($name:ident) => { async fn $name() {} }; }
handler!(bare);
handler!(decided);
fn app() -> Router {
    Router::new().route("/bare", get(bare)).route("/decided", get(requires(Scope::ReadA, decided))).route("/other", get(other::handler))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
