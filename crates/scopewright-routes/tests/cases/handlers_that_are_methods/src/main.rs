use axum::{Router, routing::get};
struct Api;
impl Api {
    #[scopewright::requires_scope("list")]
    async fn list() {}
    fn routes() -> Router { Router::new().route("/list", get(Self::list)).route("/generic", get(Self::generic::<u8>)) }
    async fn generic<T>() {}
}
trait Show { #[scopewright::requires_scope("show")] async fn show(); }
impl Show for Api { async fn show() {} }
fn app() -> Router { Api::routes().route("/show", get(<Api as Show>::show)).route("/show2", get(Api::show)) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
