//! The door in front of plain actix-web services: what is not in the policy's table is denied, before its handler runs.

use super::answering::{Known, Place, Routed, ScopeId};
use super::check::ActixRequest;
use crate::catalogue::Catalogue;
use crate::check::Admission;
use crate::denial::Denial;
use crate::door::{Refusal, Ruling, asked, is_preflight};
use crate::sealed::Sealed;
use crate::table::Rows;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{
    HttpServiceFactory, Service, ServiceFactory, ServiceRequest, ServiceResponse, Transform,
};
use actix_web::guard::fn_guard;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse, Resource, Scope, web};
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
/// Middleware *behind* a door (`wrap` of the plain part, or of something on it) may read requests and change answers. What
/// changes the method or the path there makes something else answer than the door has decided about. So the door looks at
/// what was routed in the end: if that is not what it decided, the caller has to meet the rows of that as well, or is sent
/// the denial in place of the answer. The handler has run by then, because actix-web lets nothing stand between the last
/// middleware and its routing; put such middleware (`NormalizePath`, a method override) in front of the door, on the
/// application or a scope around the part, where the door sees what it made.
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
        ready(Ok(DoorService { inner, place: self.place, known: Rc::default(), catalogue: PhantomData }))
    }
}

/// The service of [`DoorMiddleware`].
pub struct DoorService<C, S> {
    inner: Rc<S>,
    place: Place,
    /// Known with the first request: an application is whole only then.
    known: Rc<OnceCell<Option<Known>>>,
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
        let routed = Routed::at(self.place, request.request());
        let decided = self.decided(&request, &routed).map(Admission::into_recording);
        let after = After { known: Rc::clone(&self.known), place: self.place, routed, ask: ask_again::<C> };
        let progress = match decided {
            Ok(None) => Progress::Running { future: self.inner.call(request), after },
            Ok(Some(recording)) => {
                let inner = Rc::clone(&self.inner);
                Progress::Recording {
                    future: Box::pin(async move {
                        match recording.await {
                            Ok(()) => inner.call(request).await.map(|response| after.checked(response)),
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
    fn decided(&self, request: &ServiceRequest, routed: &Routed) -> Result<Admission, Refusal> {
        let known = self.known.get_or_init(|| {
            let known = Known::of(request.resource_map(), Rows::of(C::policy()));
            if known.is_none() {
                tracing::error!(
                    "actix-web does not say as expected what is registered: nothing gets through this door"
                );
            }
            known
        });
        let (ruling, has_unknown_default) = known.as_ref().map_or((Ruling::Unlisted, false), |known| {
            known.ruling(self.place, routed, asks_before(request.request()))
        });
        if has_unknown_default {
            request.extensions_mut().insert(NothingElse);
        }
        asked::<C>(&ruling, &ActixRequest::of(request.request()))
    }
}

/// What a door looks at when there is an answer.
struct After {
    known: Rc<OnceCell<Option<Known>>>,
    place: Place,
    routed: Routed,
    ask: fn(&Ruling, &HttpRequest) -> Result<(), Refusal>,
}

impl After {
    /// The answer, if it is that of what was decided about, or of what the caller may ask for as well.
    fn checked<B>(&self, response: ServiceResponse<B>) -> ServiceResponse<EitherBody<B>> {
        let request = response.request();
        let Some(routed) = self.routed.changed(request) else { return response.map_into_left_body() };
        tracing::error!(
            "middleware behind a door changed the method or the path of a request: put it in front of the door"
        );
        let ruling = self.known.get().and_then(Option::as_ref).map_or(Ruling::Unlisted, |known| {
            let (ruling, has_unknown_default) = known.ruling(self.place, &routed, asks_before(request));
            // The default was kept from the request only if the door knew of it then.
            let is_kept = !has_unknown_default || request.extensions().get::<NothingElse>().is_some();
            if is_kept { ruling } else { Ruling::Unlisted }
        });
        let instead = match (self.ask)(&ruling, request) {
            Ok(()) => return response.map_into_left_body(),
            Err(Refusal::Denied(denial)) => HttpResponse::from_error(denial),
            Err(Refusal::NotFound) => HttpResponse::NotFound().finish(),
        };
        let (request, _) = response.into_parts();
        ServiceResponse::new(request, instead).map_into_right_body()
    }
}

/// Asks about a call that was made. One that has to be written down first was not, so it is denied.
fn ask_again<C: Catalogue>(ruling: &Ruling, request: &HttpRequest) -> Result<(), Refusal> {
    let request = ActixRequest::of(request);
    match asked::<C>(ruling, &request)?.into_recording() {
        None => Ok(()),
        Some(_) => asked::<C>(&Ruling::Unlisted, &request).map(drop),
    }
}

fn asks_before(request: &HttpRequest) -> bool {
    is_preflight(request.method().as_str(), |name| request.headers().contains_key(name))
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
        Running { #[pin] future: F, after: After },
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
            ProgressProjection::Running { future, after } => {
                future.poll(cx).map_ok(|response| after.checked(response))
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
