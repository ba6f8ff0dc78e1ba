//! The declared effect `audit = true` of a scope: a call that such a scope lets in is told to the service before its handler
//! runs, and does not run if that fails.

use crate::catalogue::{Catalogue, CompiledPolicy, ScopeWords};
use crate::grant::Grant;
use scopewright_core::{Decision, Iter, ModeIndex, Operation, ScopeEnforcement, ScopeIndex, contains};
use std::fmt;
use std::sync::OnceLock;

/// A call that an audited scope lets in. Holds no credential.
pub struct AuditEvent<'a> {
    policy: &'static CompiledPolicy,
    method: &'a str,
    route: &'a str,
    mode: ModeIndex,
    subject: Option<&'a str>,
    scopes: &'a [ScopeIndex],
}

impl AuditEvent<'_> {
    /// `[api] title` of the policy: tells services of one process apart.
    pub const fn policy(&self) -> &'static str {
        self.policy.title
    }

    /// The request's method.
    pub const fn method(&self) -> &str {
        self.method
    }

    /// The route's pattern, such as `/cameras/{id}`.
    pub const fn route(&self) -> &str {
        self.route
    }

    /// The auth mode the caller came by.
    pub fn mode(&self) -> &'static str {
        self.policy.mode(self.mode).map_or("", |row| row.name)
    }

    /// Who the caller is, if the authenticator said.
    pub const fn subject(&self) -> Option<&str> {
        self.subject
    }

    /// The audited scopes that let the call in, in the order of the policy: named by the requirement, or held and implying
    /// what it names.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.scopes.iter().map(|scope| self.policy.scope_name(*scope))
    }
}

impl fmt::Debug for AuditEvent<'_> {
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

/// Somebody has set the process's hook already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHookSet;

impl fmt::Display for AuditHookSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the process has an audit hook already")
    }
}

impl std::error::Error for AuditHookSet {}

type Hook = Box<dyn Fn(&AuditEvent<'_>) -> Result<(), AuditUnavailable> + Send + Sync>;

static HOOK: OnceLock<Hook> = OnceLock::new();

/// Sets the process's audit hook: what writes down each call that a scope with `audit = true` lets in, before the handler
/// runs. It is waited for, on the thread that serves the request.
///
/// A service with an operation that needs an audited scope does not start without one.
///
/// # Errors
/// If there is one already.
///
/// ```
/// use std::sync::Mutex;
/// static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());
///
/// scopewright::on_audit(|call| {
///     let mut log = LOG.lock().map_err(|_| scopewright::AuditUnavailable)?;
///     log.push(format!("{} {} by {}", call.method(), call.route(), call.subject().unwrap_or("?")));
///     Ok(())
/// })?;
/// assert!(scopewright::on_audit(|_| Ok(())).is_err());
/// # Ok::<(), scopewright::AuditHookSet>(())
/// ```
pub fn on_audit(
    hook: impl Fn(&AuditEvent<'_>) -> Result<(), AuditUnavailable> + Send + Sync + 'static,
) -> Result<(), AuditHookSet> {
    HOOK.set(Box::new(hook)).map_err(|_| AuditHookSet)
}

/// Whether a hook is set.
#[cfg_attr(not(feature = "_framework"), expect(dead_code, reason = "asked when a service starts"))]
pub(crate) fn has_hook() -> bool {
    HOOK.get().is_some()
}

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

/// Tells the hook about an allowed call. Without audited scopes in the policy this is nothing at all.
///
/// # Errors
/// If the call needs to be written down and was not: the hook refused, or there is none.
#[inline]
pub(crate) fn announce<'a, C: Catalogue>(
    operation: &Operation<'_>,
    grant: &Grant<C>,
    method: &str,
    route: impl FnOnce() -> std::borrow::Cow<'a, str>,
) -> Result<(), AuditUnavailable> {
    let policy = C::policy();
    if policy.audited.is_empty() {
        return Ok(());
    }
    let scopes = audited::<C>(policy, operation, grant);
    if scopes.is_empty() { Ok(()) } else { tell(policy, grant, method, &route(), &scopes) }
}

fn tell<C: Catalogue>(
    policy: &'static CompiledPolicy,
    grant: &Grant<C>,
    method: &str,
    route: &str,
    scopes: &[ScopeIndex],
) -> Result<(), AuditUnavailable> {
    let hook = HOOK.get().ok_or(AuditUnavailable)?;
    let (mode, subject) = (grant.mode_index(), grant.subject());
    hook(&AuditEvent { policy, method, route, mode, subject, scopes })
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
