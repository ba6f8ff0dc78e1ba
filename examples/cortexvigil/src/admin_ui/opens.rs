//! What a scope opens: read off the policy's own table, so that the page can't say anything else than the guards do.

use scopewright::{Catalogue, Decision, RouteRow, Verdict, decide};

use crate::scopes::{AuthMode, Grant, ROUTES, Scope};

/// A scope as the pages show it.
pub(super) struct ScopeLine {
    pub(super) name: &'static str,
    pub(super) is_granted: bool,
    /// What is held with it, itself left out.
    pub(super) gives: Vec<&'static str>,
    /// The endpoints a key with this scope alone may call.
    pub(super) opens: Vec<String>,
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
        is_granted: granted.iter().any(|granted| granted == name),
        gives: others.map(|other| other.as_str()).collect(),
        opens: opened_by(&[name]).map(|row| format!("{} {}", row.method, row.path)).collect(),
    }
}

/// The endpoints that ask for scopes and that a key with these may call.
pub(super) fn opened_by(scopes: &[&str]) -> impl Iterator<Item = &'static RouteRow> {
    let grant = Grant::from_scopes(AuthMode::ApiKey, scopes);
    let mode = <Scope as Catalogue>::mode_index(AuthMode::ApiKey);
    ROUTES.iter().filter(move |row| {
        matches!(row.operation.for_mode(mode, None), Decision::Scoped(_))
            && decide(&row.operation, Some(grant.caller())) == Verdict::Allowed
    })
}
