//! From a request's credential to its grant: the trait a service implements and the layer that calls it.

use super::check::CredentialProblem;
use super::credential::{Found, Places, Presented};
use crate::catalogue::Catalogue;
use crate::grant::Grant;
use crate::modes::ModeSet;
use http::{Extensions, Request};
use pin_project_lite::pin_project;
use std::borrow::Cow;
use std::fmt;
use std::future::{Future, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready as ready_or_return};
use tower_layer::Layer;
use tower_service::Service;

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
/// Called only for requests that carry exactly one credential, which was found where the policy says. A request
/// without one, or with two, never gets here.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::{AuthMode, Scope};
/// use scopewright::axum::{Authenticate, Presented, Rejection};
/// use scopewright::Grant;
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

/// Reads and checks the credential of each request and puts the [`Grant`] into it.
///
/// Answers nothing itself: what an endpoint does without a valid credential is decided where the endpoint is, so
/// public endpoints stay public whatever is sent to them. A request with two credentials has none that is valid.
///
/// It may stand in a [`Router::layer`](super::Router::layer); around the whole router it costs less:
///
/// ```
/// # scopewright::doc_example!();
/// # fn app() -> axum::Router { axum::Router::new() }
/// # fn layer() -> scopewright::axum::AuthenticateLayer<impl scopewright::axum::Authenticate> {
/// #     scopewright::axum::AuthenticateLayer::new(scopewright::axum::authenticate_with::<scopes::Scope, _>(
/// #         |_| Err(scopewright::axum::Rejection::Invalid)))
/// # }
/// use axum::ServiceExt as _;
/// use tower_layer::Layer as _;
///
/// # async fn serve(listener: tokio::net::TcpListener) -> std::io::Result<()> {
/// let service = layer().layer(app());
/// axum::serve(listener, axum::ServiceExt::<axum::extract::Request>::into_make_service(service)).await
/// # }
/// ```
pub struct AuthenticateLayer<A> {
    shared: Arc<Shared<A>>,
}

struct Shared<A> {
    authenticator: A,
    places: Places,
    room: Extensions,
}

/// Extensions that hold nothing and have room for the grant beside the three values axum's router puts there. In a
/// request that has none yet, the fourth value would make the map move: half the price of an authenticated request.
fn room() -> Extensions {
    let mut room = Extensions::new();
    room.insert(0_u8);
    room.insert(0_u16);
    room.insert(0_u32);
    room.insert(0_u64);
    room.clear();
    room
}

impl<A: Authenticate> AuthenticateLayer<A> {
    /// A layer that asks `authenticator`.
    pub fn new(authenticator: A) -> Self {
        let places = Places::of(A::Catalogue::policy());
        Self { shared: Arc::new(Shared { authenticator, places, room: room() }) }
    }
}

impl<A> Clone for AuthenticateLayer<A> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<A> fmt::Debug for AuthenticateLayer<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticateLayer")
    }
}

impl<A, S> Layer<S> for AuthenticateLayer<A> {
    type Service = AuthenticateService<A, S>;

    fn layer(&self, inner: S) -> AuthenticateService<A, S> {
        AuthenticateService { shared: Arc::clone(&self.shared), inner }
    }
}

/// The service of [`AuthenticateLayer`].
pub struct AuthenticateService<A, S> {
    shared: Arc<Shared<A>>,
    inner: S,
}

impl<A, S: Clone> Clone for AuthenticateService<A, S> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), inner: self.inner.clone() }
    }
}

