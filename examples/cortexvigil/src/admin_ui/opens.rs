//! What a scope opens: read off the policy's own table, so that the page can't say anything else than the guards do.

use scopewright::{Catalogue, Decision, Operation, RouteRow, Verdict, decide};

use crate::scopes::{AuthMode, Grant, ROUTES, Scope, TOOLS};

/// A scope as the pages show it.
pub(super) struct ScopeLine {
    pub(super) name: &'static str,
    /// What it opens, in the policy's words.
    pub(super) grants: &'static str,
    pub(super) is_granted: bool,
    /// What is held with it, itself left out.
    pub(super) gives: Vec<&'static str>,
    /// The endpoints a key with this scope alone may call.
    pub(super) opens: Vec<String>,
    /// The MCP tools it lets a key call that may call the MCP endpoint.
    pub(super) tools: Vec<&'static str>,
}

/// Every scope of the policy, and which of them are granted.
pub(super) fn lines(granted: &[String]) -> Vec<ScopeLine> {
    Scope::ALL.iter().map(|scope| line(*scope, granted)).collect()
}

fn line(scope: Scope, granted: &[String]) -> ScopeLine {
    let name = scope.as_str();
    let closure = scope.closure();
    let others = Scope::ALL.iter().filter(|other| **other != scope && closure.contains(other.index()));
    ScopeLine {
        name,
        grants: scope.grants(),
        is_granted: granted.iter().any(|granted| granted == name),
        gives: others.map(|other| other.as_str()).collect(),
        opens: opened_by(&[name]).map(|row| format!("{} {}", row.method, row.path)).collect(),
        tools: TOOLS
            .iter()
            .filter(|tool| is_opened(&tool.operation, &[name]))
            .map(|tool| tool.name)
            .collect(),
    }
}

/// The endpoints that ask for scopes and that a key with these may call.
pub(super) fn opened_by(scopes: &[&str]) -> impl Iterator<Item = &'static RouteRow> {
    ROUTES.iter().filter(move |row| is_opened(&row.operation, scopes))
}

/// Whether an operation asks a key for scopes, and these are enough.
fn is_opened(operation: &Operation<'_>, scopes: &[&str]) -> bool {
    let mode = <Scope as Catalogue>::mode_index(AuthMode::ApiKey);
    let grant = Grant::from_scopes(AuthMode::ApiKey, scopes);
    matches!(operation.for_mode(mode, None), Decision::Scoped(_))
        && decide(operation, Some(grant.caller())) == Verdict::Allowed
}
