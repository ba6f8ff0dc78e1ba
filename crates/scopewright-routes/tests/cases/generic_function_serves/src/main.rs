use axum::{Router, routing::get};
use std::marker::PhantomData;
async fn a() {}
trait Module { const AT: &'static str; fn router() -> Router; fn full() -> Router { Router::new().nest(Self::AT, Self::router()) } }
struct One;
struct Two;
impl Module for One { const AT: &'static str = "/one"; fn router() -> Router { Router::new().route("/x", get(a)) } }
impl Module for Two { const AT: &'static str = "/two"; fn router() -> Router { Router::new().route("/y", get(a)) } }
struct Server<M>(PhantomData<M>);
impl<M: Module> Server<M> {
    async fn run() { axum::serve(listener().await, M::full()).await.unwrap(); }
}
async fn serve<M: Module>(_: M, more: Router) { axum::serve(listener().await, M::full().merge(more)).await.unwrap(); }
#[tokio::main]
async fn main() {
    serve(One, Router::new().route("/more", get(a))).await;
    Server::<Two>::run().await;
}
