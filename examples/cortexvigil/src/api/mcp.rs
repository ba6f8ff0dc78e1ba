//! The MCP server endpoint: JSON-RPC 2.0 over HTTP. No tool is offered yet.

use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use scopewright::axum::Router;
use scopewright::axum::routing::post;
use scopewright::requires_scope;
use serde_json::{Value, json};

use crate::state::AppState;

const ENDPOINT: &str = "/mcp";
const PROTOCOL_VERSION: &str = "2025-06-18";

/// An error of the protocol, not of HTTP: it is answered with status 200.
struct Fault {
    code: i32,
    message: String,
}

impl Fault {
    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(ENDPOINT, post(call))
}

#[requires_scope("mcp:invoke")]
async fn call(body: Bytes) -> Response {
    let Ok(message) = serde_json::from_slice::<Value>(&body) else {
        return reply(&Value::Null, Err(Fault::new(-32700, "the body is not JSON")));
    };
    let is_request = message.get("jsonrpc").and_then(Value::as_str) == Some("2.0");
    let Some(method) = message.get("method").and_then(Value::as_str).filter(|_| is_request) else {
        return reply(&Value::Null, Err(Fault::new(-32600, "the body is not a JSON-RPC 2.0 request")));
    };
    match message.get("id") {
        Some(id) => reply(id, answer(method)),
        // A notification is taken note of and never answered.
        None => StatusCode::ACCEPTED.into_response(),
    }
}

fn answer(method: &str) -> Result<Value, Fault> {
    match method {
        "initialize" => Ok(json!({
            "protocolVersion": PROTOCOL_VERSION,
            "capabilities": { "tools": {} },
            "serverInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        })),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": [] })),
        _ => Err(Fault::new(-32601, format!("there is no method `{method}`"))),
    }
}

fn reply(id: &Value, outcome: Result<Value, Fault>) -> Response {
    let body = match outcome {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(fault) => json!({
            "jsonrpc": "2.0",
            "id": id,
            "error": { "code": fault.code, "message": fault.message },
        }),
    };
    Json(body).into_response()
}
