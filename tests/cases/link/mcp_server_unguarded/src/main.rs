use axum::extract::Request;
use axum::response::Response;
use rmcp::transport::streamable_http_server::StreamableHttpService;
use rmcp::{ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use scopewright::axum::{Router, routing::post};
use scopewright::mcp::LocalServer;
use scopewright::{public, requires_scope};

#[derive(Clone)]
struct Tools;

#[tool_router]
impl Tools {
    #[requires_scope("read:cameras")]
    #[tool]
    async fn list_cameras(&self) -> String {}
}

macro_rules! more {
    () => {
        #[tool_router(router = more)]
        impl Tools {
            #[tool]
            async fn secret(&self) -> String {}
        }
    };
}
more!();

#[tool_handler(router = Self::tool_router() + Self::more())]
impl ServerHandler for Tools {}

#[public(reason = "health")]
async fn call(request: Request) -> Response {
    let tools = Tools;
    StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()).handle(request).await
}

async fn over_stdio() {
    LocalServer::new("started by the user it serves", Tools).serve(stdio()).await;
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/mcp", post(call)).guarded::<Scope>().unwrap();
    axum::serve(listener().await, app).await.unwrap();
}
