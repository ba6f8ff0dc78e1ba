pub fn speed() -> axum::Router { axum::Router::new().route("/fast", axum::routing::get(|| async {})) }
