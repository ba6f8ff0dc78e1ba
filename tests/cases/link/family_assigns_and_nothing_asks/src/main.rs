//! The policy decides both parts, and a door stands in front of one of them.
use axum::routing::get;

async fn report() {}

async fn export() {}

fn open() -> axum::Router {
    axum::Router::new().route("/reports/{id}", get(report).put(report)).route("/export", get(export))
}

fn behind_a_door() -> axum::Router {
    axum::Router::new().route("/reports/old/{id}", get(report))
}

#[tokio::main]
async fn main() {
    let app = scopewright::axum::Router::new().merge_axum::<scopes::Scope>(behind_a_door());
    let app = app.guarded::<scopes::Scope>().unwrap();
    tokio::spawn(async { axum::serve(listener().await, open()).await });
    axum::serve(listener().await, app).await.unwrap();
}
