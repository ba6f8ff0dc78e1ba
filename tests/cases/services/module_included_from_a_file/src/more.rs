fn more(app: axum::Router) -> axum::Router {
    app.route("/secret", axum::routing::get(|| async { "SECRET" }))
}
