//! An MCP server with tools, prompts and resources, for tokens that can ask for more and for keys that can't.

use super::{closed, denial, mode, object, operation, policy, scope, scoped, text, tool};
use scopewright_model::core::{Method, ModeIndex, Placeholder};
use scopewright_model::policy::{AuthMode, BodyValue, CredentialKind, McpLists};
use scopewright_model::{Decision, McpKind, McpOperation, Plan};
use std::collections::BTreeMap;

const KEY: ModeIndex = ModeIndex(1);

fn offered(kind: McpKind, name: &str, otherwise: Decision) -> McpOperation {
    McpOperation { kind, ..tool(name, otherwise) }
}

/// A policy about surveys. Tokens are offered what they lack scopes for.
pub fn offers() -> Plan {
    let mut policy = policy("Surveys");
    policy.modes = vec![
        AuthMode {
            mcp_lists: McpLists::Requestable,
            ..mode("token", CredentialKind::Bearer { format: None, prefix: None })
        },
        mode("api_key", CredentialKind::ApiKeyHeader { name: "X-API-Key".to_owned(), prefix: None }),
    ];
    let mut hidden = scope("surveys:purge", "Remove surveys for good.", &[]);
    hidden.hidden = true;
    policy.scopes = closed(vec![
        scope("mcp:connect", "Use the server.", &[]),
        scope("surveys:read", "Read surveys.", &[]),
        scope("surveys:write", "Write surveys.", &[]),
        scope("surveys:admin", "Administer surveys.", &[]),
        hidden,
    ]);
    let body = [("detail", text("insufficient_scope")), ("path", BodyValue::Hole(Placeholder::Path))];
    policy.denials.insufficient_scope = denial(403, object(body));
    let keys_only = |offered: McpOperation| McpOperation {
        by_mode: BTreeMap::from([(KEY, scoped([&[1]]))]),
        otherwise: Decision::Refused,
        ..offered
    };
    let deferred = || Decision::Deferred { ticket: "SUR-1".to_owned() };
    let prompt = |name: &str, decision| offered(McpKind::Prompt, name, decision);
    let resource =
        |uri: &str, decision| McpOperation { handler: None, ..offered(McpKind::Resource, uri, decision) };
    Plan {
        policy,
        operations: vec![operation(Method::Post, "/mcp", scoped([&[0]]))],
        servers: Vec::new(),
        mcp: vec![
            tool("copy_survey", scoped([&[1, 2], &[3]])),
            keys_only(tool("export", Decision::Refused)),
            tool("list_surveys", scoped([&[1]])),
            tool("planned", deferred()),
            tool("purge", scoped([&[4]])),
            tool("tidy", scoped([&[1, 4], &[3]])),
            tool("time", Decision::Authenticated),
            tool("write_survey", scoped([&[2]])),
            keys_only(prompt("key_prompt", Decision::Refused)),
            prompt("planned_prompt", deferred()),
            prompt("summary", scoped([&[1]])),
            prompt("welcome", Decision::Authenticated),
            resource("surveys://all", scoped([&[1]])),
            resource("surveys://files/{+path}", scoped([&[3]])),
            resource("surveys://files/{name}", scoped([&[1]])),
            resource("surveys://secret", scoped([&[3]])),
            resource("surveys://{id}", scoped([&[1]])),
            resource("surveys://{id}/answers", scoped([&[2]])),
            resource("welcome://text", Decision::Authenticated),
        ],
    }
}
