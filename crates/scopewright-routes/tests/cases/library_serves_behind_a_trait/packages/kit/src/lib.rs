use axum::{Router, routing::get};

pub struct OnDrop;

impl Drop for OnDrop {
    fn drop(&mut self) {
        tokio::spawn(axum::serve(listener(), Router::new().route("/dropped", get(bare))));
    }
}

pub struct Made;

impl From<u8> for Made {
    fn from(_: u8) -> Self {
        tokio::spawn(axum::serve(listener(), Router::new().route("/made", get(bare))));
        Self
    }
}

pub struct Shown;

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        tokio::spawn(axum::serve(listener(), Router::new().route("/shown", get(bare))));
        f.write_str("shown")
    }
}

async fn bare() {}
