use axum::{handler::HandlerWithoutStateExt, routing::get};
async fn redirect() {}
async fn a() {}
#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("x").await.unwrap();
    tokio::spawn(async { axum::serve(listener, redirect.into_make_service()).await });
    axum::serve(other(), get(a).into_make_service()).await.unwrap();
}
