mod client;
mod factories;
mod local;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::routing::post;
use rmcp::transport::streamable_http_server::StreamableHttpService;
use scopewright::mcp::{GuardedTools, ToolsLayer};
use std::sync::Arc;

struct Tools;

struct AppState {
    tools: GuardedTools<Scope, Tools>,
}

async fn call(request: Request) -> Response {
    let tools = GuardedTools::<Scope, _>::new(Tools, &Tools::tool_router()).unwrap();
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

async fn by_state(State(state): State<AppState>, request: Request) -> Response {
    StreamableHttpService::<GuardedTools<Scope, Tools>, _>::new(
        move || Ok(state.tools.clone()),
        sessions(),
        config(),
    )
    .handle(request)
    .await
}

async fn by_state_alone(State(state): State<AppState>, request: Request) -> Response {
    let tools = state.tools.clone();
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

async fn by_parts(State(AppState { tools, .. }): State<AppState>, request: Request) -> Response {
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

async fn by_extension(
    Extension(tools): Extension<Arc<GuardedTools<Scope, Tools>>>,
    request: Request,
) -> Response {
    StreamableHttpService::new(move || Ok(Arc::clone(&tools)), sessions(), config()).handle(request).await
}

async fn by_pointer(Shared(state): Shared, request: Request) -> Response {
    StreamableHttpService::<Arc<GuardedTools<Scope, Tools>>, _>::new(state.make(), sessions(), config())
        .handle(request)
        .await
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/mcp", post(call)).route("/by-state", post(by_state));
    axum::serve(listener, app.layer(ToolsLayer::<Scope>::new())).await;
}
