//! Calls that a scope with `audit = true` lets in are written down before their handlers run, or not made. A process of its
//! own, because the hook is the process's.

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

use axum::body::Body;
use axum::http::Request;
use scopes::{AuthMode, Grant, PublicReason, Scope};
use scopewright::axum::DoorLayer;
use scopewright::{AuditEvent, AuditHook, AuditUnavailable, Denial, DenialKind, on_audit, requires_scope};
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;
use tower::ServiceExt as _;

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HANDLED: AtomicUsize = AtomicUsize::new(0);
/// Calls that wait for the hook now.
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// What the hook does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Does {
    Writes,
    WritesLater,
    Refuses,
    RefusesLater,
    PanicsAtOnce,
    PanicsLater,
    NeverAnswers,
}

static DOES: Mutex<Does> = Mutex::new(Does::Writes);

fn let_hook(does: Does) {
    *DOES.lock().unwrap() = does;
}

fn observed() -> (Vec<String>, usize) {
    (std::mem::take(&mut *LOG.lock().unwrap()), HANDLED.swap(0, Ordering::SeqCst))
}

async fn record(event: AuditEvent) -> Result<(), AuditUnavailable> {
    /// Counts those that wait, also those that are dropped.
    struct Waits;
    impl Drop for Waits {
        fn drop(&mut self) {
            WAITING.fetch_sub(1, Ordering::SeqCst);
        }
    }

    let does = *DOES.lock().unwrap();
    WAITING.fetch_add(1, Ordering::SeqCst);
    let _waits = Waits;
    if matches!(does, Does::WritesLater | Does::RefusesLater | Does::PanicsLater) {
        tokio::task::yield_now().await;
    }
    match does {
        Does::Writes | Does::WritesLater => {
            let (method, route, mode) = (event.method(), event.route(), event.mode());
            let scopes = event.scopes().collect::<Vec<_>>().join("+");
            let subject = event.subject().unwrap_or("-");
            LOG.lock()
                .unwrap()
                .push(format!("{}: {method} {route} {mode} {subject} {scopes}", event.policy()));
            Ok(())
        }
        Does::Refuses | Does::RefusesLater => Err(AuditUnavailable),
        Does::PanicsAtOnce | Does::PanicsLater => panic!("on purpose"),
        Does::NeverAnswers => pending().await,
    }
}

fn handled(answer: &'static str) -> &'static str {
    HANDLED.fetch_add(1, Ordering::SeqCst);
    answer
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    handled("[]")
}

#[requires_scope("write:cameras")]
async fn create_camera() -> &'static str {
    handled("{}")
}

fn axum_app() -> scopewright::axum::Router {
    use scopewright::axum::routing::get;
    scopewright::axum::Router::new()
        .route("/cameras", get(list_cameras).post(create_camera))
        .route("/health", get(scopes::public(PublicReason::Health, "ok")))
}

/// The same application, with the decision in another place each.
fn every_axum_app() -> [axum::Router; 4] {
    use scopewright::axum::routing::{get, post_service};
    let service = tower::service_fn(async |_: Request<Body>| {
        Ok::<_, std::convert::Infallible>(axum::response::Response::new(Body::from(handled("{}"))))
    });
    let list = || scopes::requires(Scope::ReadCameras, async || handled("[]"));
    let create = scopes::requires(Scope::WriteCameras, async || handled("{}"));
    let plain = axum::Router::new()
        .route("/cameras", axum::routing::get(async || handled("[]")).post(async || handled("{}")));
    [
        axum_app().guarded_unchecked().into_axum_unguarded("the tests ask routers"),
        scopewright::axum::Router::new()
            .route("/cameras", get(list()).post(create))
            .guarded_unchecked()
            .into_axum_unguarded("the tests ask routers"),
        scopewright::axum::Router::new()
            .route("/cameras", post_service(scopes::requires(Scope::WriteCameras, service)).get(list()))
            .guarded_unchecked()
            .into_axum_unguarded("the tests ask routers"),
        plain.layer(DoorLayer::<Scope>::new()),
    ]
}

macro_rules! actix_app {
    () => {{
        use scopewright::actix::web;
        scopewright::actix::App::new()
            .service(web::resource("/cameras").get(list_cameras).post(create_camera))
            .route("/health", web::get().to(scopes::public(PublicReason::Health, async || "ok")))
    }};
}

fn grant(scopes: &[Scope]) -> Grant {
    Grant::of(AuthMode::ApiKey, scopes.iter().copied()).with_subject("app-7")
}

/// The declared answer to a call that could not be written down.
const UNAVAILABLE: &str = r#"{"detail":"unavailable","route":"/cameras"}"#;

type Answer = (u16, String);

