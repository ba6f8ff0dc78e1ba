//! What a module imports for itself is not what others see of it.
use axum::Router;
use axum::routing::get;

mod one;
mod other;

use one::*;
use other::*;

fn app() -> Router {
    // `one` imports a `list` of its own, which nobody sees here: this is that of `other`.
    Router::new().route("/other", get(list)).merge(one::routes())
}

#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    axum::serve(listener, app()).await.unwrap();
}
