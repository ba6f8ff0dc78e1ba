//! Calls with two credentials.

use crate::server::{app, request, send};
use http::HeaderValue;
use serde_json::json;

#[tokio::test]
async fn a_call_with_a_token_and_a_key_is_told_so() {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "time", "arguments": {} } });
    let mut call = request("Authorization: Bearer admin", message.to_string());
    call.headers_mut().insert("x-api-key", HeaderValue::from_static("admin"));
    let reply = send(app(), call).await;
    assert_eq!((reply.status, reply.json()), (400, json!({ "detail": "invalid_request" })));
    assert_eq!(reply.challenges, ["Bearer realm=\"Camera tools\", error=\"invalid_request\""]);
}
