//! Credentials of which one request can carry several: which of them yields to which, and what becomes of one that is not
//! valid where none is needed.

use super::{closed, identified_by, mode, operation, policy, public, reasons, scope, scoped, with_resource};
use scopewright_model::core::{Method, ModeIndex, ScopeEnforcement, UnknownNames};
use scopewright_model::policy::{AuthMode, ClaimFormat, CredentialKind};
use scopewright_model::{Decision, Operation, Plan};
use std::collections::BTreeMap;

const SESSION: ModeIndex = ModeIndex(0);
const KEY: ModeIndex = ModeIndex(1);
const TOKEN: ModeIndex = ModeIndex(2);
const FRESH_TOKEN: ModeIndex = ModeIndex(3);
const DEVICE: ModeIndex = ModeIndex(5);
const APPLICATION: ModeIndex = ModeIndex(6);

/// A policy about them, as the policy stage makes it: orders followed, upgrades like their base, parts like all they are a
/// part of.
pub fn competing() -> Plan {
    let mut policy = policy("Competing");
    let token = AuthMode {
        claim: Some("scope".to_owned()),
        claim_format: Some(ClaimFormat::SpaceSeparated),
        ..mode("token", CredentialKind::Bearer { format: None, prefix: None })
    };
    let cookie = |name: &str| CredentialKind::ApiKeyCookie { name: name.to_owned() };
    let header = |name: &str| CredentialKind::ApiKeyHeader { name: name.to_owned(), prefix: None };
    let of_paired = |mode: AuthMode| AuthMode { yields_to: vec![KEY], ..mode };
    policy.modes = vec![
        AuthMode {
            enforcement: ScopeEnforcement::Skipped,
            yields_to: vec![TOKEN, FRESH_TOKEN],
            invalid_counts_as_none: true,
            ..mode("session", cookie("sid"))
        },
        AuthMode { unknown_scopes: UnknownNames::Deny, ..mode("key", header("X-API-Key")) },
        token.clone(),
        AuthMode {
            name: "fresh_token".to_owned(),
            variant: "FreshToken".to_owned(),
            assurance: Some("fresh".to_owned()),
            upgrades: Some(TOKEN),
            max_age: Some(300),
            ..token
        },
        mode("parameter", CredentialKind::ApiKeyQuery { name: "key".to_owned() }),
        of_paired(AuthMode { alone: false, ..mode("device", cookie("device")) }),
        of_paired(AuthMode { alone: false, ..mode("application", header("X-Application")) }),
        of_paired(mode("paired", CredentialKind::Together(vec![DEVICE, APPLICATION]))),
    ];
    policy.scopes = closed(vec![scope("read", "Read things.", &[]), scope("write", "Write things.", &[0])]);
    policy.public_reasons = reasons([("health", "Liveness probe, carries no data.")]);
    let config = Operation {
        by_mode: BTreeMap::from([(FRESH_TOKEN, Decision::Authenticated)]),
        ..operation(Method::Get, "/config", Decision::Refused)
    };
    let sessions = Operation {
        by_mode: BTreeMap::from([(SESSION, Decision::Authenticated)]),
        ..operation(Method::Get, "/console", Decision::Refused)
    };
    let operations = vec![
        config,
        sessions,
        operation(Method::Get, "/health", public("health")),
        operation(Method::Get, "/items", Decision::OptionalAuth),
        operation(Method::Get, "/things", scoped([&[0]])),
        operation(Method::Get, "/todo", Decision::Deferred { ticket: "T-1".to_owned() }),
        operation(Method::Get, "/whoami", Decision::Authenticated),
    ];
    with_resource(
        Plan { policy, operations, mcp: Vec::new(), servers: Vec::new() },
        identified_by("https://api.example.com/"),
    )
}