async fn call_axum(app: axum::Router, method: &str, path: &str, scopes: &[Scope]) -> Answer {
    let request = Request::builder().method(method).uri(path).extension(grant(scopes));
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

macro_rules! call_actix {
    ($app:expr, $method:expr, $path:expr, $scopes:expr) => {{
        let app = actix_web::test::init_service($app).await;
        let request =
            actix_web::test::TestRequest::with_uri($path).method($method.parse().unwrap()).to_request();
        actix_web::HttpMessage::extensions_mut(&request).insert(grant($scopes));
        let response = match actix_web::test::try_call_service(&app, request).await {
            Ok(response) => response.map_into_boxed_body().into_parts().1,
            Err(error) => error.error_response(),
        };
        let status = response.status().as_u16();
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }};
}

/// The status of a call, and what was written down and done by it: the same on both frameworks and wherever the decision
/// is, and with the same bytes.
async fn call(method: &str, path: &str, scopes: &[Scope]) -> (u16, Vec<String>, usize) {
    use actix_web::web as plain;
    use scopewright::actix::web;

    let (status, body) = call_axum(
        axum_app().guarded_unchecked().into_axum_unguarded("the tests ask routers"),
        method,
        path,
        scopes,
    )
    .await;
    let (log, handled_once) = observed();
    assert_eq!(body == UNAVAILABLE, status == 503, "{method} {path}: {body:?}");
    let expected = ((status, body), (log.clone(), handled_once));

    let answer = call_actix!(actix_app!().guarded_unchecked(), method, path, scopes);
    assert_eq!((answer, observed()), expected, "actix-web: {method} {path}");
    if path == "/cameras" {
        for (at, app) in every_axum_app().into_iter().enumerate() {
            let answer = call_axum(app, method, path, scopes).await;
            assert_eq!((answer, observed()), expected, "axum {at}: {method} {path}");
        }
        let at_registration = web::resource("/cameras")
            .get(scopes::requires(Scope::ReadCameras, async || handled("[]")))
            .post(scopes::requires(Scope::WriteCameras, async || handled("{}")));
        let app = scopewright::actix::App::new().service(at_registration).guarded_unchecked();
        let answer = call_actix!(app, method, path, scopes);
        assert_eq!((answer, observed()), expected, "actix-web, at its registration: {method} {path}");
        let behind_door = plain::resource("/cameras")
            .get(async || handled("[]"))
            .post(async || handled("{}"))
            .wrap(scopewright::actix::DoorMiddleware::<Scope>::new());
        let answer = call_actix!(actix_web::App::new().service(behind_door), method, path, scopes);
        assert_eq!((answer, observed()), expected, "actix-web, behind the door: {method} {path}");
    }
    (status, log, handled_once)
}

const READ: &[Scope] = &[Scope::ReadCameras];
const WRITE: &[Scope] = &[Scope::WriteCameras];
const BOTH: &[Scope] = &[Scope::ReadCameras, Scope::WriteCameras];

/// One test, because the hook is the process's.
#[actix_web::test]
async fn no_audit_no_call() {
    without_a_hook().await;
    let hook = AuditHook::new(record).with_time_limit(Duration::from_millis(200)).with_max_waiting(2);
    on_audit(hook).unwrap();
    assert!(on_audit(AuditHook::new(record)).is_err(), "there is one");
    assert!(axum_app().guarded::<Scope>().is_ok());
    assert!(actix_app!().guarded::<Scope>().is_ok());
    what_is_written_down().await;
    a_hook_that_fails_denies().await;
    a_hook_that_waits_holds_nobody().await;
    a_caller_that_goes_away_makes_no_call().await;
    without_a_framework().await;
}

/// Nobody would write anything down: the service does not start, and if it did, no such call would be made.
async fn without_a_hook() {
    let mismatch = axum_app().guarded::<Scope>().unwrap_err().to_string();
    assert_eq!(
        mismatch,
        "\
the service differs from the scope policy's table in 2 places:
  - `GET /cameras` can be let in by a scope with `audit = true`, and no audit hook is set (`scopewright::on_audit`)
  - `POST /cameras` can be let in by a scope with `audit = true`, and no audit hook is set (`scopewright::on_audit`)
set the hook before the service is compared with its table"
    );
    assert_eq!(actix_app!().guarded::<Scope>().err().unwrap().to_string(), mismatch);
    assert_eq!(call("POST", "/cameras", WRITE).await, (503, vec![], 0));
    assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1));
}

fn line(call: &str) -> Vec<String> {
    vec![format!("Camera API: {call} /cameras api_key app-7 write:cameras")]
}

