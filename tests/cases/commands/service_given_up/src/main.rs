use scopewright::axum::{Router, routing::get};
use scopewright::{public, requires_scope};

scopewright::include_scopes!();
use scopes::Scope;

#[tokio::main]
async fn main() {
    let api = Router::new().route("/cameras", get(cameras)).guarded::<Scope>().unwrap();
    let probe = Router::new().route("/health", get(health)).guarded::<Scope>().unwrap();
    tokio::join!(
        async { axum::serve(listener(1).await, api.into_axum_unguarded("a load balancer asks for keys")).await },
        async { axum::serve(listener(2).await, probe).await },
    );
}

#[requires_scope("read:cameras")]
async fn cameras() {}

#[public(reason = "health")]
async fn health() {}
