//! A hook that blocks its thread, behind running servers with one worker each. A process of its own, because the hook is
//! the process's.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test panics when it fails"
)]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../scopewright-emit/tests/golden/rust/audited.rs");
}

use scopes::{AuthMode, Grant, PublicReason, Scope};
use scopewright::{AuditHook, AuditUnavailable, Denial, on_audit, requires_scope};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Waker};
use std::thread;
use std::time::{Duration, Instant};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "[]"
}

#[requires_scope("write:cameras")]
async fn create_camera() -> &'static str {
    "{}"
}

fn writer() -> Grant {
    Grant::of(AuthMode::ApiKey, [Scope::WriteCameras]).with_subject("app-7")
}

fn serve_axum() -> SocketAddr {
    use axum::ServiceExt as _;
    use scopewright::axum::routing::get;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let router = scopewright::axum::Router::new()
        .route("/cameras", get(list_cameras).post(create_camera))
        .route("/health", get(scopes::public(PublicReason::Health, "ok")));
    let router = router.guarded::<Scope>().unwrap();
    let service = tower::ServiceBuilder::new()
        .map_request(|mut request: axum::extract::Request| {
            request.extensions_mut().insert(writer());
            request
        })
        .service(router);
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, service.into_make_service()).await.unwrap();
        });
    });
    address
}

fn serve_actix() -> SocketAddr {
    use actix_web::dev::Service as _;
    use scopewright::actix::{App, guarded, web};
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let app = guarded::<Scope, _>(|| {
        App::new()
            .service(web::resource("/cameras").get(list_cameras).post(create_camera))
            .route("/health", web::get().to(scopes::public(PublicReason::Health, async || "ok")))
            .wrap_fn(|request, service| {
                actix_web::HttpMessage::extensions_mut(&request).insert(writer());
                service.call(request)
            })
    })
    .unwrap();
    thread::spawn(move || {
        let server = actix_web::HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap();
        actix_web::rt::System::new().block_on(server.run()).unwrap();
    });
    address
}

/// Sends a request and keeps its connection.
fn send(address: SocketAddr, line: &str) -> TcpStream {
    let mut connection = TcpStream::connect(address).unwrap();
    // Nothing here takes long; a worker that is held would wait for ever.
    connection.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(connection, "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    connection
}

fn status(mut connection: TcpStream) -> String {
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer[9..12].to_owned()
}

fn fifty_public_calls(address: SocketAddr) -> Duration {
    let start = Instant::now();
    for _ in 0..50 {
        assert_eq!(status(send(address, "GET /health")), "200");
    }
    start.elapsed()
}

/// What the hook does next.
enum Next {
    Return(Result<(), AuditUnavailable>),
    Panic,
}

/// A hook that tells which calls it was given, and goes on when it is told how.
fn told() -> (AuditHook, Receiver<Vec<String>>, Sender<Next>) {
    let ((given, calls), (next, orders)) = (channel(), channel());
    let hook = AuditHook::blocking(move |calls| {
        given.send(calls.iter().map(|call| call.method().to_owned()).collect()).unwrap();
        match orders.recv().unwrap() {
            Next::Return(outcome) => outcome,
            Next::Panic => panic!("on purpose"),
        }
    });
    (hook.unwrap(), calls, next)
}

/// One test, because the hook is the process's.
#[test]
fn a_hook_that_blocks_holds_no_worker() {
    let (hook, given, next) = told();
    on_audit(hook.with_time_limit(Duration::from_secs(600)).with_max_waiting(4)).unwrap();
    for (framework, address) in [("axum", serve_axum()), ("actix-web", serve_actix())] {
        let alone = fifty_public_calls(address);
        let audited = send(address, "POST /cameras");
        assert_eq!(given.recv().unwrap(), ["POST"]);
        // It is at work and will not be done: what needs no audit is answered all the same, by the one worker there is.
        let beside = fifty_public_calls(address);
        println!("{framework}: {alone:?} alone, {beside:?} beside a call that waits for its hook");
        next.send(Next::Return(Ok(()))).unwrap();
        assert_eq!(status(audited), "200");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(what_comes_while_it_is_at_work_is_written_at_once(&given, &next));
}

/// A call, by a name that stands where the method is.
async fn call(name: &'static str) -> bool {
    let row = scopes::ROUTES.iter().find(|row| row.method == scopewright::Method::Post).unwrap();
    Denial::check_and_record(&row.operation, Some(&writer()), name, row.path).await.is_ok()
}

/// A call that has come to wait for the hook.
fn started(name: &'static str) -> Pin<Box<impl Future<Output = bool>>> {
    let mut call = Box::pin(call(name));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending(), "{name}");
    call
}

async fn what_comes_while_it_is_at_work_is_written_at_once(
    given: &Receiver<Vec<String>>,
    next: &Sender<Next>,
) {
    let first = started("first");
    assert_eq!(given.recv().unwrap(), ["first"]);
    let second = started("second");
    let gone = started("gone");
    let fourth = started("fourth");
    assert!(!call("fifth").await, "four wait, and that is as many as may");
    drop(gone);
    assert!(!call("sixth").await, "it has its place until its turn comes");
    next.send(Next::Return(Ok(()))).unwrap();
    assert!(first.await);
    assert_eq!(given.recv().unwrap(), ["second", "fourth"]);
    next.send(Next::Return(Err(AuditUnavailable))).unwrap();
    assert!(!second.await);
    assert!(!fourth.await);

    let panicked = started("panicked");
    assert_eq!(given.recv().unwrap(), ["panicked"]);
    next.send(Next::Panic).unwrap();
    assert!(!panicked.await);
    let last = started("last");
    assert_eq!(given.recv().unwrap(), ["last"], "the thread goes on");
    next.send(Next::Return(Ok(()))).unwrap();
    assert!(last.await);
}
