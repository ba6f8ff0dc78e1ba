//! The decision about one request, for guards, registrations and the door alike.

use crate::audit::{self, AuditUnavailable};
use crate::catalogue::Catalogue;
use crate::denial::{Denial, DenialKind, Sent, kind_of};
use crate::grant::Grant;
use crate::require::{Authenticated, Deferred, Require};
use scopewright_core::{Operation, Verdict, decide, decide_invalid_credential};
use std::borrow::Cow;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Remembered in a request whose credential gave no grant. The layer that checks credentials answers nothing itself,
/// because a public endpoint does not look at them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CredentialProblem(pub(crate) Sent);

/// In the extensions of a request: somebody looked for a credential and there is none.
///
/// `AuthenticateLayer` and `AuthenticateMiddleware` put it there. Middleware of the service's own that puts a
/// [`Grant`] there, for client certificates say, puts this where it found nothing; else the first such request is reported
/// as one that nobody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCredential;

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
    let grant = request.remembered::<Grant<C>>();
    if let Some(grant) = grant {
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
    let (verdict, mut sent) = verdict_without_grant::<C>(operation, request);
    // What does not depend on a credential needs nobody who looks for one.
    let is_needed = || decide_invalid_credential(operation) == Verdict::Unauthenticated;
    if sent == Sent::Nothing && is_needed() && request.remembered::<NoCredential>().is_none() {
        sent = Sent::NotLookedFor;
        report_forgotten_layer::<C>(request);
    }
    kind_of(verdict).map(|kind| {
        let kind = match (kind, sent) {
            (DenialKind::Unauthenticated, Sent::Unchecked(_)) => DenialKind::Unavailable,
            (DenialKind::Unauthenticated, Sent::Several(_)) => DenialKind::InvalidRequest,
            // Nobody may call an undecided operation, so it does not matter what is wrong with the credential.
            (kind, _) => kind,
        };
        (kind, sent)
    })
}

/// Says once for each policy that a request met a guard and nobody had looked for a credential.
#[cold]
fn report_forgotten_layer<C: Catalogue>(request: &impl Asking) {
    static LAST: AtomicUsize = AtomicUsize::new(0);
    static REPORTED: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let policy = ptr::from_ref(C::policy()).addr();
    if LAST.swap(policy, Ordering::Relaxed) == policy {
        return;
    }
    let mut reported = REPORTED.lock().unwrap_or_else(PoisonError::into_inner);
    if reported.contains(&policy) {
        return;
    }
    reported.push(policy);
    drop(reported);
    tracing::error!(
        target: "scopewright",
        policy = C::policy().title,
        method = request.method(),
        route = &*request.route(),
        "no `AuthenticateLayer` (actix-web: `AuthenticateMiddleware`) is around this route: nobody looks for a \
         credential, so every call that needs one is denied. Put the layer around the whole router. Middleware of your \
         own that puts the grant into the request puts a `scopewright::NoCredential` there where it finds none"
    );
}

/// What the decision about a request is, without a denial and its event.
#[cfg(feature = "mcp")]
pub(crate) fn verdict<C: Catalogue>(operation: &Operation<'_>, request: &impl Asking) -> Verdict {
    match request.remembered::<Grant<C>>() {
        Some(grant) => decide(operation, Some(grant.caller())),
        None => verdict_without_grant::<C>(operation, request).0,
    }
}

fn verdict_without_grant<C: Catalogue>(operation: &Operation<'_>, request: &impl Asking) -> (Verdict, Sent) {
    let sent = request.remembered().map_or(Sent::Nothing, |CredentialProblem(sent)| *sent);
    let counts_as_none = match sent {
        Sent::Nothing => true,
        Sent::Invalid(modes) | Sent::UnknownScopes(modes, _) => C::policy().invalid_counts_as_none(modes),
        // Of several nobody knows whose they are, and one that could not be checked may be valid.
        _ => false,
    };
    (if counts_as_none { decide(operation, None) } else { decide_invalid_credential(operation) }, sent)
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
    let refusal = refusal_without_grant::<C>(operation, request);
    // Without a grant an operation that asks for a credential is always denied.
    let (kind, sent) = refusal.unwrap_or((DenialKind::Unauthenticated, Sent::Nothing));
    Err(Denial::new::<C>(kind, operation, sent, None, request.method(), &request.route()))
}

/// The denial of a route that is not in the policy's table: nobody has decided about it.
#[cold]
pub(crate) fn deny_unlisted<C: Catalogue>(request: &impl Asking) -> Denial {
    let grant = request.remembered::<Grant<C>>();
    let sent = match grant {
        Some(grant) => Sent::Valid(grant.mode_index()),
        None => request.remembered().map_or(Sent::Nothing, |CredentialProblem(sent)| *sent),
    };
    deny(DenialKind::Undecided, &Deferred::OPERATION, sent, grant, request)
}
