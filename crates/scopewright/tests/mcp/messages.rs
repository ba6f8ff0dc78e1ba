//! Messages that try to be something else for the layer than for the server, and what the layer refuses.

use crate::server::{app, request, send, token};
use axum::body::Body;
use axum::extract::Request;
use http::Method;
use serde_json::json;

/// May list cameras, may not delete any.
fn reader() -> String {
    token("mcp:invoke+cameras:read")
}

fn call(name: &str) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": name } }).to_string()
}

#[tokio::test]
async fn no_spelling_gets_past_the_decision() {
    let bodies = [
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools\/call","params":{"name":"\u0064elete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_cameras","name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_camera","name":"list_cameras"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"tools/list","params":{"name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_cameras"},"params":{"name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_camera"},"result":{}}"#,
        r#"[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_camera"}}]"#,
        r#"[{"jsonrpc":"2.0","id":1,"method":"tools/list"},{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete_camera"}}]"#,
        r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"TOOLS/CALL","params":{"name":"delete_camera"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["delete_camera"]}"#,
        "\u{feff}{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete_camera\"}}",
    ];
    for body in bodies {
        let reply = send(app(), request(&reader(), body)).await;
        assert!(!reply.text.contains("deleted"), "{body}: {reply:?}");
        let said = reply.said();
        assert!(said.is_none() || said.as_deref() == Some("app-7"), "{body}: {reply:?}");
    }
}

#[tokio::test]
async fn no_encoding_gets_past_the_decision() {
    let utf16: Vec<u8> = call("delete_camera").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(send(app(), request(&reader(), utf16)).await.status, 400);
    for encoding in ["gzip", "br", "identity, gzip", "x"] {
        let mut request = request(&reader(), call("list_cameras"));
        request.headers_mut().insert("content-encoding", encoding.parse().unwrap());
        assert_eq!(send(app(), request).await.status, 415, "{encoding}");
    }
    let mut request = request(&reader(), call("list_cameras"));
    request.headers_mut().insert("content-encoding", "Identity".parse().unwrap());
    assert_eq!(send(app(), request).await.status, 200);
}

#[tokio::test]
async fn who_may_not_use_tools_is_told_so_whatever_the_body_is() {
    for body in [String::new(), "{".to_owned(), "[]".to_owned(), " ".repeat(1001)] {
        assert_eq!(send(app(), request(&token("cameras:read"), body)).await.status, 403);
    }
    let mut encoded = request(&token("cameras:read"), "");
    encoded.headers_mut().insert("content-encoding", "gzip".parse().unwrap());
    assert_eq!(send(app(), encoded).await.status, 403);
}

#[tokio::test]
async fn headers_about_the_message_decide_nothing() {
    let mut request = request(&reader(), call("delete_camera"));
    for (name, value) in [("mcp-method", "tools/call"), ("mcp-name", "list_cameras"), ("mcp-session-id", "1")]
    {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    assert_eq!(send(app(), request).await.status, 403);
}

#[tokio::test]
async fn streams_and_sessions_are_refused() {
    for method in [Method::GET, Method::DELETE, Method::PUT, Method::HEAD] {
        let mut request = request(&reader(), "");
        *request.method_mut() = method.clone();
        request.headers_mut().insert("last-event-id", "0".parse().unwrap());
        request.headers_mut().insert("mcp-session-id", "1".parse().unwrap());
        assert_eq!(send(app(), request).await.status, 405, "{method}");
    }
}

#[tokio::test]
async fn a_body_larger_than_allowed_is_refused_also_in_pieces() {
    let filler = " ".repeat(1001);
    assert_eq!(send(app(), request(&reader(), filler.clone() + &call("list_cameras"))).await.status, 413);
    let call = call("list_cameras");
    let fitting = " ".repeat(1000 - call.len()) + &call;
    assert_eq!(send(app(), request(&reader(), fitting.clone())).await.status, 200);
    assert_eq!(send(app(), request(&reader(), fitting + " ")).await.status, 413);
}

#[tokio::test]
async fn who_has_no_valid_credential_is_answered_before_the_body_is_read() {
    // A body that never ends: reading it would not return.
    let endless = Body::from_stream(Endless);
    assert_eq!(send(app(), request("", endless)).await.status, 401);
}

/// Gives nothing, ever.
struct Endless;

impl futures_core::Stream for Endless {
    type Item = Result<Vec<u8>, std::convert::Infallible>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}

#[tokio::test]
async fn routes_beside_the_endpoint_are_left_alone() {
    let health = Request::get("/health").body(Body::empty()).unwrap();
    assert_eq!(send(app(), health).await.status, 200);
    let elsewhere = Request::get("/elsewhere").body(Body::empty()).unwrap();
    assert_eq!(send(app(), elsewhere).await.status, 404);
}
