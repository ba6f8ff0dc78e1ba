//! What `guarded()` hands out: a service that can be served and wrapped, and to which nothing can be added.

use ::axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::IntoMakeService;
use ::axum::serve::{IncomingStream, Listener};
use http::Request;
use pin_project_lite::pin_project;
use std::convert::Infallible;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// A service whose routes were compared with the policy's table. Made by [`Router::guarded`](super::Router::guarded).
///
/// It goes where axum's router went: to [`axum::serve`](::axum::serve()), to [`into_make_service`](Self::into_make_service),
/// to a server of hyper's, into a test as the tower [`Service`] it is. It takes layers. It takes no route, and there is
/// no way back to a router, so what was compared is what answers.
///
/// ```
/// # scopewright::doc_example!();
/// # fn routes() -> scopewright::axum::Router {
/// #     use scopewright::axum::routing::get;
/// #     scopewright::axum::Router::new()
/// #         .route("/cameras", get(scopes::requires(scopes::Scope::ReadCameras, "[]")).post(scopes::requires(scopes::Scope::WriteCameras, "")))
/// #         .route("/health", get(scopes::public(scopes::PublicReason::Health, "ok")))
/// # }
/// # fn layer() -> scopewright::axum::AuthenticateLayer<impl scopewright::axum::Authenticate> {
/// #     scopewright::axum::AuthenticateLayer::new(scopewright::axum::authenticate_with::<scopes::Scope, _>(
/// #         |_| Err(scopewright::axum::Rejection::Invalid)))
/// # }
/// # async fn serve(listener: tokio::net::TcpListener) -> Result<(), Box<dyn std::error::Error>> {
/// let app = routes().guarded::<scopes::Scope>()?;
/// axum::serve(listener, app.layer(layer())).await?;
/// # Ok(())
/// # }
/// ```
///
/// `S` is what its layers made of the router; a function that hands it out without layers returns `GuardedService`.
#[must_use = "it answers nothing until it is served"]
pub struct GuardedService<S = ::axum::Router> {
    inner: S,
}

impl GuardedService {
    /// Of a router that was compared, or that is only tested.
    pub(in crate::axum) fn new(router: ::axum::Router) -> Self {
        // As `axum::serve` does for each connection: what is still waiting for its state becomes a service once.
        Self { inner: router.with_state(()) }
    }

    /// **Gives the guarantee up.** axum's router, to which anything can be added that nobody decided about.
    ///
    /// Written to the log as a warning with `why`, and a finding of every build (`unguarded-service`), which `deny` makes
    /// an error.
    pub fn into_axum_unguarded(self, why: &'static str) -> ::axum::Router {
        tracing::warn!(why, "a guarded service was made into a plain axum router");
        self.inner
    }
}

impl<S> GuardedService<S> {
    /// Wraps the whole service: the layer sees each request before it is routed, and each answer, denials included.
    ///
    /// A layer that needs [`MatchedPath`](::axum::extract::MatchedPath) belongs on the router, before
    /// [`guarded`](super::Router::guarded), where layers run behind the routing. The layer added last is asked first.
    pub fn layer<L: Layer<Self>>(self, layer: L) -> GuardedService<AxumAnswers<L::Service>> {
        GuardedService { inner: AxumAnswers { inner: layer.layer(self) } }
    }

    /// For servers that ask for a service for each connection.
    pub fn into_make_service(self) -> IntoMakeService<Self>
    where
        Self: Service<::axum::extract::Request>,
    {
        ::axum::ServiceExt::<::axum::extract::Request>::into_make_service(self)
    }

    /// The same, with [`ConnectInfo`](::axum::extract::ConnectInfo) of each connection for the handlers.
    pub fn into_make_service_with_connect_info<C>(self) -> IntoMakeServiceWithConnectInfo<Self, C>
    where
        Self: Service<::axum::extract::Request>,
    {
        ::axum::ServiceExt::<::axum::extract::Request>::into_make_service_with_connect_info(self)
    }
}

impl<S, B> Service<Request<B>> for GuardedService<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    #[inline]
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    #[inline]
    fn call(&mut self, request: Request<B>) -> S::Future {
        self.inner.call(request)
    }
}

/// What `axum::serve` asks of what it is given: a service for each connection.
impl<S: Clone, L: Listener> Service<IncomingStream<'_, L>> for GuardedService<S> {
    type Response = Self;
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: IncomingStream<'_, L>) -> Self::Future {
        ready(Ok(self.clone()))
    }
}

impl<S: Clone> Clone for GuardedService<S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<S: fmt::Debug> fmt::Debug for GuardedService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedService").field("inner", &self.inner).finish()
    }
}

/// What a layer of [`GuardedService::layer`] made, its answers with axum's body, whatever body the layer gives them.
#[derive(Debug, Clone)]
pub struct AxumAnswers<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for AxumAnswers<S>
where
    S: Service<Request<B>>,
    S::Response: IntoResponse,
    S::Error: Into<Infallible>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = AxumAnswer<S::Future>;

    #[inline]
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    #[inline]
    fn call(&mut self, request: Request<B>) -> Self::Future {
        AxumAnswer { inner: self.inner.call(request) }
    }
}

pin_project! {
    /// The future of [`AxumAnswers`].
    #[derive(Debug)]
    pub struct AxumAnswer<F> {
        #[pin]
        inner: F,
    }
}

impl<F, R, E> Future for AxumAnswer<F>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
    E: Into<Infallible>,
{
    type Output = Result<Response, Infallible>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project()
            .inner
            .poll(cx)
            .map(|answer| answer.map(IntoResponse::into_response).map_err(Into::into))
    }
}
