//! The MCP server: one endpoint under `mcp:invoke`, and tools that ask for scopes of their own.

mod tools;

use axum::body::Body;
use axum::extract::{Extension, Request};
use axum::response::Response;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use scopewright::axum::Router;
use scopewright::axum::routing::post;
use scopewright::mcp::{GuardedTools, ToolMismatch, ToolsLayer};
use scopewright::requires_scope;

use self::tools::Tools;
use crate::scopes::Scope;
use crate::state::AppState;

/// The server behind the endpoint. Without sessions: every request stands for itself, and carries its own credential.
#[derive(Clone)]
pub(crate) struct McpServer(StreamableHttpService<GuardedTools<Scope, Tools>, NeverSessionManager>);

impl McpServer {
    /// Puts the server together.
    ///
    /// # Errors
    ///
    /// When the tools it offers are not those of the policy's table.
    pub(crate) fn new(state: AppState) -> Result<Self, ToolMismatch> {
        let tools = GuardedTools::new(Tools::new(state), &Tools::tool_router())?;
        // The service has no name of its own to compare `Host` with, and a page in a browser has no key to send.
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .disable_allowed_hosts()
            .enforce_origin_validation();
        let sessions = NeverSessionManager::default().into();
        Ok(Self(StreamableHttpService::new(move || Ok(tools.clone()), sessions, config)))
    }
}

pub(super) fn routes(server: McpServer) -> Router<AppState> {
    Router::new().route("/mcp", post(call)).layer(ToolsLayer::<Scope>::new()).layer(Extension(server))
}

#[requires_scope("mcp:invoke")]
async fn call(Extension(server): Extension<McpServer>, request: Request) -> Response {
    server.0.handle(request).await.map(Body::new)
}
