//! From a request's credential to its grant: the trait a service implements.

use crate::catalogue::Catalogue;
use crate::check::{CredentialProblem, not_valid};
use crate::credential::Presented;
use crate::denial::Sent;
use crate::grant::Grant;
use crate::modes::ModeSet;
use std::future::{Future, ready};
use std::marker::PhantomData;

/// Why a credential gave no grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rejection {
    /// It is not valid: unknown, expired, revoked, malformed. Endpoints that need one answer 401.
    Invalid,
    /// It could not be checked: a database or another service does not answer. Endpoints that need one answer 503.
    Unavailable,
}

/// Checks credentials. Implemented by a service, once for all its auth modes.
///
/// Called only for requests that carry exactly one credential, which was found where the policy says, or exactly those
/// that a mode with `together` is made of; one that yields to another is not shown. A request without one, or with two
/// of which none counts more, never gets here.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::{AuthMode, Scope};
/// use scopewright::{Authenticate, Grant, Presented, Rejection};
///
/// struct Keys;
///
/// impl Authenticate for Keys {
///     type Catalogue = Scope;
///
///     async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant<Scope>, Rejection> {
///         // A real service looks for the key's hash in its store.
///         match presented.secret() {
///             "cam_1" => Ok(Grant::from_scopes(AuthMode::ApiKey, ["read:cameras"]).with_subject("app-1")),
///             _ => Err(Rejection::Invalid),
///         }
///     }
/// }
/// ```
pub trait Authenticate: Send + Sync + 'static {
    /// The generated `Scope`.
    type Catalogue: Catalogue;

    /// The answer, if it is known without waiting: from a cache, or by a signature. `None` asks
    /// [`authenticate`](Self::authenticate). Saves the request three allocations.
    fn authenticate_now(
        &self,
        presented: &Presented<'_, Self::Catalogue>,
    ) -> Option<Result<Grant<Self::Catalogue>, Rejection>> {
        let _ = presented;
        None
    }

    /// Checks a credential.
    ///
    /// The grant's mode must be one of [`Presented::modes`]; any other is treated as no valid credential.
    fn authenticate(
        &self,
        presented: Presented<'_, Self::Catalogue>,
    ) -> impl Future<Output = Result<Grant<Self::Catalogue>, Rejection>> + Send;
}

/// An [`Authenticate`] from a function that answers at once.
///
/// ```
/// # scopewright::doc_example!();
/// use scopewright::Grant;
/// use scopewright::axum::{AuthenticateLayer, Rejection, authenticate_with};
/// let layer = AuthenticateLayer::new(authenticate_with::<scopes::Scope, _>(|presented| {
///     match (presented.mode(), presented.secret()) {
///         (Some(mode), "cam_1") => Ok(Grant::from_scopes(mode, ["read:cameras"])),
///         _ => Err(Rejection::Invalid),
///     }
/// }));
/// # let _ = layer;
/// ```
pub fn authenticate_with<C, F>(check: F) -> impl Authenticate<Catalogue = C>
where
    C: Catalogue,
    F: Fn(&Presented<'_, C>) -> Result<Grant<C>, Rejection> + Send + Sync + 'static,
{
    struct With<C, F>(F, PhantomData<fn() -> C>);

    impl<C: Catalogue, F> Authenticate for With<C, F>
    where
        F: Fn(&Presented<'_, C>) -> Result<Grant<C>, Rejection> + Send + Sync + 'static,
    {
        type Catalogue = C;

        fn authenticate_now(&self, presented: &Presented<'_, C>) -> Option<Result<Grant<C>, Rejection>> {
            Some((self.0)(presented))
        }

        fn authenticate(
            &self,
            presented: Presented<'_, C>,
        ) -> impl Future<Output = Result<Grant<C>, Rejection>> + Send {
            ready((self.0)(&presented))
        }
    }

    With(check, PhantomData)
}

/// What a request remembers of the answer about its credential: the grant, if it is of a mode the credential can have.
#[expect(
    clippy::inline_always,
    reason = "as a call it moves the grant once more, which costs as much as what it does"
)]
#[inline(always)]
pub(crate) fn settled<C: Catalogue>(
    modes: ModeSet,
    answer: Result<Grant<C>, Rejection>,
) -> Result<Grant<C>, CredentialProblem> {
    match answer {
        Ok(grant) if modes.contains(grant.mode_index()) && grant.is_valid() => Ok(grant.aged()),
        answer => Err(problem(modes, &answer)),
    }
}

#[cold]
fn problem<C: Catalogue>(modes: ModeSet, answer: &Result<Grant<C>, Rejection>) -> CredentialProblem {
    CredentialProblem(match answer {
        Ok(grant) if modes.contains(grant.mode_index()) => not_valid(grant, modes),
        Ok(_) => {
            tracing::error!("the authenticator granted another auth mode than the credential came by");
            Sent::Invalid(modes)
        }
        Err(Rejection::Invalid) => Sent::Invalid(modes),
        Err(Rejection::Unavailable) => Sent::Unchecked(modes),
    })
}
