//! Reads a message as the server behind will read it, to see which tool it calls.
//!
//! The bytes go through the very type that rmcp's transport parses them with. What that type makes of a repeated key, an
//! escape in a name or a strange number is what the server will make of it, so there is no second meaning to hide in.

use ::axum::body::Body;
use ::axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use rmcp::model::{ClientJsonRpcMessage, ClientRequest, ErrorCode};

/// What a message asks for.
pub(super) enum Message {
    /// A call of this tool.
    Call(String),
    /// Anything else.
    Other,
}

/// A message that is not handed on: an HTTP status, and the JSON-RPC error in its body.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: ErrorCode,
    pub(super) reason: &'static str,
}

impl Refusal {
    pub(super) const fn bad_request(code: ErrorCode, reason: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, reason }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = serde_json::json!({ "code": self.code.0, "message": self.reason });
        let body = serde_json::json!({ "jsonrpc": "2.0", "id": null, "error": error });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// Reads one message. Batches, which the protocol had for one revision and no other, are refused.
pub(super) fn read(bytes: &[u8]) -> Result<Message, Refusal> {
    let Ok(message) = serde_json::from_slice::<ClientJsonRpcMessage>(bytes) else {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
        return Err(if is_json {
            Refusal::bad_request(ErrorCode::INVALID_REQUEST, "the body is not one JSON-RPC message")
        } else {
            Refusal::bad_request(ErrorCode::PARSE_ERROR, "the body is not JSON")
        });
    };
    match message {
        ClientJsonRpcMessage::Request(request) => match request.request {
            ClientRequest::CallToolRequest(call) => Ok(Message::Call(call.params.name.into_owned())),
            // A call that is none: the server would take it for a request of a kind it does not know.
            other if other.method() == super::CALL => {
                Err(Refusal::bad_request(ErrorCode::INVALID_PARAMS, "the call names no tool"))
            }
            _ => Ok(Message::Other),
        },
        _ => Ok(Message::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(text: &str) -> Result<Option<String>, i32> {
        match read(text.as_bytes()) {
            Ok(Message::Call(name)) => Ok(Some(name)),
            Ok(Message::Other) => Ok(None),
            Err(refusal) => Err(refusal.code.0),
        }
    }

    #[test]
    fn a_call_is_known_by_its_name_however_it_is_written() {
        let call = |name: &str| {
            format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":{name}}}}}"#)
        };
        assert_eq!(tool(&call(r#""list_cameras""#)), Ok(Some("list_cameras".to_owned())));
        assert_eq!(tool(&call(r#""\u006cist_cameras""#)), Ok(Some("list_cameras".to_owned())));
        assert_eq!(tool(&call("1")), Err(-32602));
        let escaped = r#"{"params":{"name":"a"},"\u006dethod":"tools\/call","id":1,"jsonrpc":"2.0"}"#;
        assert_eq!(tool(escaped), Ok(Some("a".to_owned())));
        assert_eq!(tool(r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#), Err(-32602));
    }

    #[test]
    fn other_messages_are_none() {
        assert_eq!(tool(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#), Ok(None));
        assert_eq!(tool(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#), Ok(None));
        assert_eq!(tool(r#"{"jsonrpc":"2.0","id":1,"method":"Tools/Call","params":{"name":"a"}}"#), Ok(None));
    }

    #[test]
    fn what_is_not_one_message_is_refused() {
        let call = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}"#;
        assert_eq!(tool(&format!("[{call}]")), Err(-32600));
        assert_eq!(tool(&format!("{call}{call}")), Err(-32700));
        assert_eq!(tool("\u{feff}{}"), Err(-32700));
        assert_eq!(tool(""), Err(-32700));
        assert_eq!(tool("{}"), Err(-32600));
        assert_eq!(tool(&"[".repeat(100_000)), Err(-32700));
    }
}
