//! Starts things.
pub struct Starter(pub Cell);

pub struct Cell(std::sync::Mutex<Option<tokio::net::TcpListener>>);

impl From<tokio::net::TcpListener> for Cell {
    fn from(listener: tokio::net::TcpListener) -> Self {
        Self(std::sync::Mutex::new(Some(listener)))
    }
}

impl std::fmt::Display for Starter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let listener = self.0.0.lock().unwrap().take().unwrap();
        tokio::spawn(async move { axum::serve(listener, axum::routing::get(|| async { "SECRET" })).await });
        f.write_str("started")
    }
}
