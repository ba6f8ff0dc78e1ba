//! Servers that are put together wrong: said at start-up where it can be known, denied where it can't.

use crate::scopes::Scope;
use crate::server::{Tools, authenticated, request, send, serve, token};
use axum::extract::Request;
use axum::routing::post;
use rmcp::handler::server::router::tool::{ToolRoute, ToolRouter};
use rmcp::model::{CallToolResult, Tool};
use scopewright::mcp::{GuardedTools, Kind, ToolDifference, ToolsLayer};
use serde_json::json;

fn call(name: &str) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": name } }).to_string()
}

#[test]
fn the_tools_of_a_server_are_those_of_the_table() {
    let mut router = Tools::tool_router();
    router.remove_route("time");
    let schema = rmcp::handler::server::common::schema_for_empty_input();
    let by_hand = Tool::new("by_hand", "Added without the attribute.", schema);
    router
        .add_route(ToolRoute::new_dyn(by_hand, |_| Box::pin(async { Ok(CallToolResult::default().into()) })));
    let mismatch = GuardedTools::<Scope, _>::new(Tools, &router).unwrap_err();
    let not_in_table = ToolDifference::NotInTable { kind: Kind::Tool, name: "by_hand".to_owned() };
    let not_offered = ToolDifference::NotOffered { kind: Kind::Tool, name: "time".to_owned() };
    assert_eq!(mismatch.differences, [not_in_table, not_offered]);
    assert!(mismatch.to_string().contains("`by_hand` is offered, but is not in the table"));
    let nothing = ToolRouter::<Tools>::new();
    assert_eq!(GuardedTools::<Scope, _>::new(Tools, &nothing).unwrap_err().differences.len(), 7);
}

/// A plain route without a guard, so that only what the server itself does is seen.
async fn answer(app: axum::Router, name: &str) -> serde_json::Value {
    let reply = send(authenticated(app), request(&token("admin"), call(name))).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

async fn with_guarded_tools(request: Request) -> axum::response::Response {
    serve(GuardedTools::<Scope, _>::new(Tools, &Tools::tool_router()).unwrap(), request).await
}

async fn with_bare_tools(request: Request) -> axum::response::Response {
    serve(Tools, request).await
}

#[tokio::test]
async fn without_the_layer_every_call_is_denied() {
    let app = axum::Router::new().route("/mcp", post(with_guarded_tools));
    assert_eq!(answer(app, "list_cameras").await["error"]["code"], json!(-32603));
}

#[tokio::test]
async fn a_tools_guard_takes_no_call_that_came_past_the_guarded_server() {
    let app = axum::Router::new().route("/mcp", post(with_bare_tools)).layer(ToolsLayer::<Scope>::new());
    assert_eq!(answer(app, "list_cameras").await["error"]["code"], json!(-32603));
}

#[tokio::test]
async fn a_public_endpoint_leaves_the_decision_to_the_tools() {
    let app = || {
        let app = axum::Router::new().route("/mcp", post(with_guarded_tools));
        authenticated(app.layer(ToolsLayer::<Scope>::new()).nest("/open", open()))
    };
    let mut to_open = request("", call("list_cameras"));
    *to_open.uri_mut() = "/open/mcp".parse().unwrap();
    let reply = send(app(), to_open).await;
    let challenge = "Bearer realm=\"Camera tools\", scope=\"cameras:read\"";
    assert_eq!((reply.status, reply.challenges), (401, vec![challenge.to_owned()]));
    let mut to_open = request(&token("cameras:read"), call("list_cameras"));
    *to_open.uri_mut() = "/open/mcp".parse().unwrap();
    assert_eq!(send(app(), to_open).await.said().as_deref(), Some("app-7"));
}

/// An endpoint that is not in the policy's table: nothing is asked of its callers but what the tools ask.
fn open() -> axum::Router {
    axum::Router::new().route("/mcp", post(with_guarded_tools)).layer(ToolsLayer::<Scope>::new())
}
