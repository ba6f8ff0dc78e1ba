mod client;
mod factories;
mod local;

use axum::Router;
use axum::routing::post;
use rmcp::transport::streamable_http_server::StreamableHttpService;
use scopewright::mcp::{GuardedTools, ToolsLayer};

struct Tools;

struct AppState {
    tools: GuardedTools<Scope, Tools>,
}

async fn call(request: Request) -> Response {
    let tools = GuardedTools::<Scope, _>::new(Tools, &Tools::tool_router()).unwrap();
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

async fn by_state(State(state): State<AppState>, request: Request) -> Response {
    StreamableHttpService::<GuardedTools<Scope, Tools>, _>::new(move || Ok(state.tools.clone()), sessions(), config())
        .handle(request)
        .await
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/mcp", post(call)).route("/by-state", post(by_state));
    axum::serve(listener, app.layer(ToolsLayer::<Scope>::new())).await;
}
