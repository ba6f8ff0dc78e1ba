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
use scopewright::{AuditUnavailable, Denial, DenialKind, requires_scope};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tower::ServiceExt as _;

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());
static IS_DOWN: AtomicBool = AtomicBool::new(false);
static HANDLED: AtomicUsize = AtomicUsize::new(0);

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    HANDLED.fetch_add(1, Ordering::SeqCst);
    "[]"
}

#[requires_scope("write:cameras")]
async fn create_camera() -> &'static str {
    HANDLED.fetch_add(1, Ordering::SeqCst);
    "{}"
}

fn axum_app() -> scopewright::axum::Router {
    use scopewright::axum::routing::get;
    scopewright::axum::Router::new()
        .route("/cameras", get(list_cameras).post(create_camera))
        .route("/health", get(scopes::public(PublicReason::Health, "ok")))
}

fn actix_app() -> scopewright::actix::App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    use scopewright::actix::web;
    scopewright::actix::App::new()
        .service(web::resource("/cameras").get(list_cameras).post(create_camera))
        .route("/health", web::get().to(scopes::public(PublicReason::Health, || async { "ok" })))
}

fn grant(scopes: &[Scope]) -> Grant {
    Grant::of(AuthMode::ApiKey, scopes.iter().copied()).with_subject("app-7")
}

/// The declared answer to a call that could not be written down.
const UNAVAILABLE: &str = r#"{"detail":"unavailable","route":"/cameras"}"#;

/// The status of a call in axum, of the same in actix-web, and what was written down and done by each. Both answer the same
/// bytes.
async fn call(method: &str, path: &str, scopes: &[Scope]) -> (u16, Vec<String>, usize) {
    let observed = || (std::mem::take(&mut *LOG.lock().unwrap()), HANDLED.swap(0, Ordering::SeqCst));

    let request = Request::builder().method(method).uri(path).extension(grant(scopes));
    let app = axum_app().guarded_unchecked();
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let (log, handled) = observed();

    let app = actix_web::test::init_service(actix_app().guarded_unchecked()).await;
    let request = actix_web::test::TestRequest::with_uri(path).method(method.parse().unwrap()).to_request();
    actix_web::HttpMessage::extensions_mut(&request).insert(grant(scopes));
    let response = actix_web::test::call_service(&app, request).await;
    assert_eq!((response.status().as_u16(), observed()), (status, (log.clone(), handled)), "{method} {path}");
    assert_eq!(actix_web::test::read_body(response).await, body, "{method} {path}");
    assert_eq!(body == UNAVAILABLE, status == 503, "{method} {path}: {body:?}");

    (status, log, handled)
}

const READ: &[Scope] = &[Scope::ReadCameras];
const WRITE: &[Scope] = &[Scope::WriteCameras];
const BOTH: &[Scope] = &[Scope::ReadCameras, Scope::WriteCameras];

#[actix_web::test]
async fn no_audit_no_call() {
    // Nobody would write anything down: the service does not start, and if it did, no such call would be made.
    let mismatch = axum_app().guarded::<Scope>().unwrap_err().to_string();
    assert_eq!(
        mismatch,
        "\
the service differs from the scope policy's table in 2 places:
  - `GET /cameras` can be let in by a scope with `audit = true`, and no audit hook is set (`scopewright::on_audit`)
  - `POST /cameras` can be let in by a scope with `audit = true`, and no audit hook is set (`scopewright::on_audit`)
set the hook before the service is compared with its table"
    );
    assert_eq!(actix_app().guarded::<Scope>().err().unwrap().to_string(), mismatch);
    assert_eq!(call("POST", "/cameras", WRITE).await, (503, vec![], 0));
    assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1));

    scopewright::on_audit(|event| {
        if IS_DOWN.load(Ordering::SeqCst) {
            return Err(AuditUnavailable);
        }
        let (method, route, mode) = (event.method(), event.route(), event.mode());
        let scopes = event.scopes().collect::<Vec<_>>().join("+");
        let subject = event.subject().unwrap_or("-");
        LOG.lock().unwrap().push(format!("{}: {method} {route} {mode} {subject} {scopes}", event.policy()));
        Ok(())
    })
    .unwrap();
    assert!(scopewright::on_audit(|_| Ok(())).is_err(), "there is one");
    assert!(axum_app().guarded::<Scope>().is_ok());
    assert!(actix_app().guarded::<Scope>().is_ok());

    let line = |call: &str| vec![format!("Camera API: {call} /cameras api_key app-7 write:cameras")];
    assert_eq!(call("POST", "/cameras", WRITE).await, (200, line("POST"), 1));
    assert_eq!(call("POST", "/cameras", BOTH).await, (200, line("POST"), 1));
    // Reading by the writing scope alone is let in by it; by the reading scope it is not.
    assert_eq!(call("GET", "/cameras", WRITE).await, (200, line("GET"), 1));
    assert_eq!(call("GET", "/cameras", BOTH).await, (200, vec![], 1));
    assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1));
    // What is denied is not written down, nor is what needs no scope.
    assert_eq!(call("POST", "/cameras", READ).await, (403, vec![], 0));
    assert_eq!(call("GET", "/health", WRITE).await, (200, vec![], 0));

    // Without a framework the same holds.
    let row = scopes::ROUTES.iter().find(|row| row.method == scopewright::Method::Post).unwrap();
    assert!(Denial::check(&row.operation, Some(&grant(WRITE)), "POST", row.path).is_ok());
    assert_eq!(std::mem::take(&mut *LOG.lock().unwrap()), line("POST"));

    IS_DOWN.store(true, Ordering::SeqCst);
    assert_eq!(call("POST", "/cameras", WRITE).await, (503, vec![], 0));
    assert_eq!(call("GET", "/cameras", READ).await, (200, vec![], 1));
    let denial = Denial::check(&row.operation, Some(&grant(WRITE)), "POST", row.path).unwrap_err();
    assert_eq!((denial.kind(), denial.status()), (DenialKind::Unavailable, 503));
    assert_eq!(denial.body(), UNAVAILABLE);
}
