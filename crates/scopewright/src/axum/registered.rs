//! [`Registered`] as a handler and as a service of axum.

use super::check::AxumRequest;
use super::decided::{Decided, DecidedService};
use crate::catalogue::Catalogue;
use crate::check::{Admission, Recording, admission};
use crate::decided::HandlerDecision;
use crate::denial::Denial;
use crate::registration::Registered;
use crate::sealed::SealedHandler;
use ::axum::extract::Request;
use ::axum::handler::Handler;
use ::axum::response::{IntoResponse, Response};
use pin_project_lite::pin_project;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready as ready_or_return};
use tower_service::Service;

/// The extractors of a [`Registered`] handler, as axum's `Handler<T, S>` names them in `T`.
#[derive(Debug)]
pub struct AtRegistration<C, T>(PhantomData<fn() -> (C, T)>);

#[diagnostic::do_not_recommend]
impl<C: Catalogue, H, T, S> SealedHandler<AtRegistration<C, T>, S> for Registered<C, H> {}

#[diagnostic::do_not_recommend]
impl<C: Catalogue, H, T, S> Decided<AtRegistration<C, T>, S> for Registered<C, H> {
    fn decided(&self) -> HandlerDecision {
        self.decision()
    }
}

#[diagnostic::do_not_recommend]
impl<C: Catalogue, T> DecidedService for Registered<C, T> {
    fn decided(&self) -> HandlerDecision {
        self.decision()
    }
}

#[diagnostic::do_not_recommend]
impl<C, H, T, S> Handler<AtRegistration<C, T>, S> for Registered<C, H>
where
    C: Catalogue,
    H: Handler<T, S>,
    T: 'static,
    S: Send + 'static,
{
    type Future = RegisteredFuture<H::Future>;

    fn call(self, request: Request, state: S) -> Self::Future {
        match admission::<C>(self.operation, &AxumRequest::of(&request)).map(Admission::into_recording) {
            Ok(None) => RegisteredFuture::running(self.inner.call(request, state)),
            Ok(Some(recording)) => {
                let handler = self.inner;
                RegisteredFuture::recording(recording, move || handler.call(request, state))
            }
            Err(denial) => RegisteredFuture::stopped(denial.into_response()),
        }
    }
}

impl<C, T, E> Service<Request> for Registered<C, T>
where
    C: Catalogue,
    T: Service<Request, Error = E> + Clone + Send + 'static,
    T::Response: IntoResponse,
{
    type Response = Response;
    type Error = E;
    type Future = RegisteredFuture<T::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let decided = admission::<C>(self.operation, &AxumRequest::of(&request));
        call_decided(&mut self.inner, request, decided)
    }
}

/// Calls a service as it was decided: at once, when the call is written down, or not at all.
pub(super) fn call_decided<S>(
    service: &mut S,
    request: Request,
    decided: Result<Admission, Denial>,
) -> RegisteredFuture<S::Future>
where
    S: Service<Request> + Clone + Send + 'static,
{
    match decided.map(Admission::into_recording) {
        Ok(None) => RegisteredFuture::running(service.call(request)),
        Ok(Some(recording)) => {
            // The clone takes the place of the service that was polled ready, which goes with the request.
            let clone = service.clone();
            let mut ready = std::mem::replace(service, clone);
            RegisteredFuture::recording(recording, move || ready.call(request))
        }
        Err(denial) => RegisteredFuture::stopped(denial.into_response()),
    }
}

pin_project! {
    /// The future of a [`Registered`] handler or service: its own, or a denial.
    #[derive(Debug)]
    pub struct RegisteredFuture<F> {
        #[pin]
        progress: Progress<F>,
    }
}

pin_project! {
    #[project = ProgressProjection]
    #[derive(Debug)]
    enum Progress<F> {
        Running { #[pin] future: F },
        Stopped { response: Option<Response> },
        Recording { waiting: Box<Waiting<F>> },
    }
}

/// A call that is made when it is written down. In a box of its own: most futures need none of this.
struct Waiting<F> {
    recording: Recording,
    call: Option<Box<dyn FnOnce() -> F + Send>>,
}

impl<F> fmt::Debug for Waiting<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting")
    }
}

impl<F> RegisteredFuture<F> {
    fn recording(recording: Recording, call: impl FnOnce() -> F + Send + 'static) -> Self {
        let waiting = Box::new(Waiting { recording, call: Some(Box::new(call)) });
        Self { progress: Progress::Recording { waiting } }
    }

    const fn running(future: F) -> Self {
        Self { progress: Progress::Running { future } }
    }

    pub(super) const fn stopped(response: Response) -> Self {
        Self { progress: Progress::Stopped { response: Some(response) } }
    }
}

/// What a handler's and a service's future have in common: both end in something that is a response.
#[doc(hidden)]
pub trait Finished {
    type Output;
    fn finished(self) -> Self::Output;
    fn denied(response: Response) -> Self::Output;
}

impl Finished for Response {
    type Output = Self;

    fn finished(self) -> Self {
        self
    }

    fn denied(response: Response) -> Self {
        response
    }
}

impl<R: IntoResponse, E> Finished for Result<R, E> {
    type Output = Result<Response, E>;

    fn finished(self) -> Self::Output {
        self.map(IntoResponse::into_response)
    }

    fn denied(response: Response) -> Self::Output {
        Ok(response)
    }
}

impl<F: Future<Output: Finished>> Future for RegisteredFuture<F> {
    type Output = <F::Output as Finished>::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut progress = self.project().progress;
        loop {
            let next = match progress.as_mut().project() {
                ProgressProjection::Running { future } => return future.poll(cx).map(Finished::finished),
                ProgressProjection::Stopped { response } => {
                    return match response.take() {
                        Some(response) => Poll::Ready(F::Output::denied(response)),
                        // Only a future that is polled after it was done gets here.
                        None => Poll::Pending,
                    };
                }
                ProgressProjection::Recording { waiting } => {
                    match (ready_or_return!(waiting.recording.as_mut().poll(cx)), waiting.call.take()) {
                        (Ok(()), Some(call)) => Progress::Running { future: call() },
                        (Err(denial), _) => Progress::Stopped { response: Some(denial.into_response()) },
                        (Ok(()), None) => return Poll::Pending,
                    }
                }
            };
            progress.set(next);
        }
    }
}
