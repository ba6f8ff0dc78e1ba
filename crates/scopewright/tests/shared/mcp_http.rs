//! An MCP server of rmcp over HTTP, and what it answers. Tokens and keys are their scopes.

use crate::scopes::{AuthMode, Grant, Scope};
use crate::served::Served;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use scopewright::axum::AuthenticateLayer;
use scopewright::{Rejection, authenticate_with};
use serde_json::Value;
use tower::ServiceExt as _;
use tower_layer::Layer as _;

pub const HOST: &str = "mcp.test";

pub async fn serve(server: impl ServerHandler + Clone, request: Request) -> Response {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts([HOST]);
    let sessions = NeverSessionManager::default();
    StreamableHttpService::new(move || Ok(server.clone()), sessions.into(), config)
        .handle(request)
        .await
        .map(Body::new)
}

/// A token or key is its scopes with `+` between them; `revoked` is none.
pub fn authenticated(service: impl Served) -> impl Served {
    let authenticate = AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| {
        let mode = presented.mode().unwrap_or(AuthMode::Token);
        match presented.secret() {
            "revoked" => Err(Rejection::Invalid),
            scopes => Ok(Grant::from_scopes(mode, scopes.split('+')).with_subject("app-7")),
        }
    }));
    authenticate.layer(service)
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub challenges: Vec<String>,
    pub text: String,
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
pub fn request_of(version: &str, credential: &str, body: impl Into<Body>) -> Request {
    let mut request = Request::post("/mcp")
        .header("host", HOST)
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", version);
    if let Some((name, value)) = credential.split_once(": ") {
        request = request.header(name, value);
    }
    request.body(body.into()).unwrap()
}

/// One JSON-RPC request.
pub fn message(method: &str, params: &Value) -> Value {
    serde_json::json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

pub fn token(scopes: &str) -> String {
    format!("Authorization: Bearer {scopes}")
}

pub fn key(scopes: &str) -> String {
    format!("X-API-Key: {scopes}")
}
