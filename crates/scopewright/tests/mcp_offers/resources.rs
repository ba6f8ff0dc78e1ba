//! Who may read a resource, and URIs that try to be another one's.

use crate::scopes::Scope;
use crate::server::{Surveys, ask, authenticated, guarded, message, request, send, serve, token};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::post;
use scopewright::mcp::ToolsLayer;
use serde_json::{Value, json};

fn lacking(scopes: &str) -> Vec<String> {
    vec![format!("Bearer realm=\"Surveys\", error=\"insufficient_scope\", scope=\"{scopes}\"")]
}

/// Everything that asks for a resource by its URI.
fn asking(uri: &str) -> [(&'static str, Value); 4] {
    let reference = json!({ "type": "ref/resource", "uri": uri });
    [
        ("resources/read", json!({ "uri": uri })),
        ("resources/subscribe", json!({ "uri": uri })),
        ("resources/unsubscribe", json!({ "uri": uri })),
        ("completion/complete", json!({ "ref": reference, "argument": { "name": "id", "value": "" } })),
    ]
}

#[tokio::test]
async fn resources_are_decided_by_uri_and_template() {
    let cases = [
        ("welcome://text", "mcp:connect", true),
        ("surveys://all", "mcp:connect", false),
        ("surveys://all", "mcp:connect+surveys:read", true),
        ("surveys://7", "mcp:connect+surveys:read", true),
        ("surveys://7/answers", "mcp:connect+surveys:read", false),
        ("surveys://7/answers", "mcp:connect+surveys:write", true),
        ("surveys://secret", "mcp:connect+surveys:read", false),
        ("surveys://secret", "mcp:connect+surveys:admin", true),
        // Two templates fit: both have to be met.
        ("surveys://files/a", "mcp:connect+surveys:read", false),
        ("surveys://files/a", "mcp:connect+surveys:admin", false),
        ("surveys://files/a", "mcp:connect+surveys:admin+surveys:read", true),
        ("surveys://files/a/b", "mcp:connect+surveys:admin", true),
        ("other://x", "mcp:connect+surveys:admin+surveys:read+surveys:write", false),
        ("surveys://7/8/9", "mcp:connect+surveys:admin+surveys:read+surveys:write", false),
        ("surveys://7", "surveys:read", false),
    ];
    for (uri, scopes, may_read) in cases {
        for (method, params) in asking(uri) {
            let reply = ask(&token(scopes), method, params).await;
            assert_eq!(reply.is_answered(), may_read, "{method} {uri} by {scopes}: {reply:?}");
            assert_eq!(
                reply.status,
                if may_read { 200 } else { 403 },
                "{method} {uri} by {scopes}: {reply:?}"
            );
        }
        assert_eq!(ask("", "resources/read", json!({ "uri": uri })).await.status, 401, "{uri}");
    }
}

#[tokio::test]
async fn the_challenge_names_all_that_is_needed() {
    let read = |granted: &'static str, uri: &'static str| async move {
        ask(&token(granted), "resources/read", json!({ "uri": uri })).await
    };
    let reply = read("mcp:connect", "surveys://7").await;
    assert_eq!((reply.status, reply.challenges), (403, lacking("mcp:connect surveys:read")));
    let reply = read("surveys:write", "surveys://7/answers").await;
    assert_eq!((reply.status, reply.challenges), (403, lacking("mcp:connect surveys:write")));
    let reply = read("mcp:connect", "surveys://files/a").await;
    assert_eq!((reply.status, reply.challenges), (403, lacking("mcp:connect surveys:admin surveys:read")));
    let reply = read("mcp:connect", "other://x").await;
    assert_eq!((reply.status, reply.challenges.len()), (403, 0));
    assert_eq!(reply.json(), json!({ "detail": "undecided" }));
    let reply = read("surveys:read", "other://x").await;
    assert_eq!(
        (reply.status, reply.challenges),
        (403, lacking("mcp:connect")),
        "learns nothing about resources"
    );
}

#[tokio::test]
async fn no_spelling_reads_what_another_one_may_not() {
    let reader = token("mcp:connect+surveys:read");
    for uri in [
        "surveys://%73ecret",
        "surveys://s%65cret",
        "surveys://%2573ecret",
        "surveys://%25%37%33ecret",
        "surveys://SECRET",
        "SURVEYS://secret",
        "surveys://secret/",
        "surveys://secret?x",
        "surveys://secret#x",
        "surveys://secret%3Fx",
        "surveys://secret%2F",
        "surveys://./secret",
        "surveys://7/../secret",
        "surveys://%2e%2e",
        "surveys://..%2Fsecret",
        "surveys://7%2Fanswers",
        "surveys://7%5Canswers",
        "surveys:///secret",
        "surveys:secret",
        " surveys://secret",
        "surveys://secret\n",
        "surveys://secret%00",
        "surveys://secret%",
        "surveys://secr\u{435}t",
        "surveys://files%2Fb",
        "",
    ] {
        for (method, params) in asking(uri) {
            let reply = ask(&reader, method, params).await;
            assert_eq!(reply.status, 403, "{method} {uri:?}: {reply:?}");
            assert!(!reply.text.contains("SECRET of"), "{method} {uri:?}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn completions_of_a_template_are_decided_as_the_template() {
    let complete = |scopes: &'static str, uri: &'static str| async move {
        let reference = json!({ "type": "ref/resource", "uri": uri });
        let params = json!({ "ref": reference, "argument": { "name": "id", "value": "" } });
        ask(&token(scopes), "completion/complete", params).await.is_answered()
    };
    assert!(complete("mcp:connect+surveys:read", "surveys://{survey}").await);
    assert!(!complete("mcp:connect", "surveys://{survey}").await);
    assert!(!complete("mcp:connect+surveys:read", "surveys://{survey}/answers").await);
    assert!(!complete("mcp:connect+surveys:read", "surveys://{+all}").await, "no entry has that template");
}

#[tokio::test]
async fn a_stream_of_changes_is_decided_for_each_resource() {
    let listen = |uris: &[&str]| {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let params = json!({ "_meta": meta, "notifications": { "resourceSubscriptions": uris } });
        request(&token("mcp:connect+surveys:read"), "2026-07-28", &message("subscriptions/listen", &params))
    };
    let reply = send(crate::server::app(), listen(&["surveys://7", "surveys://all"])).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let reply = send(crate::server::app(), listen(&["surveys://7", "surveys://secret"])).await;
    let expected = lacking("mcp:connect surveys:admin surveys:read");
    assert_eq!((reply.status, reply.challenges), (403, expected));
    assert_eq!(send(crate::server::app(), listen(&["surveys://7", "other://x"])).await.status, 403);
}

#[tokio::test]
async fn what_is_read_is_the_callers_own() {
    let reply =
        ask(&token("mcp:connect+surveys:read"), "resources/read", json!({ "uri": "surveys://7" })).await;
    assert_ne!(reply.json()["result"]["cacheScope"], json!("public"), "{reply:?}");
}

async fn with_guards(request: Request) -> Response {
    serve(guarded(), request).await
}

async fn without_guards(request: Request) -> Response {
    serve(Surveys, request).await
}

/// Plain routes without a guard, so that only what the server itself does is seen.
#[tokio::test]
async fn without_the_layer_nothing_is_let_through() {
    for (method, params) in
        asking("surveys://7").into_iter().chain([("prompts/get", json!({ "name": "summary" }))])
    {
        let app = authenticated(axum::Router::new().route("/mcp", post(with_guards)));
        let by = token("mcp:connect+surveys:read+surveys:admin");
        let reply = send(app, request(&by, "2025-11-25", &message(method, &params))).await;
        assert_eq!(reply.json()["error"]["code"], json!(-32603), "{method}: {reply:?}");
    }
    // A prompt's guard takes no request that came past the guarded server.
    let app = axum::Router::new().route("/mcp", post(without_guards)).layer(ToolsLayer::<Scope>::new());
    let get = message("prompts/get", &json!({ "name": "summary" }));
    let by = token("mcp:connect+surveys:read");
    let reply = send(authenticated(app), request(&by, "2025-11-25", &get)).await;
    assert_eq!(reply.json()["error"]["code"], json!(-32603), "{reply:?}");
}
