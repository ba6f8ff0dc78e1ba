//! The MCP server under the official TypeScript SDK's client.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

use std::path::Path;
use std::process::Command;

use example_testkit::{Client, Program, browser};
use serde_json::{Value, json};

const OPERATOR: &str = "an operator's token";

/// The secret of a key of a new External App.
fn key(operator: &Client, name: &str, scopes: &[&str]) -> String {
    let app = json!({ "organisation": "Northwind Logistics", "name": name, "scopes": scopes });
    let app = operator.post("/api/v1/admin/external-apps", &app).expect(201);
    let keys = format!("/api/v1/admin/external-apps/{}/keys", app["id"]);
    operator.post(&keys, &json!({ "label": "main" })).expect(201)["secret"].as_str().unwrap().to_owned()
}

#[test]
fn a_client_nobody_here_wrote_lists_and_calls_what_its_key_may() {
    let service = Program::new(env!("CARGO_BIN_EXE_cortexvigil"))
        .with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR)
        .start();
    let operator = service.client().bearer(OPERATOR);
    let all: Vec<&str> = cortexvigil::scopes::Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    let keys = json!({
        "invoke": key(&operator, "Assistant without scopes", &["mcp:invoke"]),
        "reader": key(&operator, "Reading assistant", &["mcp:invoke", "read:cameras", "read:alerts"]),
        "all": key(&operator, "Assistant for everything", &all),
        "no_mcp": key(&operator, "No assistant", &["read:cameras", "read:alerts"]),
        "operator": OPERATOR,
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mcp/client.mjs");
    let run = Command::new("node")
        .arg(script)
        .args([service.base(), &browser::node_tools(), &keys.to_string()])
        .output()
        .unwrap();
    let (printed, problems) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && printed.trim() == "done", "{printed}{problems}");
}

/// What the SDK's client can't send: a message of the revision of 2026-07-28, which has no handshake.
#[test]
fn the_revision_without_sessions_is_served_too() {
    let service = Program::new(env!("CARGO_BIN_EXE_cortexvigil"))
        .with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR)
        .start();
    let secret =
        key(&service.client().bearer(OPERATOR), "Reading assistant", &["mcp:invoke", "read:cameras"]);
    let ask = |method: &str, name: Option<&str>| -> (u16, Value) {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let params = json!({ "_meta": meta, "name": name, "arguments": {} });
        let client = service
            .client()
            .with("X-API-Key", &secret)
            .with("Accept", "application/json, text/event-stream")
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Method", method);
        let client = name.iter().fold(client, |client, name| client.with("Mcp-Name", name));
        let answer =
            client.post("/mcp", &json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }));
        (answer.status, answer.json())
    };
    let (status, listed) = ask("tools/list", None);
    assert_eq!((status, &listed["result"]["tools"][0]["name"]), (200, &json!("list_cameras")), "{listed}");
    assert_eq!(listed["result"]["tools"].as_array().unwrap().len(), 1);
    assert_eq!(listed["result"]["cacheScope"], "private", "nobody else is shown this caller's list");
    let (status, called) = ask("tools/call", Some("list_cameras"));
    assert_eq!((status, &called["result"]["isError"]), (200, &json!(false)), "{called}");
    let (status, denied) = ask("tools/call", Some("list_alerts"));
    assert_eq!((status, &denied["required"]), (403, &json!("read:alerts")), "{denied}");
}