async fn what_is_written_down() {
    for does in [Does::Writes, Does::WritesLater] {
        let_hook(does);
        assert_eq!(call("POST", "/cameras", WRITE).await, (200, line("POST"), 1));
        assert_eq!(call("POST", "/cameras", BOTH).await, (200, line("POST"), 1));
        // Reading by the writing scope alone is let in by it; by the reading scope it is not.
        assert_eq!(call("GET", "/cameras", WRITE).await, (200, line("GET"), 1));
        assert_eq!(call("GET", "/cameras", BOTH).await, (200, vec![], 1));
        assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1));
        // What is denied is not written down, nor is what needs no scope.
        assert_eq!(call("POST", "/cameras", READ).await, (403, vec![], 0));
        assert_eq!(call("GET", "/health", WRITE).await, (200, vec![], 0));
    }
}

async fn a_hook_that_fails_denies() {
    let fails =
        [Does::Refuses, Does::RefusesLater, Does::PanicsAtOnce, Does::PanicsLater, Does::NeverAnswers];
    for does in fails {
        let_hook(does);
        assert_eq!(call("POST", "/cameras", WRITE).await, (503, vec![], 0), "{does:?}");
        assert_eq!(WAITING.load(Ordering::SeqCst), 0, "{does:?}");
        // What needs no audit goes on.
        assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1), "{does:?}");
    }
    // The places of those that failed are free again.
    let_hook(Does::Writes);
    assert_eq!(call("POST", "/cameras", WRITE).await, (200, line("POST"), 1));
}

/// All of this on one thread.
async fn a_hook_that_waits_holds_nobody() {
    let_hook(Does::NeverAnswers);
    let app = || axum_app().guarded_unchecked().into_axum_unguarded("the tests ask routers");
    let mut first = pin!(call_axum(app(), "POST", "/cameras", WRITE));
    let mut second = pin!(async { call_actix!(actix_app!().guarded_unchecked(), "POST", "/cameras", WRITE) });
    while WAITING.load(Ordering::SeqCst) < 2 {
        assert!(poll_fn(|cx| Poll::Ready(first.as_mut().poll(cx))).await.is_pending());
        assert!(poll_fn(|cx| Poll::Ready(second.as_mut().poll(cx))).await.is_pending());
    }
    // Two wait, and that is as many as may. Nothing below waits for them: they are not even polled.
    assert_eq!(call("GET", "/health", READ).await, (200, vec![], 0));
    assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1));
    assert_eq!(call("POST", "/cameras", WRITE).await, (503, vec![], 0));
    assert_eq!(WAITING.load(Ordering::SeqCst), 2);
    let unavailable = (503, UNAVAILABLE.to_owned());
    assert_eq!((first.await, second.await), (unavailable.clone(), unavailable), "the time is over");
    assert_eq!((observed(), WAITING.load(Ordering::SeqCst)), ((vec![], 0), 0));
}

async fn a_caller_that_goes_away_makes_no_call() {
    let_hook(Does::NeverAnswers);
    {
        let mut call = pin!(call_axum(
            axum_app().guarded_unchecked().into_axum_unguarded("the tests ask routers"),
            "POST",
            "/cameras",
            WRITE
        ));
        assert!(poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await.is_pending());
        assert_eq!(WAITING.load(Ordering::SeqCst), 1);
    }
    assert_eq!((observed(), WAITING.load(Ordering::SeqCst)), ((vec![], 0), 0));
    let_hook(Does::WritesLater);
    {
        let mut call = pin!(call_axum(
            axum_app().guarded_unchecked().into_axum_unguarded("the tests ask routers"),
            "POST",
            "/cameras",
            WRITE
        ));
        assert!(poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await.is_pending());
    }
    assert_eq!(observed(), (vec![], 0));
}

async fn without_a_framework() {
    let row = scopes::ROUTES.iter().find(|row| row.method == scopewright::Method::Post).unwrap();
    let grant = grant(WRITE);
    let_hook(Does::WritesLater);
    let recorded = Denial::check_and_record(&row.operation, Some(&grant), "POST", row.path).await;
    assert!(recorded.is_ok());
    assert_eq!(observed().0, line("POST"));

    // What can't wait for the hook does not let the call in.
    let denial = Denial::check(&row.operation, Some(&grant), "POST", row.path).unwrap_err();
    assert_eq!((denial.kind(), denial.status()), (DenialKind::Unavailable, 503));
    assert_eq!(denial.body(), UNAVAILABLE);
    let_hook(Does::Refuses);
    let denial = Denial::check_and_record(&row.operation, Some(&grant), "POST", row.path).await.unwrap_err();
    assert_eq!(denial.kind(), DenialKind::Unavailable);
    assert_eq!(observed().0, Vec::<String>::new());
}
