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

/// An allowed call. One that is to be written down waits for that before it is made.
#[must_use = "an audited call has to be written down first"]
pub(crate) struct Admission(Option<Recording>);

impl Admission {
    /// One that waits for nothing.
    pub(crate) const AT_ONCE: Self = Self(None);

    /// The admission to what asks for both.
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
    if let Some(grant) = grant::<C>(request) {
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

/// The caller's grant, if it is one of a valid credential. The layer that checks credentials puts no other there; a
/// service's own (for client certificates, say) may.
#[inline]
pub(crate) fn grant<C: Catalogue>(request: &impl Asking) -> Option<&Grant<C>> {
    request.remembered::<Grant<C>>().filter(|grant| grant.is_valid())
}

/// Gives an allowed call to the audit hook, if it is one to be written down; a call that was not is denied.
#[inline]
fn audited<C: Catalogue>(
    operation: &'static Operation<'static>,
    grant: &Grant<C>,
    request: &impl Asking,
) -> Admission {
    let event = audit::to_record(operation, grant, || (request.method(), request.route()));
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
    match grant::<C>(request) {
        Some(grant) => decide(operation, Some(grant.caller())),
        None => verdict_without_grant::<C>(operation, request).0,
    }
}

fn verdict_without_grant<C: Catalogue>(operation: &Operation<'_>, request: &impl Asking) -> (Verdict, Sent) {
    let sent = sent::<C>(request);
    let counts_as_none = match sent {
        Sent::Nothing => true,
        Sent::Invalid(modes) | Sent::UnknownScopes(modes, _) => C::policy().invalid_counts_as_none(modes),
        // Of several nobody knows whose they are, and one that could not be checked may be valid.
        _ => false,
    };
    (if counts_as_none { decide(operation, None) } else { decide_invalid_credential(operation) }, sent)
}

/// What is known of the credential of a request without a valid grant.
fn sent<C: Catalogue>(request: &impl Asking) -> Sent {
    if let Some(CredentialProblem(sent)) = request.remembered() {
        return *sent;
    }
    request
        .remembered::<Grant<C>>()
        .map_or(Sent::Nothing, |grant| not_valid(grant, ModeSet::of(grant.mode_index())))
}

/// What is known of a credential whose grant is none, and that can be of these modes.
pub(crate) fn not_valid<C: Catalogue>(grant: &Grant<C>, modes: ModeSet) -> Sent {
    match grant.unknown_scopes() {
        0 => Sent::Invalid(modes),
        count => Sent::UnknownScopes(modes, count),
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
    let sent = grant.map_or_else(|| sent::<C>(request), |grant| Sent::Valid(grant.mode_index()));
    deny(DenialKind::Undecided, &Deferred::OPERATION, sent, grant, request)
}
