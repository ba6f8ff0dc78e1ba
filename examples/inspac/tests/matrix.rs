//! Every endpoint and every kind of caller, over HTTP, against what the policy says.

use std::cell::Cell;

use example_keyring::keys::{self, Expiry, NewKey};
use example_testkit::matrix::{self, Caller, Credential};
use example_testkit::{Client, Program, mutations, plan};

#[test]
fn every_endpoint_answers_every_caller_as_the_policy_says() {
    let plan = plan(env!("CARGO_MANIFEST_DIR"));
    let service = Program::new(env!("CARGO_BIN_EXE_inspac")).start();
    let client = service.client();
    let database = rusqlite::Connection::open(service.database()).unwrap();
    let made = Cell::new(0);
    // Issued behind the settings' back, which make no key without a scope.
    let issue = |scopes: &[&str]| {
        made.set(made.get() + 1);
        let new = NewKey { prefix: "insp_", owner: "1", name: "matrix", scopes, expiry: Expiry::Never };
        client.bearer(&keys::issue(&database, &new).unwrap().secret)
    };
    let mut callers = matrix::callers_of_mode(&plan.policy, "api_key", issue);
    let unknown_scope = issue(&["issues:read", "issues:delete"]);
    let invalid = |name: &str, client: Client| Caller {
        name: name.to_owned(),
        client,
        credential: Credential::Invalid,
    };
    let [reporting, helpdesk] = ["KEY_REPORTING", "KEY_HELPDESK"].map(|name| service.variable(name));
    callers.extend([
        Caller { name: "nobody".to_owned(), client: client.clone(), credential: Credential::None },
        invalid("an unknown key", client.bearer(&format!("insp_{}", "0".repeat(43)))),
        invalid("an unknown session", client.bearer(&format!("sess_{}", "0".repeat(43)))),
        invalid("a token without a prefix", client.bearer("something")),
        invalid("a key with a scope nobody knows", unknown_scope),
        invalid("an expired key", client.bearer(service.variable("KEY_EXPIRED"))),
        invalid("a revoked key", client.bearer(service.variable("KEY_REVOKED"))),
        Caller {
            name: "two keys".to_owned(),
            client: client.bearer(reporting).bearer(helpdesk),
            credential: Credential::Several,
        },
        Caller {
            name: "an administrator".to_owned(),
            client: client.bearer(service.variable("SESSION_ADMIN")),
            credential: Credential::Valid { mode: "admin_session".to_owned(), scopes: Vec::new() },
        },
    ]);
    assert_eq!(made.get(), 29, "each of 26 scopes, none, all, and one too many");
    let compared = matrix::check(&plan, &callers);
    assert_eq!(compared, plan.operations.len() * callers.len());
    let of_keys = plan.operations.iter().filter(|it| it.path.to_string().starts_with("/v1/")).count();
    assert!(of_keys >= 45, "{of_keys} endpoints");
}

#[test]
fn every_item_of_the_policy_is_there_for_a_sentence() {
    let noticed = mutations::check(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(noticed.iter().filter(|line| line.starts_with("the family")).count(), 2);
}
