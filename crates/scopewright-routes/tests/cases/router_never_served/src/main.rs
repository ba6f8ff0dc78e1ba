use axum::{Router, routing::get};
async fn a() {}
async fn b() {}
fn forgotten() -> Router { Router::new().merge(forgotten_too()) }
fn forgotten_too() -> Router { Router::new().route("/forgotten", get(b)) }
#[scopewright::requires_scope("x")]
async fn annotated() {}
#[cfg(test)]
mod tests {
    #[scopewright::requires_scope("x")]
    async fn in_test() {}
    fn router() -> axum::Router { axum::Router::new().route("/t", axum::routing::get(in_test)) }
}
#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), Router::new().route("/a", get(a))).await.unwrap();
}
