//! Who may get a prompt, and what a denied request looks like.

use crate::server::{ask, key, token};
use serde_json::json;

const PROMPTS: [&str; 5] = ["key_prompt", "no_such_prompt", "planned_prompt", "summary", "welcome"];

#[tokio::test]
async fn prompts_are_decided_like_tools() {
    let expected = [
        (token("mcp:connect"), vec!["welcome"]),
        (token("mcp:connect+surveys:read"), vec!["summary", "welcome"]),
        (key("mcp:connect"), vec!["welcome"]),
        (key("mcp:connect+surveys:read"), vec!["key_prompt", "summary", "welcome"]),
        (token("surveys:read"), vec![]),
    ];
    for (credential, may_get) in expected {
        for name in PROMPTS {
            let reply = ask(&credential, "prompts/get", json!({ "name": name })).await;
            assert_eq!(reply.is_answered(), may_get.contains(&name), "{credential}, {name}: {reply:?}");
            let status = if may_get.contains(&name) { 200 } else { 403 };
            assert_eq!(reply.status, status, "{credential}, {name}: {reply:?}");
            let reference = json!({ "type": "ref/prompt", "name": name });
            let params = json!({ "ref": reference, "argument": { "name": "x", "value": "" } });
            let reply = ask(&credential, "completion/complete", params).await;
            assert_eq!(
                reply.is_answered(),
                may_get.contains(&name),
                "completion, {credential}, {name}: {reply:?}"
            );
        }
    }
}

#[tokio::test]
async fn the_challenge_names_all_that_is_needed() {
    for granted in ["mcp:connect", "surveys:write"] {
        let reply = ask(&token(granted), "prompts/get", json!({ "name": "summary" })).await;
        let expected =
            "Bearer realm=\"Surveys\", error=\"insufficient_scope\", scope=\"mcp:connect surveys:read\"";
        assert_eq!((reply.status, reply.challenges), (403, vec![expected.to_owned()]), "{granted}");
    }
    let reply = ask(&key("mcp:connect"), "prompts/get", json!({ "name": "summary" })).await;
    assert_eq!(reply.challenges.len(), 0);
    assert_eq!(reply.json(), json!({ "detail": "insufficient_scope", "path": "summary" }));
    let reply = ask("", "prompts/get", json!({ "name": "summary" })).await;
    assert_eq!(reply.status, 401);
}

#[tokio::test]
async fn a_prompt_learns_who_asked() {
    let reply = ask(&token("mcp:connect"), "prompts/get", json!({ "name": "welcome" })).await;
    assert_eq!(reply.json()["result"]["messages"][0]["content"]["text"], json!("app-7"), "{reply:?}");
}
