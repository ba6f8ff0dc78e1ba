//! The middleware that checks a request's credential and puts the grant into the request.

use crate::authenticate::{Authenticate, Rejection, settled};
use crate::catalogue::Catalogue;
use crate::check::{CredentialProblem, NoCredential};
use crate::credential::{Found, Places, Presented, header_text};
use crate::denial::Sent;
use crate::grant::Grant;
use crate::modes::ModeSet;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::HeaderName;
use actix_web::{Error, HttpMessage};
use pin_project_lite::pin_project;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Reads and checks the credential of each request and puts the [`Grant`] into it.
///
/// Answers nothing itself: what an endpoint does without a valid credential is decided where the endpoint is, so
/// public endpoints stay public whatever is sent to them. Of two credentials in one request the policy says which one
/// counts, or the request is refused where a credential is needed.
///
/// Made once, outside the server's factory, and cloned into it: all workers share one authenticator.
///
/// ```
/// # scopewright::doc_example!();
/// use scopewright::Grant;
/// use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with};
///
/// let authenticate = AuthenticateMiddleware::new(authenticate_with::<scopes::Scope, _>(|presented| {
///     match (presented.mode(), presented.secret()) {
///         (Some(mode), "cam_1") => Ok(Grant::from_scopes(mode, ["read:cameras"])),
///         _ => Err(Rejection::Invalid),
///     }
/// }));
/// let app = move || App::new().wrap(authenticate.clone());
/// # let _ = app();
/// ```
pub struct AuthenticateMiddleware<A> {
    shared: Arc<Shared<A>>,
}

struct Shared<A> {
    authenticator: A,
    places: Places<HeaderName>,
}

impl<A: Authenticate> AuthenticateMiddleware<A> {
    /// A middleware that asks `authenticator`.
    pub fn new(authenticator: A) -> Self {
        let places = Places::of(A::Catalogue::policy());
        Self { shared: Arc::new(Shared { authenticator, places }) }
    }
}

impl<A> Clone for AuthenticateMiddleware<A> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<A> fmt::Debug for AuthenticateMiddleware<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticateMiddleware")
    }
}

impl<A, S, B> Transform<S, ServiceRequest> for AuthenticateMiddleware<A>
where
    A: Authenticate,
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Transform = AuthenticateService<A, S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(AuthenticateService { shared: Arc::clone(&self.shared), inner: Rc::new(service) }))
    }
}

/// The service of [`AuthenticateMiddleware`].
pub struct AuthenticateService<A, S> {
    shared: Arc<Shared<A>>,
    inner: Rc<S>,
}

impl<A, S> fmt::Debug for AuthenticateService<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticateService")
    }
}

impl<A, S, B> Service<ServiceRequest> for AuthenticateService<A, S>
where
    A: Authenticate,
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = AuthenticateFuture<S::Future, Result<ServiceResponse<B>, Error>>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let (modes, secrets) = match find(&self.shared.places, &request) {
            Found::One(modes, secrets) => (modes, secrets),
            Found::Nothing => {
                request.extensions_mut().insert(NoCredential);
                return AuthenticateFuture::calling(self.inner.call(request));
            }
            Found::Unusable(modes) => {
                remember_problem::<A::Catalogue>(&request, CredentialProblem(Sent::Invalid(modes)));
                return AuthenticateFuture::calling(self.inner.call(request));
            }
            Found::Several(modes) => {
                remember_problem::<A::Catalogue>(&request, CredentialProblem(Sent::Several(modes)));
                return AuthenticateFuture::calling(self.inner.call(request));
            }
        };
        let presented = Presented::new(modes, secrets);
        if let Some(answer) = self.shared.authenticator.authenticate_now(&presented) {
            remember(&request, modes, answer);
            return AuthenticateFuture::calling(self.inner.call(request));
        }
        let secrets = presented.to_owned_secrets();
        let (shared, inner) = (Arc::clone(&self.shared), Rc::clone(&self.inner));
        AuthenticateFuture::waiting(Box::pin(async move {
            let presented = Presented::new(modes, secrets);
            let answer = shared.authenticator.authenticate(presented).await;
            remember(&request, modes, answer);
            inner.call(request).await
        }))
    }
}

#[inline]
fn find<'r>(places: &Places<HeaderName>, request: &'r ServiceRequest) -> Found<'r> {
    places.find(|| request.headers().iter(), request.uri().query())
}

header_text!(actix_web::http::header::HeaderValue);

/// Puts the answer about a credential into its request.
fn remember<C: Catalogue>(request: &ServiceRequest, modes: ModeSet, answer: Result<Grant<C>, Rejection>) {
    match settled(modes, answer) {
        Ok(grant) => {
            request.extensions_mut().insert(grant);
        }
        Err(problem) => remember_problem::<C>(request, problem),
    }
}

/// Puts into a request why its credential gave no grant.
fn remember_problem<C: Catalogue>(request: &ServiceRequest, problem: CredentialProblem) {
    let mut extensions = request.extensions_mut();
    // A grant that a middleware further out put there is not what this credential says.
    extensions.remove::<Grant<C>>();
    extensions.insert(problem);
}

pin_project! {
    /// The future of [`AuthenticateService`]: the inner service's own, once the credential is checked.
    pub struct AuthenticateFuture<F, O> {
        #[pin]
        state: State<F, O>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F, O> {
        Calling { #[pin] future: F },
        Waiting { future: Pin<Box<dyn Future<Output = O>>> },
    }
}

impl<F, O> AuthenticateFuture<F, O> {
    const fn calling(future: F) -> Self {
        Self { state: State::Calling { future } }
    }

    fn waiting(future: Pin<Box<dyn Future<Output = O>>>) -> Self {
        Self { state: State::Waiting { future } }
    }
}

impl<F, O> fmt::Debug for AuthenticateFuture<F, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticateFuture")
    }
}

impl<F: Future<Output = O>, O> Future for AuthenticateFuture<F, O> {
    type Output = O;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O> {
        match self.project().state.project() {
            StateProjection::Calling { future } => future.poll(cx),
            StateProjection::Waiting { future } => future.as_mut().poll(cx),
        }
    }
}
