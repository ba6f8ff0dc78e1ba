mod macros;
mod methods;

use axum::Router;
use axum::extract::{Request, State};
use axum::routing::post;
use rmcp::transport::streamable_http_server::StreamableHttpService;
use rmcp::transport::streamable_http_server::StreamableHttpService as Renamed;
use rmcp::{ServerHandler, serve_server as start};
use scopewright::mcp::GuardedTools;
use std::sync::Arc;

#[derive(Clone)]
struct Tools;

impl ServerHandler for Tools {}

/// Guards nothing.
struct Around(GuardedTools<Scope, Tools>);

impl ServerHandler for Around {}

async fn call(request: Request) -> Response {
    let tools = Tools;
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

async fn renamed(request: Request) -> Response {
    Renamed::new(|| Ok(Tools), sessions(), config()).handle(request).await
}

async fn function() {
    start(Tools, transport()).await;
}

async fn sometimes(flag: bool) {
    let factory = move || if flag { guarded() } else { Ok(Tools) };
    StreamableHttpService::new(factory, sessions(), config());
}

async fn around() {
    StreamableHttpService::new(|| Ok(Around(guarded()?)), sessions(), config());
}

async fn of_a_router() {
    StreamableHttpService::new(
        || Ok(rmcp::handler::server::router::Router::new(Tools)),
        sessions(),
        config(),
    );
}

/// One caller guards, the other one does not.
fn service<S: ServerHandler>(server: S) {
    StreamableHttpService::new(move || Ok(server.clone()), sessions(), config());
}

fn callers() {
    service(guarded().unwrap());
    service(Tools);
}

async fn by_state(State(state): State<AppState>, request: Request) -> Response {
    let tools = state.tools.clone();
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

struct AppState {
    tools: Arc<Tools>,
}

/// Nobody calls it.
fn orphan(server: impl ServerHandler) {
    rmcp::serve_server(server, transport());
}

fn stated() {
    StreamableHttpService::<Tools, _>::new(made, sessions(), config());
    made().map(StreamableHttpService::new);
}

static SERVICE: LazyLock<Service> =
    LazyLock::new(|| StreamableHttpService::new(|| Ok(Tools), sessions(), config()));

fn guarded() -> Result<GuardedTools<Scope, Tools>, ToolMismatch> {
    GuardedTools::new(Tools, &Tools::tool_router())
}

#[tokio::main]
async fn main() {
    axum::serve(listener, Router::new().route("/mcp", post(call))).await;
}
