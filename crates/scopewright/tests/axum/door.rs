//! The door before plain axum routes.

use crate::client::send;
use crate::scopes::Scope;
use crate::served::Served;
use crate::service::authenticated;
use axum::routing::{get, post};
use axum::{Json, Router};
use scopewright::axum::DoorLayer;

/// Handlers without a guard: some in the table, some not, and a fallback that does the work of a route.
fn plain() -> Router {
    Router::new()
        .route("/vehicles/{number}", get(|| async { "vehicle" }).patch(|| async { "not in the table" }))
        .route("/vehicles/export", get(|| async { "not in the table" }))
        .route("/health", get(|| async { "ok" }))
        .route("/backdoor", post(|| async { Json("open") }))
        .nest("/nested", Router::new().route("/{id}", get(|| async { "not in the table" })))
        .nest_service("/files", get(|| async { "file" }))
}

async fn status(app: impl Served, method: &str, path: &str, key: Option<&str>) -> u16 {
    let headers: Vec<_> = key.map(|key| ("x-api-key", key)).into_iter().collect();
    send(authenticated(app), method, path, &headers).await.status
}

#[tokio::test]
async fn only_the_table_opens_the_door() {
    for app in [
        plain().layer(DoorLayer::<Scope>::new()),
        scopewright::axum::Router::new()
            .merge_axum::<Scope>(plain())
            .guarded_unchecked()
            .into_axum_unguarded("one type for both"),
    ] {
        for (method, path, nobody, reader) in [
            // In the table, under another parameter name.
            ("GET", "/vehicles/7", 401, 200),
            ("HEAD", "/vehicles/7", 401, 200),
            ("GET", "/health", 200, 200),
            ("GET", "/files/a/b", 401, 200),
            ("DELETE", "/files/a/b", 401, 405),
            // A path of the table, another method.
            ("PATCH", "/vehicles/7", 403, 403),
            // Not in the table, whatever else of the table its path fits.
            ("GET", "/vehicles/export", 403, 403),
            // Not in the table.
            ("POST", "/backdoor", 403, 403),
            ("GET", "/nested/7", 403, 403),
            ("GET", "/nowhere", 404, 404),
        ] {
            assert_eq!(status(app.clone(), method, path, None).await, nobody, "{method} {path}");
            let reader_gets = status(app.clone(), method, path, Some("k_vehicles:read")).await;
            assert_eq!(reader_gets, reader, "{method} {path} with a key");
        }
    }
}

#[tokio::test]
async fn a_fallback_does_not_do_the_work_of_a_route() {
    let app = plain().fallback(|| async { "everything" });
    let behind = app.clone().layer(DoorLayer::<Scope>::new());
    assert_eq!(status(behind, "GET", "/nowhere", Some("k_vehicles:write")).await, 404);
    let merged = scopewright::axum::Router::new().merge_axum::<Scope>(app).guarded_unchecked();
    assert_eq!(status(merged, "GET", "/nowhere", Some("k_vehicles:write")).await, 404);
}
