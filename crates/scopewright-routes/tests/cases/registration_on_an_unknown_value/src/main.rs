use axum::{Router, routing::get};
async fn a() {}
fn helper(state: State) { state.inner().route("/lost", get(a)); }
fn app() -> Router { let r = Router::new().route("/a", get(a)); helper(start()); r }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
