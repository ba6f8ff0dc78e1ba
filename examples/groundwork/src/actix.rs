//! Serving with actix-web within [`Limits`].

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use actix_http::Request;
use actix_service::IntoServiceFactory;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{
    AppConfig, Payload, Response, Service, ServiceFactory, ServiceRequest, ServiceResponse,
};
use actix_web::error::PayloadError;
use actix_web::http::KeepAlive;
use actix_web::middleware::Next;
use actix_web::rt::System;
use actix_web::rt::time::{Sleep, sleep_until};
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _, HttpServer};
use bytes::Bytes;
use futures_core::Stream;

use crate::body::{Patience, TooSlow};
use crate::limits::Limits;

/// How long a client may take to close its side of a connection that we have closed.
const FAREWELL: Duration = Duration::from_secs(1);

/// Gives a server the limits that actix-web has a word for. Those of bodies are [`time_body`]'s.
///
/// A connection serves one request: actix-web times the header of the first request only, so that a client whose second
/// header never ends would keep the connection for ever (actix-http 3.20, `h1/dispatcher.rs`).
pub fn limited<F, I, S, B>(server: HttpServer<F, I, S, B>, limits: &Limits) -> HttpServer<F, I, S, B>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<Error> + 'static,
    S::InitError: fmt::Debug,
    S::Response: Into<Response<B>> + 'static,
    <S::Service as Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let workers = available_parallelism().map_or(2, usize::from).min(limits.connections());
    server
        .workers(workers)
        .max_connections((limits.connections() / workers).max(1))
        .keep_alive(KeepAlive::Disabled)
        .client_request_timeout(limits.header())
        .client_disconnect_timeout(FAREWELL)
        .shutdown_timeout(limits.shutdown().as_secs())
}

/// Runs a service to its end.
///
/// The runtime is not taken down: that would wait for blocking work however long it takes, and the process ends here. What
/// such work had not committed nobody was told.
pub fn run<T>(service: impl Future<Output = T>) -> T {
    let system = System::new();
    let ended = system.block_on(service);
    std::mem::forget(system);
    ended
}

/// Middleware: a body that is not there in time fails as [`is_too_slow`](crate::is_too_slow) recognises it, and one that
/// nobody reads is not waited for. The application's data has the [`Limits`]. To be added last, so that it is asked first.
///
/// # Errors
///
/// Those of the services behind it.
pub async fn time_body<B: MessageBody + 'static>(
    limits: Data<Limits>,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let payload = Rc::new(RefCell::new(payload));
    let patience = Patience::new(&limits, Instant::now());
    let timed = Box::pin(TimedPayload { payload: Rc::clone(&payload), patience, silence: None });
    request.set_payload(Payload::Stream { payload: timed });
    let answer = next.call(request).await?;
    Ok(answer.map_body(|_, body| BoxBody::new(Holding { body: body.boxed(), _payload: payload })))
}

/// The body of an answer that holds on to the request's until all of it is sent.
///
/// actix-web goes on reading a chunked body that was dropped, for as long as the client goes on sending it; one that was not
/// dropped and has not come to its end closes the connection (actix-http 3.20, `should_close_for_unread_payload`).
struct Holding {
    body: BoxBody,
    _payload: Rc<RefCell<Payload>>,
}

impl MessageBody for Holding {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}

struct TimedPayload {
    payload: Rc<RefCell<Payload>>,
    patience: Patience<Instant>,
    /// Since the client is silent.
    silence: Option<Pin<Box<Sleep>>>,
}

impl Stream for TimedPayload {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut *self.payload.borrow_mut()).poll_next(context);
        if let Poll::Ready(chunk) = polled {
            self.silence = None;
            return Poll::Ready(chunk);
        }
        let until = self.patience.until(Instant::now());
        let silence = self.silence.get_or_insert_with(|| Box::pin(sleep_until(until.into())));
        ready!(silence.as_mut().poll(context));
        Poll::Ready(Some(Err(PayloadError::Io(io::Error::new(io::ErrorKind::TimedOut, TooSlow)))))
    }
}
