//! The door in front of plain axum routes: what is not in the policy's table is denied, before its handler runs.

use super::answering::{Part, ruling};
use super::check::AxumRequest;
use super::registered::{RegisteredFuture, call_decided};
use crate::catalogue::Catalogue;
use crate::check::Admission;
use crate::door::{Refusal, asked};
use crate::table::Rows;
use ::axum::extract::Request;
use ::axum::response::{IntoResponse, Response};
use http::StatusCode;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Decides by the policy's table about requests to routes whose handlers may carry no guard.
///
/// The row of what answers decides: of the route that a request matched, or of the nested service it was given to. What
/// is not in the table is denied as undecided. A fallback is 404, because a layer can't tell whose it is.
///
/// For [`axum::Router::layer`](::axum::Router::layer), which runs it after routing.
/// [`Router::merge_axum`](super::Router::merge_axum) puts one in front of a plain part of a service that also knows what
/// is registered there: fallbacks are decided by their rows, a method that a route has no handler for is told from one
/// that is not in the table, and preflights pass.
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
        DoorService { inner, known: None, catalogue: PhantomData }
    }
}

/// The door in front of a router whose registrations are known.
pub(super) struct PartDoorLayer<C> {
    known: Option<Arc<Known>>,
    catalogue: PhantomData<fn() -> C>,
}

/// What is known before there are requests: the table by path, and what is behind the door.
struct Known {
    rows: Rows,
    part: Part,
}

impl<C: Catalogue> PartDoorLayer<C> {
    /// Looks at what a router registers. Where axum no longer says that as it is known here, this is a [`DoorLayer`].
    pub(super) fn of<S>(router: &::axum::Router<S>) -> Self {
        let known = Part::of(router).map(|part| Arc::new(Known { rows: Rows::of(C::policy()), part }));
        if known.is_none() {
            tracing::error!(
                "axum does not say as expected what is registered: fallbacks and preflights stay outside of this door"
            );
        }
        Self { known, catalogue: PhantomData }
    }
}

impl<C> Clone for PartDoorLayer<C> {
    fn clone(&self) -> Self {
        Self { known: self.known.clone(), catalogue: PhantomData }
    }
}

impl<C, S> Layer<S> for PartDoorLayer<C> {
    type Service = DoorService<C, S>;

    fn layer(&self, inner: S) -> DoorService<C, S> {
        DoorService { inner, known: self.known.clone(), catalogue: PhantomData }
    }
}

/// The service of [`DoorLayer`].
pub struct DoorService<C, S> {
    inner: S,
    known: Option<Arc<Known>>,
    catalogue: PhantomData<fn() -> C>,
}

impl<C, S: Clone> Clone for DoorService<C, S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), known: self.known.clone(), catalogue: PhantomData }
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
        match decided::<C>(self.known.as_deref(), &request) {
            Ok(admission) => call_decided(&mut self.inner, request, Ok(admission)),
            Err(Refusal::Denied(denial)) => call_decided(&mut self.inner, request, Err(denial)),
            Err(Refusal::NotFound) => RegisteredFuture::stopped(StatusCode::NOT_FOUND.into_response()),
        }
    }
}

/// Whether a request gets in.
fn decided<C: Catalogue>(known: Option<&Known>, request: &Request) -> Result<Admission, Refusal> {
    let ruling = match known {
        Some(known) => ruling(Some(&known.part), &|path, kind| known.rows.at(path, kind), request),
        None => ruling(None, &|path, kind| Rows::found(C::policy(), path, kind), request),
    };
    asked::<C>(&ruling, &AxumRequest::of(request))
}
