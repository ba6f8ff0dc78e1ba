//! Kinds of credential beside each other: one that upgrades another, and both answers to unknown scopes.

use super::{closed, mode, operation, policy, public, reasons, scope, scoped};
use scopewright_model::core::{Method, ModeIndex, UnknownNames};
use scopewright_model::policy::{Alias, AuthMode, ClaimFormat, CredentialKind};
use scopewright_model::{Decision, Operation, Plan};
use std::collections::BTreeMap;

const JWT: ModeIndex = ModeIndex(1);
const VERIFIED_JWT: ModeIndex = ModeIndex(2);

/// A policy about credentials. Operations as the linker makes them: what is said of a mode is said of its upgrades.
pub fn credentials() -> Plan {
    let mut policy = policy("Credentials");
    let jwt = AuthMode {
        claim: Some("scope".to_owned()),
        claim_format: Some(ClaimFormat::SpaceSeparated),
        ..mode("jwt", CredentialKind::Bearer { format: Some("JWT".to_owned()), prefix: None })
    };
    policy.modes = vec![
        AuthMode {
            unknown_scopes: UnknownNames::Deny,
            ..mode(
                "api_key",
                CredentialKind::ApiKeyHeader { name: "X-API-Key".to_owned(), prefix: Some("k_".to_owned()) },
            )
        },
        jwt.clone(),
        AuthMode {
            name: "verified_jwt".to_owned(),
            variant: "VerifiedJwt".to_owned(),
            assurance: Some("verified".to_owned()),
            upgrades: Some(JWT),
            max_age: Some(300),
            ..jwt
        },
    ];
    policy.scopes = closed(vec![scope("read", "Read things.", &[]), scope("write", "Write things.", &[0])]);
    let target = policy.scope_named("read").unwrap_or(scopewright_model::core::ScopeIndex(0));
    policy.aliases =
        vec![Alias { name: "see".to_owned(), target, until: "2027-06-30".to_owned(), span: super::span() }];
    policy.public_reasons = reasons([("health", "Liveness probe, carries no data.")]);
    let of = |method, path, by_mode: Vec<(ModeIndex, Decision)>| Operation {
        by_mode: BTreeMap::from_iter(by_mode),
        ..operation(method, path, Decision::Refused)
    };
    let people = || vec![(JWT, Decision::Authenticated), (VERIFIED_JWT, Decision::Authenticated)];
    let operations = vec![
        of(Method::Get, "/config", vec![(VERIFIED_JWT, Decision::Authenticated)]),
        of(Method::Put, "/config", vec![(JWT, scoped([&[0]])), (VERIFIED_JWT, scoped([&[1]]))]),
        operation(Method::Get, "/health", public("health")),
        of(Method::Get, "/keys", people()),
        operation(Method::Get, "/things", scoped([&[0]])),
    ];
    Plan { policy, operations, mcp: Vec::new(), servers: Vec::new() }
}