impl<A, S: fmt::Debug> fmt::Debug for AuthenticateService<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticateService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<A, S, B> Service<Request<B>> for AuthenticateService<A, S>
where
    A: Authenticate,
    S: Service<Request<B>> + Clone,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = AuthenticateFuture<A::Catalogue, S, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let (modes, secret) = match self.shared.places.find(request.headers(), request.uri()) {
            Found::One(modes, secret) => (modes, secret),
            Found::Nothing => return AuthenticateFuture::calling(self.inner.call(request)),
            Found::Unusable(modes) => {
                remember::<A::Catalogue, B>(&mut request, modes, Err(Rejection::Invalid));
                return AuthenticateFuture::calling(self.inner.call(request));
            }
        };
        let presented = Presented::new(modes, secret);
        if let Some(answer) = self.shared.authenticator.authenticate_now(&presented) {
            if request.extensions().is_empty() {
                *request.extensions_mut() = self.shared.room.clone();
            }
            remember(&mut request, modes, answer);
            return AuthenticateFuture::calling(self.inner.call(request));
        }
        let secret = presented.secret().to_owned();
        let shared = Arc::clone(&self.shared);
        let authenticating = Box::pin(async move {
            shared.authenticator.authenticate(Presented::new(modes, Cow::Owned(secret))).await
        });
        // The clone takes the place of the service that was polled ready, which goes with the request.
        let clone = self.inner.clone();
        let service = std::mem::replace(&mut self.inner, clone);
        let waiting = Box::new(Waiting { authenticating, modes, pending: Some((service, request)) });
        AuthenticateFuture { state: State::Authenticating { waiting } }
    }
}

/// Puts the answer about a credential into its request.
#[inline]
fn remember<C: Catalogue, B>(request: &mut Request<B>, modes: ModeSet, answer: Result<Grant<C>, Rejection>) {
    let problem = match answer {
        Ok(grant) if modes.contains(grant.mode_index()) => {
            request.extensions_mut().insert(grant);
            return;
        }
        Ok(_) => {
            tracing::error!("the authenticator granted another auth mode than the credential came by");
            CredentialProblem::Invalid(modes)
        }
        Err(Rejection::Invalid) => CredentialProblem::Invalid(modes),
        Err(Rejection::Unavailable) => CredentialProblem::Unchecked,
    };
    // A grant that a layer further out put there is not what this credential says.
    request.extensions_mut().remove::<Grant<C>>();
    request.extensions_mut().insert(problem);
}

type Authenticating<C> = Pin<Box<dyn Future<Output = Result<Grant<C>, Rejection>> + Send>>;

pin_project! {
    /// The future of [`AuthenticateService`]: the inner service's own, once the credential is checked.
    pub struct AuthenticateFuture<C, S, B>
    where
        S: Service<Request<B>>,
        C: Catalogue,
    {
        #[pin]
        state: State<C, S, B>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<C, S, B>
    where
        S: Service<Request<B>>,
        C: Catalogue,
    {
        Calling { #[pin] future: S::Future },
        Authenticating { waiting: Box<Waiting<C, S, B>> },
    }
}

/// In a box of its own: a future that needs none of this is moved often, and should be small.
struct Waiting<C: Catalogue, S, B> {
    authenticating: Authenticating<C>,
    modes: ModeSet,
    pending: Option<(S, Request<B>)>,
}

impl<C: Catalogue, S: Service<Request<B>>, B> AuthenticateFuture<C, S, B> {
    #[inline]
    const fn calling(future: S::Future) -> Self {
        Self { state: State::Calling { future } }
    }
}

impl<C: Catalogue, S: Service<Request<B>>, B> fmt::Debug for AuthenticateFuture<C, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticateFuture")
    }
}

impl<C: Catalogue, S: Service<Request<B>>, B> Future for AuthenticateFuture<C, S, B> {
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let future = match state.as_mut().project() {
                StateProjection::Calling { future } => return future.poll(cx),
                StateProjection::Authenticating { waiting } => {
                    let answer = ready_or_return!(waiting.authenticating.as_mut().poll(cx));
                    let Some((mut service, mut request)) = waiting.pending.take() else {
                        // Only a future that is polled after it was done gets here.
                        return Poll::Pending;
                    };
                    remember(&mut request, waiting.modes, answer);
                    service.call(request)
                }
            };
            state.set(State::Calling { future });
        }
    }
}
