//! The door in front of plain axum routes: what is not in the policy's table is denied, before its handler runs.

use super::check::AxumRequest;
use super::registered::{RegisteredFuture, call_decided};
use crate::catalogue::Catalogue;
use crate::check::{Admission, admission, deny_unlisted};
use crate::denial::Denial;
use crate::table::{find, find_covering};
use ::axum::extract::{MatchedPath, OriginalUri, Request};
use ::axum::response::{IntoResponse, Response};
use http::StatusCode;
use std::fmt;
use std::marker::PhantomData;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Decides by the policy's table about requests to routes whose handlers may carry no guard.
///
/// A matched route that is not in the table is denied as undecided; one that is, is decided as the table says. A
/// request that no route matched goes to a nested service or to a fallback: it gets there if the table has a row that
/// covers its path (`/files/{*rest}`) and the row says so, and is 404 otherwise. For [`axum::Router::layer`](::axum::Router::layer), which runs it after
/// routing. [`Router::merge_axum`](super::Router::merge_axum) puts it in front of a plain part of a service.
pub struct DoorLayer<C> {
    catalogue: PhantomData<fn() -> C>,
}

impl<C: Catalogue> DoorLayer<C> {
    /// The door of a policy.
    pub const fn new() -> Self {
        Self { catalogue: PhantomData }
    }
}

impl<C: Catalogue> Default for DoorLayer<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Clone for DoorLayer<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for DoorLayer<C> {}

impl<C> fmt::Debug for DoorLayer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DoorLayer")
    }
}

impl<C, S> Layer<S> for DoorLayer<C> {
    type Service = DoorService<C, S>;

    fn layer(&self, inner: S) -> DoorService<C, S> {
        DoorService { inner, catalogue: PhantomData }
    }
}

/// The service of [`DoorLayer`].
pub struct DoorService<C, S> {
    inner: S,
    catalogue: PhantomData<fn() -> C>,
}

impl<C, S: Clone> Clone for DoorService<C, S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), catalogue: PhantomData }
    }
}

impl<C, S: fmt::Debug> fmt::Debug for DoorService<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DoorService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

/// The future of [`DoorService`].
pub type DoorFuture<F> = RegisteredFuture<F>;

impl<C, S, E> Service<Request> for DoorService<C, S>
where
    C: Catalogue,
    S: Service<Request, Error = E> + Clone + Send + 'static,
    S::Response: IntoResponse,
{
    type Response = Response;
    type Error = E;
    type Future = DoorFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match decided::<C>(&request) {
            Some(decided) => call_decided(&mut self.inner, request, decided),
            None => RegisteredFuture::stopped(StatusCode::NOT_FOUND.into_response()),
        }
    }
}

/// Whether a request gets in; nothing if it is for nobody.
fn decided<C: Catalogue>(request: &Request) -> Option<Result<Admission, Denial>> {
    let (method, extensions) = (request.method(), request.extensions());
    let row = if let Some(path) = extensions.get::<MatchedPath>() {
        find(C::policy(), method.as_str(), path.as_str())
    } else {
        // A nested service or a fallback: axum says no more than that no route matched.
        let original = extensions.get::<OriginalUri>().map_or(request.uri(), |original| &original.0);
        Some(find_covering(C::policy(), method.as_str(), original.path())?)
    };
    let request = AxumRequest::of(request);
    Some(match row {
        Some(row) => admission::<C>(&row.operation, &request),
        None => Err(deny_unlisted::<C>(&request)),
    })
}
