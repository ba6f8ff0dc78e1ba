use rmcp::ServiceExt as _;
use scopewright::mcp::LocalServer;

async fn over_stdio() {
    LocalServer::new("started by the user it serves", crate::Tools).serve(stdio()).await;
    let server = LocalServer::new(REASON, crate::Tools);
    rmcp::serve_server(server, stdio()).await;
}
