//! What needs no scope, and the MCP endpoint.

use serde_json::json;

use crate::support::{Answer, Service};

#[test]
fn health_and_the_description_are_public() {
    let service = Service::start();
    assert_eq!(service.anonymous().get("/healthz").ok(), json!({ "status": "ok" }));
    let document = service.anonymous().get("/openapi.yaml");
    document.expect(200);
    assert_eq!(document.content_type, "application/yaml");
    assert!(document.bytes.starts_with(b"openapi: 3.1"));
}

#[test]
fn a_key_is_needed_to_ask_who_it_is() {
    let service = Service::start();
    service.anonymous().get("/api/v1/auth/me").expect(401);
    service.with_key("cv_wrong").get("/api/v1/auth/me").expect(401);
    assert_eq!(service.app(&[]).get("/api/v1/auth/me").ok()["scopes"], json!([]));
}

#[test]
fn mcp_speaks_json_rpc() {
    let service = Service::start();
    let client = service.app(&["mcp:invoke"]).with("Accept", "application/json, text/event-stream");
    let call =
        |method: &str| client.post("/mcp", &json!({ "jsonrpc": "2.0", "id": 7, "method": method })).ok();
    assert_eq!(call("ping"), json!({ "jsonrpc": "2.0", "id": 7, "result": {} }));
    assert_eq!(call("tools/list")["result"]["tools"], json!([]));
    assert_eq!(call("no/such/method")["error"]["code"], -32601);
    let refused = |answer: Answer| {
        answer.expect(400);
        answer.json()["error"]["code"].clone()
    };
    assert_eq!(refused(client.post("/mcp", &json!([1]))), -32600);
    assert_eq!(refused(client.post("/mcp", &json!({ "jsonrpc": "1.0", "id": 1, "method": "ping" }))), -32600);
    assert_eq!(refused(client.call("POST", "/mcp", None)), -32700);
    let notification = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let answer = client.post("/mcp", &notification);
    answer.expect(202);
    assert_eq!(answer.bytes, Vec::<u8>::new());
    client.get("/mcp").expect(405);
}
