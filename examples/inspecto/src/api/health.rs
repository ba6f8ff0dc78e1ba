//! Whether the service is alive.

use actix_web::web::Json;
use scopewright::public;
use serde_json::{Value, json};

#[public(reason = "health")]
pub(super) async fn get_health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}
