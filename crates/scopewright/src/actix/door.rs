//! The door in front of plain actix-web services: what is not in the policy's table is denied, before its handler runs.

use super::check::ActixRequest;
use super::path::canonical;
use crate::catalogue::Catalogue;
use crate::check::{Admission, Asking, admission, deny_unlisted};
use crate::denial::Denial;
use crate::table::{find_matching, lists};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{
    HttpServiceFactory, Service, ServiceFactory, ServiceRequest, ServiceResponse, Transform,
};
use actix_web::{Error, HttpResponse};
use pin_project_lite::pin_project;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// Decides by the policy's table about requests to services whose handlers may carry no guard.
///
/// A request is denied as undecided if the first route it matches has a path that is not in the table, or if no row of the
/// table matches it; one that no route matches is 404.
/// actix-web takes the first route whose path and guards fit, and says so only afterwards; so if several rows match
/// a request, its caller must meet them all. For `wrap` of an actix-web `Scope` or `Resource`;
/// [`App::service_actix`](super::App::service_actix) puts it in front of a plain part of a service.
pub struct DoorMiddleware<C> {
    catalogue: PhantomData<fn() -> C>,
}

impl<C: Catalogue> DoorMiddleware<C> {
    /// The door of a policy.
    pub const fn new() -> Self {
        Self { catalogue: PhantomData }
    }
}

impl<C: Catalogue> Default for DoorMiddleware<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Clone for DoorMiddleware<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for DoorMiddleware<C> {}

impl<C> fmt::Debug for DoorMiddleware<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DoorMiddleware")
    }
}

impl<C, S, B> Transform<S, ServiceRequest> for DoorMiddleware<C>
where
    C: Catalogue,
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = DoorService<C, S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(DoorService { inner: Rc::new(inner), catalogue: PhantomData }))
    }
}

/// The service of [`DoorMiddleware`].
pub struct DoorService<C, S> {
    inner: Rc<S>,
    catalogue: PhantomData<fn() -> C>,
}

impl<C, S> fmt::Debug for DoorService<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DoorService")
    }
}

impl<C, S, B> Service<ServiceRequest> for DoorService<C, S>
where
    C: Catalogue,
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = DoorFuture<S::Future, B>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let decided = decided::<C>(&request).map(|decided| decided.map(Admission::into_recording));
        let progress = match decided {
            Some(Ok(None)) => Progress::Running { future: self.inner.call(request) },
            Some(Ok(Some(recording))) => {
                let inner = Rc::clone(&self.inner);
                Progress::Recording {
                    future: Box::pin(async move {
                        match recording.await {
                            Ok(()) => inner.call(request).await.map(ServiceResponse::map_into_left_body),
                            Err(denial) => Ok(denied(request, denial)),
                        }
                    }),
                }
            }
            Some(Err(denial)) => Progress::Stopped { response: Some(denied(request, denial)) },
            None => {
                Progress::Stopped { response: Some(answered(request, HttpResponse::NotFound().finish())) }
            }
        };
        DoorFuture { progress }
    }
}

fn answered<B>(request: ServiceRequest, response: HttpResponse) -> ServiceResponse<EitherBody<B>> {
    request.into_response(response).map_into_right_body()
}

fn denied<B>(request: ServiceRequest, denial: Denial) -> ServiceResponse<EitherBody<B>> {
    answered(request, HttpResponse::from_error(denial))
}

/// Whether a request gets in; nothing if it is for nobody.
fn decided<C: Catalogue>(request: &ServiceRequest) -> Option<Result<Admission, Denial>> {
    let asking = ActixRequest::of(request.request());
    // The path as actix-web routes it, escapes that stand for themselves decoded.
    let mut rows = find_matching(C::policy(), asking.method(), request.match_info().as_str()).peekable();
    let route = route(request);
    match rows.peek() {
        None if route.is_empty() => None,
        // What a row says of one route says nothing of another that its path fits too.
        Some(_) if route.is_empty() || lists(C::policy(), &route) => {
            Some(rows.try_fold(Admission::AT_ONCE, |all, row| {
                Ok(all.and(admission::<C>(&row.operation, &asking)?))
            }))
        }
        _ => Some(Err(deny_unlisted::<C>(&asking))),
    }
}

/// The path of the first route that a request fits, or of the one it was given to; empty if there is none. actix-web routes
/// by the path with its escapes decoded, and looks routes up by the path as it was sent.
fn route(request: &ServiceRequest) -> String {
    let routed = request.match_info().as_str();
    let pattern = if routed == request.path() {
        request.match_pattern()
    } else {
        request.resource_map().match_pattern(routed)
    };
    pattern.map(|pattern| canonical(&pattern)).unwrap_or_default()
}

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

pin_project! {
    /// The future of [`DoorService`]: the inner service's own, once the call is written down where it has to be, or a denial.
    pub struct DoorFuture<F, B> {
        #[pin]
        progress: Progress<F, B>,
    }
}

pin_project! {
    #[project = ProgressProjection]
    enum Progress<F, B> {
        Running { #[pin] future: F },
        Stopped { response: Option<ServiceResponse<EitherBody<B>>> },
        Recording { future: Boxed<Result<ServiceResponse<EitherBody<B>>, Error>> },
    }
}

impl<F, B> fmt::Debug for DoorFuture<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DoorFuture")
    }
}

impl<F, B> Future for DoorFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().progress.project() {
            ProgressProjection::Running { future } => {
                future.poll(cx).map_ok(ServiceResponse::map_into_left_body)
            }
            ProgressProjection::Stopped { response } => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                // Only a future that is polled after it was done gets here.
                None => Poll::Pending,
            },
            ProgressProjection::Recording { future } => future.as_mut().poll(cx),
        }
    }
}

/// A part of a service that still is plain actix-web: a scope or a resource, which a door can be put in front of.
pub trait PlainPart {
    /// The part behind the door of the policy `C`.
    fn behind_door<C: Catalogue>(self) -> impl HttpServiceFactory + 'static;
}

macro_rules! plain_part {
    ($($part:ident)*) => {$(
        impl<T, B> PlainPart for actix_web::$part<T>
        where
            T: ServiceFactory<
                    ServiceRequest,
                    Config = (),
                    Response = ServiceResponse<B>,
                    Error = Error,
                    InitError = (),
                > + 'static,
            B: MessageBody + 'static,
        {
            fn behind_door<C: Catalogue>(self) -> impl HttpServiceFactory + 'static {
                self.wrap(DoorMiddleware::<C>::new())
            }
        }
    )*};
}

plain_part!(Scope Resource);
