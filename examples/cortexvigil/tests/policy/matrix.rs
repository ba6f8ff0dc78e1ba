//! Every endpoint and every MCP tool x {each scope alone, none, all, an unknown key, a revoked and an expired one, the wrong mode, no key, the operator}.

use example_testkit::matrix::{self, Caller, Credential};
use example_testkit::{Client, Program, Service};
use scopewright_model::Policy;
use serde_json::json;

use crate::support::OPERATOR;

const APPS: &str = "/api/v1/admin/external-apps";

#[test]
fn every_endpoint_and_tool_answers_every_caller_as_the_policy_says() {
    let plan = example_testkit::plan(env!("CARGO_MANIFEST_DIR"));
    assert!(plan.operations.len() >= 55, "{} endpoints", plan.operations.len());
    assert_eq!(plan.policy.scopes.len(), 19);
    let service = Program::new(env!("CARGO_BIN_EXE_cortexvigil"))
        .with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR)
        .start();
    let operator = service.client().bearer(OPERATOR);
    let with_key = |scopes: &[&str]| service.client().with("X-API-Key", &issue(&operator, scopes).secret);
    let mut callers = matrix::callers_of_mode(&plan.policy, "api_key", with_key);
    callers.extend(others(&service, &operator));
    let compared = matrix::check(&plan, &callers);
    assert_eq!(compared, plan.operations.len() * (21 + 7));
    // A tool is called through the endpoint, so the scope of that one is needed beside each.
    callers.extend(beside_invoke(&plan.policy, with_key));
    let compared = matrix::check_tools(&plan, "POST /mcp", &callers);
    assert_eq!(compared, 11 * (21 + 7 + 18));
}

/// A caller for each scope beside `mcp:invoke`.
fn beside_invoke(policy: &Policy, client: impl Fn(&[&str]) -> Client) -> Vec<Caller> {
    let others = policy.scopes.iter().map(|scope| scope.name.as_str()).filter(|name| *name != "mcp:invoke");
    others
        .map(|name| Caller {
            name: format!("api_key with mcp:invoke and {name}"),
            client: client(&["mcp:invoke", name]),
            credential: Credential::Valid {
                mode: "api_key".to_owned(),
                scopes: vec!["mcp:invoke".to_owned(), name.to_owned()],
            },
        })
        .collect()
}

struct Issued {
    path: String,
    secret: String,
}

/// The key of a new External App.
fn issue(operator: &Client, scopes: &[&str]) -> Issued {
    let name = format!("{} scopes: {}", scopes.len(), scopes.join(" ").chars().take(60).collect::<String>());
    let app = json!({ "organisation": "Northwind Logistics", "name": name, "scopes": scopes });
    let keys = format!("{APPS}/{}/keys", operator.post(APPS, &app).expect(201)["id"]);
    let key = operator.post(&keys, &json!({ "label": "main" })).expect(201);
    Issued { path: format!("{keys}/{}", key["id"]), secret: key["secret"].as_str().unwrap().to_owned() }
}

/// The callers whose scopes do not matter.
fn others(service: &Service, operator: &Client) -> Vec<Caller> {
    let key = |secret: &str| service.client().with("X-API-Key", secret);
    let revoked = issue(operator, &["read:cameras", "write:cameras"]);
    assert_eq!(operator.delete(&revoked.path).status, 204);
    let expired = issue(operator, &["read:cameras", "write:events"]);
    let database = rusqlite::Connection::open(service.database()).unwrap();
    let over = "UPDATE api_keys SET expires_at = '2026-01-01T00:00:00.000Z' WHERE id = ?1";
    assert_eq!(database.execute(over, [expired.path.rsplit('/').next().unwrap()]), Ok(1));
    let good = service.variable("KEY_FACILITY_BOT");
    let operator_mode = Credential::Valid { mode: "operator".to_owned(), scopes: Vec::new() };
    [
        ("no key", service.client(), Credential::None),
        ("an unknown key", key("cv_0000000000000000000000000000000000000000000"), Credential::Invalid),
        ("a revoked key", key(&revoked.secret), Credential::Invalid),
        ("an expired key", key(&expired.secret), Credential::Invalid),
        ("a good key as a bearer token", service.client().bearer(good), Credential::Invalid),
        ("the operator's token as a key", key(OPERATOR), Credential::Invalid),
        ("the operator", operator.clone(), operator_mode),
    ]
    .map(|(name, client, credential)| Caller { name: name.to_owned(), client, credential })
    .into()
}
