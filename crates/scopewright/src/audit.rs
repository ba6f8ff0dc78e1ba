//! The declared effect `audit = true` of a scope: a call that such a scope lets in is told to the service before its handler
//! runs, and does not run if that fails.

#[cfg(feature = "audit")]
mod hook;
#[cfg(feature = "audit")]
mod writer;

#[cfg(feature = "_framework")]
pub(crate) use hook::has_hook;
#[cfg(feature = "audit")]
pub(crate) use hook::record;
#[cfg(feature = "audit")]
pub use hook::{AuditHook, AuditHookSet, on_audit};

use crate::catalogue::{Catalogue, CompiledPolicy, ScopeWords};
use crate::grant::Grant;
use scopewright_core::{Decision, Iter, ModeIndex, Operation, ScopeEnforcement, ScopeIndex, contains};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A call that an audited scope lets in. Holds no credential.
#[derive(Clone)]
pub struct AuditEvent {
    policy: &'static CompiledPolicy,
    method: Box<str>,
    route: Box<str>,
    mode: ModeIndex,
    subject: Option<Arc<str>>,
    scopes: Box<[ScopeIndex]>,
}

impl AuditEvent {
    /// `[api] title` of the policy: tells services of one process apart.
    pub const fn policy(&self) -> &'static str {
        self.policy.title
    }

    /// The request's method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The route's pattern, such as `/cameras/{id}`.
    pub fn route(&self) -> &str {
        &self.route
    }

    /// The auth mode the caller came by.
    pub fn mode(&self) -> &'static str {
        self.policy.mode(self.mode).map_or("", |row| row.name)
    }

    /// Who the caller is, if the authenticator said.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The audited scopes that let the call in, in the order of the policy: named by the requirement, or held and implying
    /// what it names.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.scopes.iter().map(|scope| self.policy.scope_name(*scope))
    }
}

impl fmt::Debug for AuditEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditEvent")
            .field("method", &self.method)
            .field("route", &self.route)
            .field("mode", &self.mode())
            .field("subject", &self.subject)
            .field("scopes", &self.scopes().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// The call could not be written down, so it is not made: its caller is answered 503.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditUnavailable;

impl fmt::Display for AuditUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call could not be written to the audit log")
    }
}

impl std::error::Error for AuditUnavailable {}

/// Whether an audited scope may let somebody in to the operation: it names one, or a scope that one implies.
#[cfg_attr(not(feature = "_framework"), expect(dead_code, reason = "asked when a service starts"))]
pub(crate) fn may_need_hook<C: Catalogue>(operation: &Operation<'_>) -> bool {
    let implies = |held: &ScopeIndex, named: &ScopeIndex| {
        C::CLOSURES.get(usize::from(held.0)).is_some_and(|closure| contains(closure.words(), *named))
    };
    let mut decisions = operation.by_mode.iter().map(|entry| entry.decision).chain([operation.otherwise]);
    decisions.any(|decision| match decision {
        Decision::Scoped(requirement) => {
            let mut named = requirement.alternatives().iter().copied().flatten();
            named.any(|named| C::policy().audited.iter().any(|held| implies(held, named)))
        }
        _ => false,
    })
}

/// What is to be written down of an allowed call before it is made. Without audited scopes in the policy this is nothing at
/// all.
#[inline]
pub(crate) fn to_record<'a, C: Catalogue>(
    operation: &Operation<'_>,
    grant: &Grant<C>,
    called: impl FnOnce() -> (&'a str, Cow<'a, str>),
) -> Option<AuditEvent> {
    if C::policy().audited.is_empty() { None } else { event(operation, grant, called) }
}

fn event<'a, C: Catalogue>(
    operation: &Operation<'_>,
    grant: &Grant<C>,
    called: impl FnOnce() -> (&'a str, Cow<'a, str>),
) -> Option<AuditEvent> {
    let policy = C::policy();
    let scopes = audited::<C>(policy, operation, grant);
    (!scopes.is_empty()).then(|| {
        let (method, route) = called();
        AuditEvent {
            policy,
            method: method.into(),
            route: route.into(),
            mode: grant.mode_index(),
            subject: grant.shared_subject(),
            scopes: scopes.into(),
        }
    })
}

/// The audited scopes that let a caller in: those the met alternative names, and, where it names a scope the caller holds
/// only by implication, those it is implied by, if no other scope the caller holds implies it.
fn audited<C: Catalogue>(
    policy: &CompiledPolicy,
    operation: &Operation<'_>,
    grant: &Grant<C>,
) -> Vec<ScopeIndex> {
    let caller = grant.caller();
    let Decision::Scoped(requirement) = policy.decision_for(operation, caller.mode) else {
        return Vec::new();
    };
    let is_met = |all_of: &&&[ScopeIndex]| {
        caller.enforcement == ScopeEnforcement::Skipped
            || all_of.iter().all(|scope| contains(caller.closure, *scope))
    };
    let is_audited = |scope: &ScopeIndex| policy.audited.contains(scope);
    let raw = grant.raw_set().words();
    let mut found = Vec::new();
    for scope in requirement.alternatives().iter().find(is_met).copied().unwrap_or_default() {
        if is_audited(scope) {
            found.push(*scope);
        } else if !contains(raw, *scope) {
            let gives = |held: &ScopeIndex| {
                C::CLOSURES.get(usize::from(held.0)).is_some_and(|closure| contains(closure.words(), *scope))
            };
            let openers: Vec<_> = Iter::over(raw).filter(gives).collect();
            if openers.iter().all(is_audited) {
                found.extend(openers);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
