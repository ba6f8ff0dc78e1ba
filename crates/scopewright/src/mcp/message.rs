//! Reads a message as the server behind will read it, to see which tool it calls, or what else it asks for that is decided.
//!
//! The bytes go through the very type that rmcp's transport parses them with. What that type makes of a repeated key, an
//! escape in a name or a strange number is what the server will make of it, so there is no second meaning to hide in.

use super::asked::{Asked, COMPLETE, DECIDED, GET_PROMPT, LISTEN, READ, SUBSCRIBE, Subject, UNSUBSCRIBE};
use ::axum::body::Body;
use ::axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use rmcp::model::{ClientJsonRpcMessage, ClientRequest, ErrorCode, Reference};

/// The most resources one message may subscribe to.
const MOST_RESOURCES: usize = 256;

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

/// What one message asks for that is decided, none for any other message. Batches, which the protocol had for one revision
/// and no other, are refused.
pub(super) fn read(bytes: &[u8]) -> Result<Option<Asked>, Refusal> {
    let Ok(message) = serde_json::from_slice::<ClientJsonRpcMessage>(bytes) else {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
        return Err(if is_json {
            Refusal::bad_request(ErrorCode::INVALID_REQUEST, "the body is not one JSON-RPC message")
        } else {
            Refusal::bad_request(ErrorCode::PARSE_ERROR, "the body is not JSON")
        });
    };
    match message {
        ClientJsonRpcMessage::Request(request) => asked(request.request),
        _ => Ok(None),
    }
}

fn asked(request: ClientRequest) -> Result<Option<Asked>, Refusal> {
    let unnamed =
        || Refusal::bad_request(ErrorCode::INVALID_PARAMS, "the request does not name what it is about");
    Ok(Some(match request {
        ClientRequest::CallToolRequest(call) => Asked::tool(call.params.name),
        ClientRequest::GetPromptRequest(get) => Asked::prompt(GET_PROMPT, get.params.name),
        ClientRequest::ReadResourceRequest(read) => Asked::resource(READ, read.params.uri),
        ClientRequest::SubscribeRequest(subscribe) => Asked::resource(SUBSCRIBE, subscribe.params.uri),
        ClientRequest::UnsubscribeRequest(unsubscribe) => {
            Asked::resource(UNSUBSCRIBE, unsubscribe.params.uri)
        }
        ClientRequest::SubscriptionsListenRequest(listen) => {
            match listen.params.notifications.resource_subscriptions {
                Some(uris) if uris.len() > MOST_RESOURCES => {
                    let reason = "the request subscribes to more resources than are looked at";
                    return Err(Refusal::bad_request(ErrorCode::INVALID_PARAMS, reason));
                }
                Some(uris) if !uris.is_empty() => Asked { method: LISTEN, of: Subject::Resources(uris) },
                _ => return Ok(None),
            }
        }
        ClientRequest::CompleteRequest(complete) => match complete.params.r#ref {
            Reference::Prompt(prompt) => Asked::prompt(COMPLETE, prompt.name),
            Reference::Resource(resource) => Asked::reference(resource.uri),
            _ => return Err(unnamed()),
        },
        // One that is none: the server would take it for a request of a kind it does not know.
        other if DECIDED.contains(&other.method()) => return Err(unnamed()),
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(text: &str) -> Result<Option<String>, i32> {
        match read(text.as_bytes()) {
            Ok(Some(Asked { of: Subject::Tool(name), .. })) => Ok(Some(name)),
            Ok(None) => Ok(None),
            Ok(Some(other)) => Ok(Some(format!("{other:?}"))),
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

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "what is expected is written where it is handed over")]
    fn check(method: &str, params: &str, expected: Result<Option<Asked>, i32>) {
        let text = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
        assert_eq!(read(text.as_bytes()).map_err(|refusal| refusal.code.0), expected, "{text}");
    }

    #[test]
    fn prompts_and_resources_are_known_by_what_names_them() {
        let resource = |method| Ok(Some(Asked::resource(method, "a:b")));
        check("prompts/get", r#"{"name":"day"}"#, Ok(Some(Asked::prompt(GET_PROMPT, "day"))));
        check("resources/read", r#"{"uri":"a:b"}"#, resource(READ));
        check("resources/read", r#"{"uri":"a\u003ab"}"#, resource(READ));
        check("resources/subscribe", r#"{"uri":"a:b"}"#, resource(SUBSCRIBE));
        check("resources/unsubscribe", r#"{"uri":"a:b"}"#, resource(UNSUBSCRIBE));
        let argument = r#""argument":{"name":"id","value":""}"#;
        let of_prompt = format!(r#"{{"ref":{{"type":"ref/prompt","name":"day"}},{argument}}}"#);
        check("completion/complete", &of_prompt, Ok(Some(Asked::prompt(COMPLETE, "day"))));
        let of_resource = format!(r#"{{"ref":{{"type":"ref/resource","uri":"a:{{x}}"}},{argument}}}"#);
        check("completion/complete", &of_resource, Ok(Some(Asked::reference("a:{x}"))));
        let uris = Subject::Resources(vec!["a:b".to_owned(), "a:c".to_owned()]);
        let listen = r#"{"notifications":{"resourceSubscriptions":["a:b","a:c"]}}"#;
        check("subscriptions/listen", listen, Ok(Some(Asked { method: LISTEN, of: uris })));
        check("subscriptions/listen", r#"{"notifications":{"toolsListChanged":true}}"#, Ok(None));
        for method in ["resources/list", "resources/templates/list", "prompts/list"] {
            check(method, "{}", Ok(None));
        }
    }

    #[test]
    fn requests_that_name_nothing_are_refused() {
        for method in DECIDED {
            for params in ["{}", r#"{"name":1,"uri":1,"ref":{"type":"ref/other"}}"#] {
                check(method, params, Err(-32602));
            }
        }
        let many = vec!["\"a:b\""; MOST_RESOURCES + 1].join(",");
        let listen = format!(r#"{{"notifications":{{"resourceSubscriptions":[{many}]}}}}"#);
        check("subscriptions/listen", &listen, Err(-32602));
    }
}
