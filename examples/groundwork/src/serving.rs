//! Serving with axum, or with anything else that is a tower service, within [`Limits`].
//!
//! `axum::serve` gives a client all the time it wants for a header, and a request all it wants to end. Here a connection is
//! hyper's, with a timer; there are no more of them than the process has descriptors for.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::ServiceExt;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout};
use tokio_io_timeout::TimeoutStream;
use tower_service::Service;

use crate::body::{Patience, TooSlow};
use crate::limits::Limits;
use crate::{log, program};

/// Completes when the process is asked to stop.
pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How long to wait after the system refused a connection: it lacks something that others have to give back first.
const BREATH: Duration = Duration::from_millis(100);

/// How long work on threads of its own may go on after the last connection. It is cut off then; what it had not
/// committed nobody was told.
const LEFTOVERS: Duration = Duration::from_secs(3);

/// Takes the address, prints it, and serves; `serve` is to return when [`Stop`] completes. What it needs is open already:
/// the line that is printed is a promise.
///
/// # Errors
///
/// Those of `serve`, and those of getting a runtime and the address.
pub fn run_until_stopped<E, F>(
    address: SocketAddr,
    serve: impl FnOnce(TcpListener, Stop) -> F,
) -> Result<(), Box<dyn Error>>
where
    E: Error + 'static,
    F: Future<Output = Result<(), E>>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::from_std(program::listen(address)?)?;
        let stop = stop_signal()?;
        program::announce(listener.local_addr()?);
        Ok(serve(listener, stop).await?)
    });
    // Dropped, it would wait for blocking work however long that takes.
    runtime.shutdown_timeout(LEFTOVERS);
    served
}

#[cfg(unix)]
fn stop_signal() -> io::Result<Stop> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(Box::pin(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail where there are signals")]
fn stop_signal() -> io::Result<Stop> {
    Ok(Box::pin(async {
        // Where Ctrl-C cannot be watched, the process is ended by other means.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }))
}

/// Serves until `stop` completes, then lets the requests under way finish, as long as the limits say.
///
/// Every request carries its client's address as [`ConnectInfo`](axum::extract::ConnectInfo).
pub async fn serve<S>(listener: TcpListener, service: S, limits: Limits, stop: impl Future<Output = ()>)
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let graceful = GracefulShutdown::new();
    let turns = Arc::new(Semaphore::new(limits.connections()));
    let mut open = JoinSet::new();
    let mut stop = pin!(stop);
    let mut services = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(service);
    loop {
        let (stream, client, turn) = tokio::select! {
            () = &mut stop => break,
            next = next_connection(&listener, &turns) => next,
        };
        let Ok(service) = services.call(client).await;
        let connection = graceful.watch(connection(stream, service, limits));
        open.spawn(async move {
            let _until_closed = turn;
            // What a client did wrong is between it and hyper.
            let _ended = connection.await;
        });
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    if timeout(limits.shutdown(), graceful.shutdown()).await.is_err() {
        log::line(format_args!("requests were cut off that had not ended in time"));
        open.shutdown().await;
    }
}

/// Waits until there may be one more connection, and for it.
async fn next_connection(
    listener: &TcpListener,
    turns: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    // The semaphore is never closed.
    let Ok(turn) = Arc::clone(turns).acquire_owned().await else { return std::future::pending().await };
    loop {
        match listener.accept().await {
            Ok((stream, client)) => return (stream, client, turn),
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                log::line(format_args!("cannot accept a connection: {error}"));
                sleep(BREATH).await;
            }
        }
    }
}

/// Whether only the connection is gone that was to be accepted.
fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// What a connection reads and writes.
type Stream = TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>;

/// One connection. Its header timer also ends it where it is idle between two requests; a client that does not take its
/// answer has as long as one that is silent within a body.
fn connection<S>(
    stream: TcpStream,
    service: S,
    limits: Limits,
) -> http1::Connection<
    Stream,
    impl hyper::service::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send>,
>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let _slower = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.body_idle()));
    let service = TowerToHyperService::new(service);
    let service = service_fn(move |request: Request<Incoming>| {
        service.call(request.map(|body| Body::new(TimedBody::new(body, &limits))))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header())
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

/// A body that fails with [`TooSlow`] instead of being waited for.
struct TimedBody {
    body: Incoming,
    patience: Patience<Instant>,
    /// Since the client is silent.
    silence: Option<Pin<Box<Sleep>>>,
}

impl TimedBody {
    fn new(body: Incoming, limits: &Limits) -> Self {
        Self { body, patience: Patience::new(limits, Instant::now()), silence: None }
    }
}

impl http_body::Body for TimedBody {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.silence = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let until = self.patience.until(Instant::now());
        let silence = self.silence.get_or_insert_with(|| Box::pin(sleep_until(until)));
        ready!(silence.as_mut().poll(context));
        Poll::Ready(Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
