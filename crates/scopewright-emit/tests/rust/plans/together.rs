//! Credentials that only count together, beside ones that count alone, too.

use super::{closed, mode, operation, policy, public, reasons, scope, scoped};
use scopewright_model::core::{Method, ModeIndex};
use scopewright_model::policy::{AuthMode, CredentialKind};
use scopewright_model::{Decision, Operation, Plan};
use std::collections::BTreeMap;

const API_KEY: ModeIndex = ModeIndex(0);
const APPLICATION_KEY: ModeIndex = ModeIndex(1);
const FULL: ModeIndex = ModeIndex(2);
const JWT: ModeIndex = ModeIndex(3);
const DEVICE: ModeIndex = ModeIndex(4);
const PAIRED: ModeIndex = ModeIndex(5);

/// A policy about them. Only a token counts by itself, too.
pub fn together() -> Plan {
    let mut policy = policy("Together");
    let part = |mode: AuthMode| AuthMode { alone: false, ..mode };
    let key = |name: &str| CredentialKind::ApiKeyHeader { name: name.to_owned(), prefix: None };
    policy.modes = vec![
        part(mode("api_key", key("X-API-Key"))),
        part(mode("application_key", key("X-Application-Key"))),
        mode("full", CredentialKind::Together(vec![API_KEY, APPLICATION_KEY])),
        mode("jwt", CredentialKind::Bearer { format: None, prefix: None }),
        part(mode("device", CredentialKind::ApiKeyCookie { name: "device".to_owned() })),
        mode("paired", CredentialKind::Together(vec![JWT, DEVICE])),
    ];
    policy.scopes = closed(vec![scope("read", "Read things.", &[]), scope("write", "Write things.", &[0])]);
    policy.public_reasons = reasons([("health", "Liveness probe, carries no data.")]);
    let of = |method, path, mode, decision| Operation {
        by_mode: BTreeMap::from([(mode, decision)]),
        ..operation(method, path, Decision::Refused)
    };
    let operations = vec![
        of(Method::Get, "/devices", PAIRED, Decision::Authenticated),
        operation(Method::Get, "/health", public("health")),
        operation(Method::Get, "/search", Decision::OptionalAuth),
        operation(Method::Get, "/things", scoped([&[0]])),
        of(Method::Put, "/things", FULL, scoped([&[1]])),
    ];
    Plan { policy, operations, mcp: Vec::new(), servers: Vec::new() }
}
