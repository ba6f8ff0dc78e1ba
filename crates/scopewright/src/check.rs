//! The decision about one request, for guards, registrations and the door alike.

use crate::audit::{self, AuditEvent, AuditUnavailable};
use crate::catalogue::Catalogue;
use crate::denial::{Denial, DenialKind, Sent, kind_of};
use crate::grant::Grant;
use crate::modes::ModeSet;
use crate::require::{Authenticated, Deferred, Require};
use scopewright_core::{Operation, Verdict, decide, decide_invalid_credential};
use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

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

/// An allowed call. One that is to be written down waits for that before it is made.
#[must_use = "an audited call has to be written down first"]
pub(crate) struct Admission(Option<Recording>);

impl Admission {
    /// One that waits for nothing.
    pub(crate) const AT_ONCE: Self = Self(None);

    /// The admission to what asks for both.
    #[cfg_attr(not(feature = "actix"), expect(dead_code, reason = "actix-web's door asks several rows"))]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(match (self.0, other.0) {
            (Some(one), Some(other)) => Some(Box::pin(async move {
                one.await?;
                other.await
            })),
            (one, other) => one.or(other),
        })
    }

    /// What the call has to wait for, if it is to be written down.
    #[inline]
    pub(crate) fn into_recording(self) -> Option<Recording> {
        self.0
    }
}

/// A call that is being written down: made if that worked, denied otherwise.
pub(crate) type Recording = Pin<Box<dyn Future<Output = Result<(), Denial>> + Send>>;

/// Decides about a request. The allowed path looks up the grant, asks [`decide`] and returns.
#[inline]
pub(crate) fn admission<C: Catalogue>(
    operation: &'static Operation<'static>,
    request: &impl Asking,
) -> Result<Admission, Denial> {
    let grant = request.remembered::<Grant<C>>();
    if let Some(grant) = grant {
        return match kind_of(decide(operation, Some(grant.caller()))) {
            None => Ok(audited(operation, grant, request)),
            Some(kind) => {
                let sent = Sent::Valid(grant.mode_index());
                Err(deny(kind, operation, sent, Some(grant), request))
            }
        };
    }
    check_without_grant::<C>(operation, request).map(|()| Admission::AT_ONCE)
}

/// Gives an allowed call to the audit hook, if it is one to be written down; a call that was not is denied.
#[inline]
fn audited<C: Catalogue>(
    operation: &'static Operation<'static>,
    grant: &Grant<C>,
    request: &impl Asking,
) -> Admission {
    let event = audit::to_record(operation, grant, request.method(), || request.route());
    Admission(event.map(|event| recording(event, operation, grant)))
}

#[cold]
fn recording<C: Catalogue>(
    event: AuditEvent,
    operation: &'static Operation<'static>,
    grant: &Grant<C>,
) -> Recording {
    let unavailable = Denial::unrecorded(operation, grant, &event);
    Box::pin(async move { audit::record(event).await.map_err(|AuditUnavailable| unavailable.announced()) })
}

fn check_without_grant<C: Catalogue>(
    operation: &'static Operation<'static>,
    request: &impl Asking,
) -> Result<(), Denial> {
    match refusal_without_grant(operation, request) {
        None => Ok(()),
        Some((kind, sent)) => Err(deny::<C>(kind, operation, sent, None, request)),
    }
}

fn refusal_without_grant(
    operation: &'static Operation<'static>,
    request: &impl Asking,
) -> Option<(DenialKind, Sent)> {
    let (verdict, sent) = verdict_without_grant(operation, request);
    kind_of(verdict).map(|kind| {
        // Nobody may call an undecided operation, so it does not matter that the credential was not checked.
        let unchecked = sent == Sent::Unchecked && kind == DenialKind::Unauthenticated;
        (if unchecked { DenialKind::Unavailable } else { kind }, sent)
    })
}

/// What the decision about a request is, without a denial and its event.
#[cfg(feature = "mcp")]
pub(crate) fn verdict<C: Catalogue>(operation: &Operation<'_>, request: &impl Asking) -> Verdict {
    match request.remembered::<Grant<C>>() {
        Some(grant) => decide(operation, Some(grant.caller())),
        None => verdict_without_grant(operation, request).0,
    }
}

fn verdict_without_grant(operation: &Operation<'_>, request: &impl Asking) -> (Verdict, Sent) {
    match request.remembered::<CredentialProblem>() {
        None => (decide(operation, None), Sent::Nothing),
        Some(CredentialProblem::Invalid(modes)) => {
            (decide_invalid_credential(operation), Sent::Invalid(*modes))
        }
        Some(CredentialProblem::Unchecked) => (decide_invalid_credential(operation), Sent::Unchecked),
    }
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
    if let Some(grant) = request.remembered::<Grant<C>>() {
        return Ok(grant.clone());
    }
    let operation = &Authenticated::OPERATION;
    let refusal = refusal_without_grant(operation, request);
    // Without a grant an operation that asks for a credential is always denied.
    let (kind, sent) = refusal.unwrap_or((DenialKind::Unauthenticated, Sent::Nothing));
    Err(Denial::new::<C>(kind, operation, sent, None, request.method(), &request.route()))
}

/// The denial of a route that is not in the policy's table: nobody has decided about it.
#[cold]
pub(crate) fn deny_unlisted<C: Catalogue>(request: &impl Asking) -> Denial {
    let grant = request.remembered::<Grant<C>>();
    let sent = grant.map_or(Sent::Nothing, |grant| Sent::Valid(grant.mode_index()));
    deny(DenialKind::Undecided, &Deferred::OPERATION, sent, grant, request)
}
