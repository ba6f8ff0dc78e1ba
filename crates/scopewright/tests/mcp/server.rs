//! The server, and one request to it.

pub use crate::mcp_http::{Reply, authenticated, key, send, serve, token};
use crate::mcp_http::{message, request_of};
use crate::scopes::{Grant, Guard, Scope};
use crate::served::Served;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use scopewright::axum::routing::{Router, get, post};
use scopewright::mcp::{GuardedTools, ToolsLayer};
use scopewright::require::{Is, Public};
use scopewright::{requires_auth, requires_scope, scope_todo};
use serde_json::{Value, json};

#[derive(Debug, Clone)]
pub struct Tools;

#[tool_router(vis = "pub")]
impl Tools {
    #[requires_scope("cameras:write", "events:read")]
    #[tool]
    async fn delete_camera(&self) -> String {
        "deleted".to_owned()
    }

    #[requires_scope("cameras:read", via = "api_key")]
    #[tool]
    async fn keys_only(&self) -> String {
        "by key".to_owned()
    }

    /// Lists the cameras.
    #[requires_scope("cameras:read")]
    #[tool]
    async fn list_cameras(&self, grant: Grant) -> String {
        grant.subject().unwrap_or("nobody").to_owned()
    }

    #[scope_todo("CAM-1")]
    #[tool]
    async fn planned(&self) -> String {
        "planned".to_owned()
    }

    #[requires_scope(any(all("cameras:read", "events:read"), "admin"))]
    #[tool]
    fn search(&self) -> String {
        format!("{self:?} found")
    }

    #[requires_auth]
    #[tool]
    fn time() -> String {
        "now".to_owned()
    }

    #[requires_auth(via = "token")]
    #[tool]
    async fn tokens_only(&self) -> String {
        "by token".to_owned()
    }
}

#[tool_handler]
impl ServerHandler for Tools {}

/// What `#[requires_scope("mcp:invoke")]` makes of the handler of the endpoint, with the service's state left out.
async fn call(_: Guard<Is<{ Scope::McpInvoke as u16 }>>, request: Request) -> Response {
    serve(GuardedTools::<Scope, _>::new(Tools, &Tools::tool_router()).unwrap(), request).await
}

async fn health(_: Guard<Public<0>>) -> &'static str {
    "up"
}

pub fn app() -> impl Served {
    let endpoint =
        Router::new().route("/mcp", post(call)).layer(ToolsLayer::<Scope>::new().with_max_body_bytes(1000));
    authenticated(endpoint.route("/health", get(health)).guarded::<Scope>().unwrap())
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The text a tool answered.
    pub fn said(&self) -> Option<String> {
        Some(self.json()["result"]["content"][0]["text"].as_str()?.to_owned())
    }
}

/// A request with these bytes.
pub fn request(credential: &str, body: impl Into<Body>) -> Request {
    request_of("2025-11-25", credential, body)
}

/// One JSON-RPC request.
pub async fn ask(credential: &str, method: &str, params: Value) -> Reply {
    send(app(), request(credential, message(method, &params).to_string())).await
}

/// A call of a tool.
pub async fn call_tool(credential: &str, name: &str) -> Reply {
    ask(credential, "tools/call", json!({ "name": name, "arguments": {} })).await
}
