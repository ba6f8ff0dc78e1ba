use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use scopewright::axum::{Router, routing::post};
use scopewright::{public, requires_scope};

scopewright::include_scopes!();
use scopes::Scope;

#[derive(Debug, Clone)]
struct Tools;

#[tool_router]
impl Tools {
    #[requires_scope("read:cameras")]
    #[tool]
    async fn list_cameras(&self) -> String {
        "SECRET".to_owned()
    }
}

fn config() -> StreamableHttpServerConfig {
    StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true).disable_allowed_hosts()
}

async fn bound() -> std::io::Result<tokio::net::TcpListener> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    Ok(listener)
}

#[tool_handler]
impl ServerHandler for Tools {}

type Http<S> = StreamableHttpService<S, NeverSessionManager>;

#[public(reason = "health")]
async fn call(request: Request) -> Response {
    Http::new(|| Ok(Tools), std::sync::Arc::new(NeverSessionManager::default()), config()).handle(request).await.map(Body::new)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/mcp", post(call)).guarded::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
