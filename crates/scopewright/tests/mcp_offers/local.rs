//! A server for one process, and what the start-up comparison says of routers.

use crate::scopes::Scope;
use crate::server::{Surveys, authenticated, message, request, send, serve, token};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::post;
use rmcp::handler::server::router::prompt::PromptRouter;
use scopewright::mcp::{GuardedTools, Kind, LocalServer, ToolDifference};
use serde_json::json;

#[test]
fn the_prompts_of_a_server_are_those_of_the_table() {
    let (tools, mut prompts) = (Surveys::tool_router(), Surveys::prompt_router());
    let mismatch = GuardedTools::<Scope, _>::new(Surveys, &tools).unwrap_err();
    assert_eq!(mismatch.differences.len(), 4, "{mismatch}");
    let welcome = prompts.map.remove("welcome").unwrap();
    let mut other = welcome.clone();
    other.attr.name = "by_hand".to_owned();
    prompts.add_route(other);
    let mismatch = GuardedTools::<Scope, _>::new(Surveys, (&tools, &prompts)).unwrap_err();
    let difference = |name: &str| (Kind::Prompt, name.to_owned());
    let (kind, name) = difference("by_hand");
    let not_in_table = ToolDifference::NotInTable { kind, name };
    let (kind, name) = difference("welcome");
    assert_eq!(mismatch.differences, [not_in_table, ToolDifference::NotOffered { kind, name }]);
    assert!(mismatch.to_string().contains("the prompt `by_hand` is offered, but is not in the table"));
    assert_eq!(format!("{mismatch:?}"), mismatch.to_string(), "as `main` prints it");
    let nothing = PromptRouter::<Surveys>::new();
    assert_eq!(GuardedTools::<Scope, _>::new(Surveys, &nothing).unwrap_err().differences.len(), 12);
}

async fn local(request: Request) -> Response {
    serve(LocalServer::new("a test", Surveys), request).await
}

#[tokio::test]
async fn a_local_server_answers_nothing_over_http() {
    let asks = [
        ("tools/call", json!({ "name": "time" })),
        ("tools/list", json!({})),
        ("prompts/get", json!({ "name": "welcome" })),
        ("prompts/list", json!({})),
        ("resources/read", json!({ "uri": "welcome://text" })),
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("ping", json!({})),
    ];
    for (method, params) in asks {
        let app = authenticated(axum::Router::new().route("/mcp", post(local)));
        let reply = send(app, request(&token("mcp:connect"), "2025-11-25", &message(method, &params))).await;
        assert_eq!(reply.json()["error"]["code"], json!(-32603), "{method}: {reply:?}");
    }
}

/// Over a pipe, with a client of rmcp's own.
#[tokio::test]
async fn a_local_server_calls_every_tool() {
    use rmcp::ServiceExt as _;
    use rmcp::model::CallToolRequestParams;
    let (to_server, to_client) = tokio::io::duplex(1 << 16);
    let server = LocalServer::new("a test over a pipe", Surveys);
    tokio::spawn(async move { server.serve(to_server).await.unwrap().waiting().await });
    let client = ().serve(to_client).await.unwrap();
    for tool in ["time", "write_survey", "planned"] {
        let result = client.call_tool(CallToolRequestParams::new(tool)).await.unwrap();
        assert!(!result.is_error.unwrap_or(false), "{tool}");
    }
    client.cancel().await.unwrap();
}
