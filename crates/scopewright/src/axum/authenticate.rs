//! The layer that checks a request's credential and puts the grant into the request.

use crate::authenticate::{Authenticate, Rejection, settled};
use crate::catalogue::Catalogue;
use crate::check::{CredentialProblem, NoCredential};
use crate::credential::{Found, Places, Presented, Secrets, header_text};
use crate::denial::Sent;
use crate::grant::Grant;
use crate::modes::ModeSet;
use http::{Extensions, HeaderName, Request};
use pin_project_lite::pin_project;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready as ready_or_return};
use tower_layer::Layer;
use tower_service::Service;

/// Reads and checks the credential of each request and puts the [`Grant`] into it.
///
/// Answers nothing itself: what an endpoint does without a valid credential is decided where the endpoint is, so
/// public endpoints stay public whatever is sent to them. Of two credentials in one request the policy says which one
/// counts, or the request is refused where a credential is needed.
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
    places: Places<HeaderName>,
    room: Extensions,
}

/// Extensions that hold nothing and have room for the grant, or the mark that there is none, beside the three values that
/// axum's router puts there. In a request that has none yet, the fourth value would make the map move: half the price of
/// an authenticated request.
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

impl<A> Shared<A> {
    #[inline]
    fn make_room<B>(&self, request: &mut Request<B>) {
        if request.extensions().is_empty() {
            *request.extensions_mut() = self.room.clone();
        }
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
        // Each way out of here leaves something in the request.
        self.shared.make_room(&mut request);
        match find(&self.shared.places, &request) {
            Found::One(modes, secrets) => {
                let presented = Presented::new(modes, secrets);
                let Some(answer) = self.shared.authenticator.authenticate_now(&presented) else {
                    let secrets = presented.to_owned_secrets();
                    return self.wait_for(modes, secrets, request);
                };
                drop(presented);
                remember(&mut request, modes, answer);
            }
            Found::Nothing => {
                request.extensions_mut().insert(NoCredential);
            }
            Found::Unusable(modes) => {
                remember_problem::<A::Catalogue, B>(&mut request, CredentialProblem(Sent::Invalid(modes)));
            }
            Found::Several(modes) => {
                remember_problem::<A::Catalogue, B>(&mut request, CredentialProblem(Sent::Several(modes)));
            }
        }
        AuthenticateFuture { state: State::Calling { future: self.inner.call(request) } }
    }
}

impl<A: Authenticate, S> AuthenticateService<A, S> {
    /// The call of a request whose credential has to be waited for.
    fn wait_for<B>(
        &mut self,
        modes: ModeSet,
        secrets: Secrets<'static>,
        request: Request<B>,
    ) -> AuthenticateFuture<A::Catalogue, S, B>
    where
        S: Service<Request<B>> + Clone,
    {
        let shared = Arc::clone(&self.shared);
        let authenticating =
            Box::pin(async move { shared.authenticator.authenticate(Presented::new(modes, secrets)).await });
        // The clone takes the place of the service that was polled ready, which goes with the request.
        let clone = self.inner.clone();
        let service = std::mem::replace(&mut self.inner, clone);
        let waiting = Box::new(Waiting { authenticating, modes, pending: Some((service, request)) });
        AuthenticateFuture { state: State::Authenticating { waiting } }
    }
}

#[expect(clippy::inline_always, reason = "as a call it hands what it found over in memory")]
#[inline(always)]
fn find<'r, B>(places: &Places<HeaderName>, request: &'r Request<B>) -> Found<'r> {
    places.find(|| request.headers().iter(), request.uri().query())
}

header_text!(http::HeaderValue);

/// Puts the answer about a credential into its request.
#[expect(clippy::inline_always, reason = "as a call it moves the grant once more")]
#[inline(always)]
fn remember<C: Catalogue, B>(request: &mut Request<B>, modes: ModeSet, answer: Result<Grant<C>, Rejection>) {
    match settled(modes, answer) {
        Ok(grant) => {
            request.extensions_mut().insert(grant);
        }
        Err(problem) => remember_problem::<C, B>(request, problem),
    }
}

/// Puts into a request why its credential gave no grant.
fn remember_problem<C: Catalogue, B>(request: &mut Request<B>, problem: CredentialProblem) {
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
