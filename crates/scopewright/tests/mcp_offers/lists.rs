//! What the lists show, to whom.

use crate::server::{ask, key, token};
use serde_json::{Value, json};

/// The names in a list, each with what it says it needs.
async fn listed(credential: &str, what: &str, member: &str, name: &str) -> Vec<(String, Value)> {
    let reply = ask(credential, what, json!({})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let result = reply.json()["result"].clone();
    assert_ne!(result["cacheScope"], json!("public"), "{reply:?}");
    let all = result[member].as_array().cloned().unwrap();
    let needs = |it: &Value| it["_meta"]["scopewright/authorization"].clone();
    all.iter().map(|it| (it[name].as_str().unwrap().to_owned(), needs(it))).collect()
}

async fn tools(credential: &str) -> Vec<(String, Value)> {
    listed(credential, "tools/list", "tools", "name").await
}

fn may(name: &str) -> (String, Value) {
    (name.to_owned(), Value::Null)
}

fn could(name: &str, scopes: &[&str]) -> (String, Value) {
    (name.to_owned(), json!({ "scopes": scopes }))
}

#[tokio::test]
async fn a_token_is_offered_what_it_could_ask_for() {
    let copy = json!({
        "scopes": ["surveys:admin"],
        "anyOf": [["surveys:read", "surveys:write"], ["surveys:admin"]],
    });
    let expected = [
        ("copy_survey".to_owned(), copy),
        could("list_surveys", &["surveys:read"]),
        could("tidy", &["surveys:admin"]),
        may("time"),
        could("write_survey", &["surveys:write"]),
    ];
    assert_eq!(tools(&token("mcp:connect")).await, expected, "nothing refused, deferred or hidden");
}

#[tokio::test]
async fn the_nearest_alternative_is_the_offer() {
    let shown = tools(&token("mcp:connect+surveys:read")).await;
    let copy = shown.iter().find(|(name, _)| name == "copy_survey").unwrap();
    assert_eq!(copy.1["scopes"], json!(["surveys:read", "surveys:write"]));
    // A hidden scope that is held hides nothing.
    let shown = tools(&token("mcp:connect+surveys:purge")).await;
    let tidy = shown.iter().find(|(name, _)| name == "tidy").unwrap();
    assert_eq!(tidy.1["scopes"], json!(["surveys:purge", "surveys:read"]));
    assert!(shown.contains(&may("purge")));
}

#[tokio::test]
async fn a_key_is_shown_what_it_may_call() {
    assert_eq!(tools(&key("mcp:connect")).await, [may("time")]);
    let expected = [may("export"), may("list_surveys"), may("time")];
    assert_eq!(tools(&key("mcp:connect+surveys:read")).await, expected);
}

#[tokio::test]
async fn what_is_offered_is_denied_until_it_is_granted() {
    let offered = tools(&token("mcp:connect")).await;
    for (name, needs) in offered.iter().filter(|(_, needs)| !needs.is_null()) {
        let call =
            |credential: String| async move { ask(&credential, "tools/call", json!({ "name": name })).await };
        let denied = call(token("mcp:connect")).await;
        assert_eq!(denied.status, 403, "{name}");
        let scopes: Vec<&str> =
            needs["scopes"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        let challenge = denied.challenges.first().unwrap();
        assert!(
            scopes.iter().all(|scope| challenge.contains(scope)) || needs["anyOf"].is_array(),
            "{challenge}"
        );
        let reply = call(token(&format!("mcp:connect+{}", scopes.join("+")))).await;
        assert!(reply.is_answered(), "{name}: {reply:?}");
    }
}

#[tokio::test]
async fn prompts_are_shown_like_tools() {
    let prompts =
        |credential: String| async move { listed(&credential, "prompts/list", "prompts", "name").await };
    assert_eq!(prompts(token("mcp:connect")).await, [could("summary", &["surveys:read"]), may("welcome")]);
    assert_eq!(prompts(key("mcp:connect")).await, [may("welcome")]);
    let expected = [may("key_prompt"), may("summary"), may("welcome")];
    assert_eq!(prompts(key("mcp:connect+surveys:read")).await, expected);
}

#[tokio::test]
async fn resources_are_shown_like_tools() {
    let resources =
        |credential: String| async move { listed(&credential, "resources/list", "resources", "uri").await };
    let expected = [
        could("surveys://7", &["surveys:read"]),
        could("surveys://all", &["surveys:read"]),
        could("surveys://secret", &["surveys:admin"]),
        may("welcome://text"),
    ];
    assert_eq!(resources(token("mcp:connect")).await, expected, "not what no entry names");
    assert_eq!(resources(key("mcp:connect")).await, [may("welcome://text")]);
    let templates = |credential: String| async move {
        listed(&credential, "resources/templates/list", "resourceTemplates", "uriTemplate").await
    };
    let expected = [
        could("surveys://{survey}", &["surveys:read"]),
        could("surveys://{survey}/answers", &["surveys:write"]),
    ];
    assert_eq!(templates(token("mcp:connect")).await, expected, "whatever the expressions are called");
    assert_eq!(templates(key("mcp:connect+surveys:read")).await, [may("surveys://{survey}")]);
}

#[tokio::test]
async fn lists_are_the_endpoints_to_open() {
    for list in ["tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
        assert_eq!(ask("", list, json!({})).await.status, 401, "{list}");
        assert_eq!(ask(&token("surveys:read"), list, json!({})).await.status, 403, "{list}");
    }
}
