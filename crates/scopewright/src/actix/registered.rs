//! [`Registered`] as a handler and as a service of actix-web.

use super::check::ActixRequest;
use super::decided::DecidedHandler;
use crate::catalogue::Catalogue;
use crate::check::{Admission, admission};
use crate::decided::HandlerDecision;
use crate::denial::Denial;
use crate::registration::Registered;
use crate::sealed::{Sealed, SealedArgs};
use actix_web::dev::{Handler, Payload, Service, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, Responder};
use scopewright_core::Operation;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

/// The extractors of a [`Registered`] handler, as actix-web's `Handler<Args>` names them in `Args`: not run yet, because
/// the decision comes first.
pub struct AtRegistration<C, Args> {
    request: HttpRequest,
    payload: Payload,
    extractors: PhantomData<fn() -> (C, Args)>,
}

impl<C, Args> fmt::Debug for AtRegistration<C, Args> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AtRegistration")
    }
}

impl<C: Catalogue, Args: FromRequest> FromRequest for AtRegistration<C, Args> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take(), extractors: PhantomData }))
    }
}

#[diagnostic::do_not_recommend]
impl<C: Catalogue, H, Args> SealedArgs<AtRegistration<C, Args>> for Registered<C, H> {}

#[diagnostic::do_not_recommend]
impl<C: Catalogue, H, Args> DecidedHandler<AtRegistration<C, Args>> for Registered<C, H> {
    fn decided(&self) -> HandlerDecision {
        self.decision()
    }
}

#[diagnostic::do_not_recommend]
impl<C, H, Args> Handler<AtRegistration<C, Args>> for Registered<C, H>
where
    C: Catalogue,
    H: Handler<Args>,
    H::Output: Responder,
    Args: FromRequest + 'static,
{
    type Output = Result<H::Output, Error>;
    type Future = Boxed<Self::Output>;

    fn call(&self, at: AtRegistration<C, Args>) -> Self::Future {
        let AtRegistration { request, mut payload, .. } = at;
        let admitted = admission::<C>(self.operation, &ActixRequest::of(&request));
        let recording = match admitted.map(Admission::into_recording) {
            Ok(recording) => recording,
            Err(denial) => return Box::pin(ready(Err(denial.into()))),
        };
        let handler = self.inner.clone();
        Box::pin(async move {
            if let Some(recording) = recording {
                recording.await?;
            }
            let arguments = Args::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(handler.call(arguments).await)
        })
    }
}

/// A service that carries a decision: a [`Registered`] one, or a [`Route`](super::Route) with a decided handler.
#[diagnostic::on_unimplemented(
    message = "this service has no access decision",
    label = "decide about it here",
    note = "wrap it where it is registered: `scopes::requires(Scope::Name, service)`, `scopes::public(PublicReason::Name, service)`, `scopes::authenticated(service)`",
    note = "a handler goes in a route: `web::to(handler)` of `scopewright::actix::web`"
)]
pub trait DecidedEndpoint: Sealed {
    /// actix-web's own service.
    type Factory: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse, Error = Error, InitError = ()>
        + 'static;

    /// actix-web's own service, and what is decided about it; nothing, if it answers 404 to everything.
    fn into_parts(self) -> (Self::Factory, Option<HandlerDecision>);
}

#[diagnostic::do_not_recommend]
impl<C, S> DecidedEndpoint for Registered<C, S>
where
    C: Catalogue,
    S: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse, Error = Error> + 'static,
{
    type Factory = RegisteredFactory<C, S>;

    fn into_parts(self) -> (Self::Factory, Option<HandlerDecision>) {
        let decision = self.decision();
        (RegisteredFactory(self), Some(decision))
    }
}

/// The factory of a [`Registered`] service.
#[derive(Debug)]
pub struct RegisteredFactory<C, S>(Registered<C, S>);

impl<C, S> ServiceFactory<ServiceRequest> for RegisteredFactory<C, S>
where
    C: Catalogue,
    S: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse, Error = Error> + 'static,
{
    type Response = ServiceResponse;
    type Error = Error;
    type Config = ();
    type Service = RegisteredService<C, S::Service>;
    type InitError = ();
    type Future = Boxed<Result<Self::Service, ()>>;

    fn new_service(&self, (): ()) -> Self::Future {
        let (operation, service) = (self.0.operation, self.0.inner.new_service(()));
        Box::pin(async move {
            let inner = service.await.map_err(drop)?;
            Ok(RegisteredService { operation, inner: Rc::new(inner), catalogue: PhantomData })
        })
    }
}

/// A [`Registered`] service.
pub struct RegisteredService<C, S> {
    operation: &'static Operation<'static>,
    inner: Rc<S>,
    catalogue: PhantomData<fn() -> C>,
}

impl<C, S> fmt::Debug for RegisteredService<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredService").field("operation", self.operation).finish_non_exhaustive()
    }
}

impl<C, S> Service<ServiceRequest> for RegisteredService<C, S>
where
    C: Catalogue,
    S: Service<ServiceRequest, Response = ServiceResponse, Error = Error> + 'static,
    S::Future: 'static,
{
    type Response = ServiceResponse;
    type Error = Error;
    type Future = Boxed<Result<ServiceResponse, Error>>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let admitted = admission::<C>(self.operation, &ActixRequest::of(request.request()));
        match admitted.map(Admission::into_recording) {
            Ok(None) => Box::pin(self.inner.call(request)),
            Ok(Some(recording)) => {
                let inner = Rc::clone(&self.inner);
                Box::pin(async move {
                    match recording.await {
                        Ok(()) => inner.call(request).await,
                        Err(denial) => Ok(denied(request, denial)),
                    }
                })
            }
            Err(denial) => Box::pin(ready(Ok(denied(request, denial)))),
        }
    }
}

fn denied(request: ServiceRequest, denial: Denial) -> ServiceResponse {
    request.into_response(HttpResponse::from_error(denial))
}
