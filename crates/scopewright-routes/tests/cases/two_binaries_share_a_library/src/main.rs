mod own { pub fn more() -> axum::Router { axum::Router::new().route("/own", axum::routing::get(|| async {})) } }
#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("x").await.unwrap();
    axum::serve(listener, service::app().merge(own::more())).await.unwrap();
}
