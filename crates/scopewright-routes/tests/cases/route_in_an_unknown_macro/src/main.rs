use axum::{Router, routing::get};
async fn a() {}
macro_rules! add { ($router:expr, $handler:ident) => { $router.route("/macro", get($handler)) }; }
macro_rules! handlers { ($($name:ident)*) => { $(async fn $name() {})* }; }
handlers!(made);
other::define! { app => router.route("/x", get(a)) }
#[tokio::main]
async fn main() {
    let app = add!(Router::new(), a).route("/made", get(made));
    let app = other::wrap! { app with Router::new().route("/y", get(a)) };
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
