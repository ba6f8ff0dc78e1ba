//! The server, and one request to it.

use crate::scopes::{AuthMode, Grant, Guard, Scope};
use crate::served::Served;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use scopewright::axum::AuthenticateLayer;
use scopewright::axum::routing::{Router, get, post};
use scopewright::mcp::{GuardedTools, ToolsLayer};
use scopewright::require::{Is, Public};
use scopewright::{Rejection, authenticate_with, requires_auth, requires_scope, scope_todo};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use tower_layer::Layer as _;

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

pub async fn serve(tools: impl ServerHandler + Clone, request: Request) -> Response {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts(["cameras.test"]);
    let sessions = NeverSessionManager::default();
    StreamableHttpService::new(move || Ok(tools.clone()), sessions.into(), config)
        .handle(request)
        .await
        .map(Body::new)
}

/// A token or key is its scopes with `+` between them; `revoked` is none.
pub fn guarded(service: impl Served) -> impl Served {
    let authenticate = AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| {
        let mode = presented.mode().unwrap_or(AuthMode::Token);
        match presented.secret() {
            "revoked" => Err(Rejection::Invalid),
            scopes => Ok(Grant::from_scopes(mode, scopes.split('+')).with_subject("app-7")),
        }
    }));
    authenticate.layer(service)
}

pub fn app() -> impl Served {
    let endpoint =
        Router::new().route("/mcp", post(call)).layer(ToolsLayer::<Scope>::new().with_max_body_bytes(1000));
    guarded(endpoint.route("/health", get(health)).guarded::<Scope>().unwrap())
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub challenges: Vec<String>,
    pub text: String,
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

pub async fn send(app: impl Served, request: Request) -> Reply {
    let response = app.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let challenges = response.headers().get_all("www-authenticate").iter();
    let challenges = challenges.map(|value| value.to_str().unwrap().to_owned()).collect();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Reply { status, challenges, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

/// A request with these bytes, by a credential written as `Name: value`; empty for none.
pub fn request(credential: &str, body: impl Into<Body>) -> Request {
    let mut request = Request::post("/mcp")
        .header("host", "cameras.test")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25");
    if let Some((name, value)) = credential.split_once(": ") {
        request = request.header(name, value);
    }
    request.body(body.into()).unwrap()
}

/// One JSON-RPC request.
pub async fn ask(credential: &str, method: &str, params: Value) -> Reply {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    send(app(), request(credential, message.to_string())).await
}

/// A call of a tool.
pub async fn call_tool(credential: &str, name: &str) -> Reply {
    ask(credential, "tools/call", json!({ "name": name, "arguments": {} })).await
}

pub fn token(scopes: &str) -> String {
    format!("Authorization: Bearer {scopes}")
}

pub fn key(scopes: &str) -> String {
    format!("X-API-Key: {scopes}")
}
