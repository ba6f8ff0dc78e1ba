//! Starts things.
pub struct Task(pub tokio::task::JoinHandle<std::io::Result<()>>);

impl From<tokio::net::TcpListener> for Task {
    fn from(listener: tokio::net::TcpListener) -> Self {
        Self(tokio::spawn(async move { axum::serve(listener, axum::routing::get(|| async { "SECRET" })).await }))
    }
}
