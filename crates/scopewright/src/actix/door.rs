//! The door in front of plain actix-web services: what is not in the policy's table is denied, before its handler runs.

use super::answering::{Known, Place, ScopeId};
use super::check::ActixRequest;
use crate::catalogue::Catalogue;
use crate::check::Admission;
use crate::denial::Denial;
use crate::door::{Refusal, Ruling, asked};
use crate::sealed::Sealed;
use crate::table::Rows;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{
    HttpServiceFactory, Service, ServiceFactory, ServiceRequest, ServiceResponse, Transform,
};
use actix_web::guard::fn_guard;
use actix_web::{Error, HttpMessage as _, HttpResponse, Resource, Scope, web};
use pin_project_lite::pin_project;
use std::cell::OnceCell;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// Decides by the policy's table about requests to services whose handlers may carry no guard.
///
/// actix-web takes the first thing whose pattern fits a request and whose guards agree, and says only afterwards which one
/// that was. So every pattern that fits is looked at, in order, by actix-web's own matching: the row of the first that is
/// sure to answer decides, and those before it that a guard may let answer have to be met as well. If something fits that
/// is not in the table, the request is denied as undecided; where nothing does, it is 404.
///
/// A preflight (`OPTIONS` with `Origin` and `Access-Control-Request-Method`, Fetch standard) passes where the build has
/// seen all handlers and none would answer it: so a CORS middleware behind the door goes on working.
///
/// For `wrap` of an actix-web `Scope` or `Resource`; [`App::service_actix`](super::App::service_actix) puts it in front of
/// a plain part of a service.
pub struct DoorMiddleware<C> {
    place: Place,
    catalogue: PhantomData<fn() -> C>,
}

impl<C: Catalogue> DoorMiddleware<C> {
    /// The door of a policy.
    pub const fn new() -> Self {
        Self::before(Place::Unknown)
    }

    const fn before(place: Place) -> Self {
        Self { place, catalogue: PhantomData }
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
        let inner = Rc::new(inner);
        ready(Ok(DoorService { inner, place: self.place, known: OnceCell::new(), catalogue: PhantomData }))
    }
}

/// The service of [`DoorMiddleware`].
pub struct DoorService<C, S> {
    inner: Rc<S>,
    place: Place,
    /// Known with the first request: an application is whole only then.
    known: OnceCell<Option<Known>>,
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
        let progress = match self.decided(&request).map(Admission::into_recording) {
            Ok(None) => Progress::Running { future: self.inner.call(request) },
            Ok(Some(recording)) => {
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
            Err(Refusal::Denied(denial)) => Progress::Stopped { response: Some(denied(request, denial)) },
            Err(Refusal::NotFound) => {
                Progress::Stopped { response: Some(answered(request, HttpResponse::NotFound().finish())) }
            }
        };
        DoorFuture { progress }
    }
}

impl<C: Catalogue, S> DoorService<C, S> {
    /// Whether a request gets in.
    fn decided(&self, request: &ServiceRequest) -> Result<Admission, Refusal> {
        let known = self.known.get_or_init(|| {
            let known = Known::of(request.resource_map(), Rows::of(C::policy()));
            if known.is_none() {
                tracing::error!(
                    "actix-web does not say as expected what is registered: nothing gets through this door"
                );
            }
            known
        });
        let (ruling, has_unknown_default) =
            known.as_ref().map_or((Ruling::Unlisted, false), |known| known.ruling(self.place, request));
        if has_unknown_default {
            request.extensions_mut().insert(NothingElse);
        }
        asked::<C>(&ruling, &ActixRequest::of(request.request()))
    }
}

fn answered<B>(request: ServiceRequest, response: HttpResponse) -> ServiceResponse<EitherBody<B>> {
    request.into_response(response).map_into_right_body()
}

fn denied<B>(request: ServiceRequest, denial: Denial) -> ServiceResponse<EitherBody<B>> {
    answered(request, HttpResponse::from_error(denial))
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
pub trait PlainPart: Sealed {
    /// The part behind the door of the policy `C`.
    fn behind_door<C: Catalogue>(self) -> impl HttpServiceFactory + 'static;
}

/// Remembered in a request that the default service of a scope must not answer, because it is not in the table.
struct NothingElse;

/// The last resource of a scope behind a door: 404 before a default service that nobody has listed.
fn last(scope: ScopeId) -> Resource {
    let is_meant = fn_guard(|context| context.req_data().get::<NothingElse>().is_some());
    web::resource(["", "/{rest}*"]).name(&scope.last()).guard(is_meant).to(HttpResponse::NotFound)
}

/// A part, prepared for a door.
trait Prepared: Sized {
    /// With what has to stand last on it, and where the door stands then.
    fn prepared(self) -> (Self, Place);
}

impl<T> Prepared for Scope<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    fn prepared(self) -> (Self, Place) {
        let id = ScopeId::next();
        (self.service(last(id)), Place::Scope(id))
    }
}

impl<T> Prepared for Resource<T> {
    fn prepared(self) -> (Self, Place) {
        (self, Place::Resource)
    }
}

macro_rules! plain_part {
    ($($part:ident)*) => {$(
        impl<T> Sealed for $part<T> {}

        impl<T, B> PlainPart for $part<T>
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
                let (part, place) = self.prepared();
                part.wrap(DoorMiddleware::<C>::before(place))
            }
        }
    )*};
}

plain_part!(Scope Resource);
