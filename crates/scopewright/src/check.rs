//! The decision about one request, for guards, registrations and the door alike.

use crate::audit::{self, AuditUnavailable};
use crate::catalogue::Catalogue;
use crate::denial::{Denial, DenialKind, Sent, kind_of};
use crate::grant::Grant;
use crate::modes::ModeSet;
use crate::require::{Authenticated, Deferred, Require};
use scopewright_core::{Operation, Verdict, decide, decide_invalid_credential};
use std::borrow::Cow;

/// Remembered in a request whose credential gave no grant. The layer that checks credentials answers nothing itself,
/// because a public endpoint does not look at them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CredentialProblem {
    /// It is not valid, or not one alone.
    Invalid(ModeSet),
    /// What checks it did not answer.
    Unchecked,
}

/// A request as a decision sees it, whatever the framework.
pub(crate) trait Asking {
    /// What the request remembers of this type.
    fn remembered<T: Send + Sync + 'static>(&self) -> Option<&T>;
    /// Its method.
    fn method(&self) -> &str;
    /// The pattern of the route it matched, in the policy's notation; empty if none is known.
    fn route(&self) -> Cow<'_, str>;
}

/// Decides about a request. The allowed path looks up the grant, asks [`decide`] and returns.
#[inline]
pub(crate) fn check<C: Catalogue>(
    operation: &'static Operation<'static>,
    request: &impl Asking,
) -> Result<(), Denial> {
    if let Some(grant) = grant::<C>(request) {
        return match kind_of(decide(operation, Some(grant.caller()))) {
            None => audited(operation, grant, request),
            Some(kind) => {
                let sent = Sent::Valid(grant.mode_index());
                Err(deny(kind, operation, sent, Some(grant), request))
            }
        };
    }
    check_without_grant::<C>(operation, request)
}

/// The caller's grant, if it is one of a valid credential. The layer that checks credentials puts no other there; a
/// service's own (for client certificates, say) may.
#[inline]
pub(crate) fn grant<C: Catalogue>(request: &impl Asking) -> Option<&Grant<C>> {
    request.remembered::<Grant<C>>().filter(|grant| grant.is_valid())
}

/// Tells the audit hook about an allowed call, if it is one to be written down; a call that was not is denied.
#[inline]
fn audited<C: Catalogue>(
    operation: &'static Operation<'static>,
    grant: &Grant<C>,
    request: &impl Asking,
) -> Result<(), Denial> {
    audit::announce(operation, grant, request.method(), || request.route()).map_err(|AuditUnavailable| {
        let sent = Sent::Valid(grant.mode_index());
        deny(DenialKind::Unavailable, operation, sent, Some(grant), request)
    })
}

fn check_without_grant<C: Catalogue>(
    operation: &'static Operation<'static>,
    request: &impl Asking,
) -> Result<(), Denial> {
    match refusal_without_grant::<C>(operation, request) {
        None => Ok(()),
        Some((kind, sent)) => Err(deny::<C>(kind, operation, sent, None, request)),
    }
}

fn refusal_without_grant<C: Catalogue>(
    operation: &'static Operation<'static>,
    request: &impl Asking,
) -> Option<(DenialKind, Sent)> {
    let (verdict, sent) = verdict_without_grant::<C>(operation, request);
    kind_of(verdict).map(|kind| {
        // Nobody may call an undecided operation, so it does not matter that the credential was not checked.
        let unchecked = sent == Sent::Unchecked && kind == DenialKind::Unauthenticated;
        (if unchecked { DenialKind::Unavailable } else { kind }, sent)
    })
}

/// What the decision about a request is, without a denial and its event.
#[cfg(feature = "mcp")]
pub(crate) fn verdict<C: Catalogue>(operation: &Operation<'_>, request: &impl Asking) -> Verdict {
    match grant::<C>(request) {
        Some(grant) => decide(operation, Some(grant.caller())),
        None => verdict_without_grant::<C>(operation, request).0,
    }
}

fn verdict_without_grant<C: Catalogue>(operation: &Operation<'_>, request: &impl Asking) -> (Verdict, Sent) {
    match problem::<C>(request) {
        None => (decide(operation, None), Sent::Nothing),
        Some(CredentialProblem::Invalid(modes)) => {
            (decide_invalid_credential(operation), Sent::Invalid(modes))
        }
        Some(CredentialProblem::Unchecked) => (decide_invalid_credential(operation), Sent::Unchecked),
    }
}

/// What is wrong with the credential of a request without a valid grant, if it has one.
fn problem<C: Catalogue>(request: &impl Asking) -> Option<CredentialProblem> {
    request.remembered().copied().or_else(|| {
        let not_valid = request.remembered::<Grant<C>>()?;
        Some(CredentialProblem::Invalid(ModeSet::of(not_valid.mode_index())))
    })
}

#[cold]
fn deny<C: Catalogue>(
    kind: DenialKind,
    operation: &'static Operation<'static>,
    sent: Sent,
    grant: Option<&Grant<C>>,
    request: &impl Asking,
) -> Denial {
    Denial::new(kind, operation, sent, grant, request.method(), &request.route()).announced()
}

/// The caller's grant; without a valid credential, the denial of an operation that asks for one, not announced yet.
pub(crate) fn grant_or_denial<C: Catalogue>(request: &impl Asking) -> Result<Grant<C>, Denial> {
    if let Some(grant) = grant::<C>(request) {
        return Ok(grant.clone());
    }
    let operation = &Authenticated::OPERATION;
    let refusal = refusal_without_grant::<C>(operation, request);
    // Without a grant an operation that asks for a credential is always denied.
    let (kind, sent) = refusal.unwrap_or((DenialKind::Unauthenticated, Sent::Nothing));
    Err(Denial::new::<C>(kind, operation, sent, None, request.method(), &request.route()))
}

/// The denial of a route that is not in the policy's table: nobody has decided about it.
#[cold]
pub(crate) fn deny_unlisted<C: Catalogue>(request: &impl Asking) -> Denial {
    let grant = grant::<C>(request);
    let sent = grant.map_or(Sent::Nothing, |grant| Sent::Valid(grant.mode_index()));
    deny(DenialKind::Undecided, &Deferred::OPERATION, sent, grant, request)
}
