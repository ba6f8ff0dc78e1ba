//! Every MCP tool of a service and every kind of caller, over HTTP: a call needs what the endpoint asks for that takes
//! it, and what the tool asks for.

use std::collections::{BTreeMap, BTreeSet};

use scopewright_model::core::Verdict;
use scopewright_model::{Decision, McpKind, McpOperation, Operation, Plan, Policy};
use serde_json::{Value, json};

use super::{Caller, Credential, Expected, assert_all, disagreement, expected};

/// The revision of MCP whose messages need no handshake.
const REVISION: &str = "2026-07-28";

/// Sends a call of every tool by every caller to the endpoint that takes calls (`POST /mcp`) and compares status and
/// body; returns how many answers were compared.
pub fn check_tools(plan: &Plan, endpoint: &str, callers: &[Caller]) -> usize {
    let endpoint = plan.operations.iter().find(|operation| operation.title() == endpoint).unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for tool in plan.mcp_of(McpKind::Tool) {
        let both = together(&plan.policy, endpoint, tool);
        for caller in callers {
            let title = format!("{} through {}", tool.title(), endpoint.title());
            let expected = expected(&plan.policy, &both, caller);
            wrong.extend(explained_otherwise(&plan.policy, endpoint, tool, caller, &expected));
            let (status, text) = call(&endpoint.path.to_string(), &tool.name, caller);
            compared += 1;
            wrong.extend(disagreement(&title, caller, &expected, status, &text));
        }
    }
    assert_all(&wrong, compared);
    compared
}

/// The status and the body of a call without arguments.
fn call(path: &str, tool: &str, caller: &Caller) -> (u16, String) {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": REVISION,
        "io.modelcontextprotocol/clientInfo": { "name": "matrix", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let params: Value = json!({ "_meta": meta, "name": tool, "arguments": {} });
    let client = caller
        .client
        .with("Accept", "application/json, text/event-stream")
        .with("MCP-Protocol-Version", REVISION)
        .with("Mcp-Method", "tools/call")
        .with("Mcp-Name", tool);
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    let answer = client.post(path, &message);
    (answer.status, answer.text())
}

/// What an endpoint and a tool ask for together, as an operation of the endpoint's method and path.
fn together(policy: &Policy, endpoint: &Operation, tool: &McpOperation) -> Operation {
    let by_mode: BTreeMap<_, _> = policy
        .modes_indexed()
        .map(|(mode, _)| (mode, stricter(endpoint.for_mode(mode), tool.for_mode(mode))))
        .collect();
    let otherwise = stricter(&endpoint.otherwise, &tool.otherwise);
    Operation { by_mode, otherwise, ..endpoint.clone() }
}

/// The decision that meets both: of two that ask for scopes, each alternative of one with each of the other.
fn stricter(one: &Decision, other: &Decision) -> Decision {
    if let (Decision::Scoped(one), Decision::Scoped(other)) = (one, other) {
        let pairs = one.iter().flat_map(|all_of| other.iter().map(move |also| all_of.iter().chain(also)));
        let any_of: BTreeSet<BTreeSet<_>> = pairs.map(|pair| pair.copied().collect()).collect();
        return Decision::Scoped(any_of.into_iter().map(|all_of| all_of.into_iter().collect()).collect());
    }
    let strictness = |decision: &Decision| match decision {
        Decision::Public { .. } => 0,
        Decision::OptionalAuth => 1,
        Decision::Authenticated => 2,
        Decision::Scoped(_) => 3,
        Decision::Refused => 4,
        Decision::Deferred { .. } => 5,
    };
    if strictness(one) >= strictness(other) { one.clone() } else { other.clone() }
}

/// What `explain` says of the tool, where endpoint and tool together are answered otherwise.
fn explained_otherwise(
    policy: &Policy,
    endpoint: &Operation,
    tool: &McpOperation,
    caller: &Caller,
    expected: &Expected,
) -> Option<String> {
    let (of_endpoint, of_tool) = match &caller.credential {
        // `explain` speaks of valid credentials only.
        Credential::Invalid | Credential::Several => return None,
        Credential::None => (endpoint.verdict(policy, None), tool.verdict(policy, None)),
        Credential::Valid { mode, scopes } => {
            let granted: Vec<_> = scopes.iter().map(|name| policy.scope_named(name).unwrap()).collect();
            let caller = Some((policy.mode_named(mode).unwrap(), granted.as_slice()));
            (endpoint.verdict(policy, caller), tool.verdict(policy, caller))
        }
    };
    let agrees = match expected {
        Expected::Allowed => (of_endpoint, of_tool) == (Verdict::Allowed, Verdict::Allowed),
        Expected::Denied { verdict, .. } => [of_endpoint, of_tool].contains(verdict),
    };
    (!agrees).then(|| format!("{} with {}: explained as {of_tool:?}", tool.title(), caller.name))
}
