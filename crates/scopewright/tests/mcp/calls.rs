//! Who may call what, and what a denied call looks like.

use crate::server::{ask, call_tool, key, token};
use serde_json::json;

/// The challenge of a token that lacks scopes.
fn lacking(scopes: &str) -> Vec<String> {
    vec![format!("Bearer realm=\"Camera tools\", error=\"insufficient_scope\", scope=\"{scopes}\"")]
}

async fn listed(credential: &str) -> Vec<String> {
    let reply = ask(credential, "tools/list", json!({})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let tools = reply.json()["result"]["tools"].as_array().cloned().unwrap();
    tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_caller_is_shown_what_it_may_call() {
    assert_eq!(listed(&token("mcp:invoke")).await, ["time", "tokens_only"]);
    assert_eq!(listed(&key("mcp:invoke")).await, ["time"]);
    assert_eq!(
        listed(&key("mcp:invoke+cameras:write")).await,
        ["keys_only", "list_cameras", "time"],
        "by implication"
    );
    assert_eq!(
        listed(&token("admin")).await,
        ["delete_camera", "list_cameras", "search", "time", "tokens_only"],
        "not what is undecided, and not what is for keys"
    );
}

#[tokio::test]
async fn what_is_listed_can_be_called_and_nothing_else() {
    let every = ["delete_camera", "keys_only", "list_cameras", "planned", "search", "time", "tokens_only"];
    let grants = ["mcp:invoke", "mcp:invoke+cameras:read", "mcp:invoke+cameras:write+events:read", "admin"];
    for credential in grants.iter().flat_map(|scopes| [token(scopes), key(scopes)]) {
        let may_call = listed(&credential).await;
        for tool in every {
            let reply = call_tool(&credential, tool).await;
            let expected = if may_call.iter().any(|name| name == tool) { 200 } else { 403 };
            assert_eq!(reply.status, expected, "{credential}, {tool}: {reply:?}");
            assert_eq!(reply.said().is_some(), expected == 200, "{credential}, {tool}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn a_tool_learns_who_called() {
    let reply = call_tool(&key("mcp:invoke+cameras:read"), "list_cameras").await;
    assert_eq!(reply.said().as_deref(), Some("app-7"));
}

#[tokio::test]
async fn a_token_that_lacks_scopes_is_challenged_for_all_the_call_needs() {
    let reply = call_tool(&token("mcp:invoke+cameras:write"), "delete_camera").await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.challenges, lacking("cameras:write events:read mcp:invoke"));
    let body = json!({ "detail": "insufficient_scope", "required": ["events:read"], "call": ["tools/call", "delete_camera"] });
    assert_eq!(reply.json(), body);
}

#[tokio::test]
async fn the_scopes_of_the_endpoint_are_in_the_same_challenge() {
    for granted in ["cameras:read", "events:read", "mcp:invoke"] {
        let reply = call_tool(&token(granted), "list_cameras").await;
        assert_eq!(reply.status, 403, "{granted}");
        assert_eq!(reply.challenges, lacking("cameras:read mcp:invoke"), "{granted}");
    }
    let reply = call_tool(&token("events:read"), "list_cameras").await;
    assert_eq!(reply.json()["required"], json!(["cameras:read", "mcp:invoke"]));
    // Any other message asks for what the endpoint asks for.
    let reply = ask(&token("cameras:read"), "tools/list", json!({})).await;
    assert_eq!((reply.status, reply.challenges), (403, lacking("mcp:invoke")));
}

#[tokio::test]
async fn of_alternatives_the_nearest_is_named_in_one_challenge() {
    let reply = call_tool(&token("mcp:invoke+cameras:read"), "search").await;
    assert_eq!(reply.challenges, lacking("cameras:read events:read mcp:invoke"));
    let reply = call_tool(&token("mcp:invoke"), "search").await;
    assert_eq!(reply.challenges, lacking("admin mcp:invoke"));
}

#[tokio::test]
async fn a_scope_that_implies_the_needed_one_is_enough() {
    assert_eq!(call_tool(&token("mcp:invoke+cameras:write"), "list_cameras").await.status, 200);
    assert_eq!(call_tool(&token("admin"), "delete_camera").await.status, 200);
}

#[tokio::test]
async fn a_key_is_denied_without_a_challenge() {
    let reply = call_tool(&key("mcp:invoke"), "list_cameras").await;
    assert_eq!((reply.status, reply.challenges.len()), (403, 0));
    assert_eq!(reply.json()["required"], json!(["cameras:read"]));
}

#[tokio::test]
async fn a_mode_that_may_never_call_is_not_told_of_scopes() {
    let reply = call_tool(&token("admin"), "keys_only").await;
    assert_eq!((reply.status, reply.challenges.len()), (403, 0));
    assert_eq!(reply.json(), json!({ "detail": "mode_refused" }));
}

#[tokio::test]
async fn tools_that_nobody_decided_about_and_tools_that_are_not_there_are_denied_alike() {
    for name in ["planned", "no_such_tool", "", "List_cameras", " list_cameras", "../time"] {
        let reply = call_tool(&token("admin"), name).await;
        assert_eq!((reply.status, reply.challenges.len()), (403, 0), "{name}");
        assert_eq!(reply.json(), json!({ "detail": "undecided" }), "{name}");
    }
}

#[tokio::test]
async fn a_tool_of_the_table_that_this_build_does_not_have_is_unknown() {
    let reply = call_tool(&token("admin"), "extra").await;
    assert_eq!((reply.status, &reply.json()["error"]["code"]), (200, &json!(-32602)));
    assert_eq!(call_tool(&token("mcp:invoke"), "extra").await.status, 403);
}

#[tokio::test]
async fn without_a_valid_credential_the_endpoint_answers() {
    let challenge = "Bearer realm=\"Camera tools\", scope=\"mcp:invoke\"";
    let reply = call_tool("", "time").await;
    assert_eq!((reply.status, reply.challenges), (401, vec![challenge.to_owned()]));
    let reply = call_tool(&token("revoked"), "time").await;
    let challenge = "Bearer realm=\"Camera tools\", error=\"invalid_token\", scope=\"mcp:invoke\"";
    assert_eq!((reply.status, reply.challenges), (401, vec![challenge.to_owned()]));
}

#[tokio::test]
async fn who_may_not_use_tools_learns_nothing_about_them() {
    for name in ["planned", "no_such_tool", "keys_only"] {
        let reply = call_tool(&token("events:read"), name).await;
        assert_eq!((reply.status, reply.challenges), (403, lacking("mcp:invoke")), "{name}");
    }
}
