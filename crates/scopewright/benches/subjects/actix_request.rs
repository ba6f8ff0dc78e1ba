//! Whole actix-web requests through the application's service, with and without authentication and guard.

use super::scopes::{AuthMode, Grant, Guard, Scope};
use actix_web::dev::Service;
use actix_web::test::{TestRequest, init_service};
use futures_executor::block_on;
use scopewright::actix::{Authenticate, AuthenticateMiddleware, authenticate_with, web};
use scopewright::require::Is;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

const PATH: &str = "/api/v1/cameras/{id}";

async fn bare(id: web::Path<u32>) -> String {
    id.to_string()
}

async fn guarded(_: Guard<Is<{ Scope::ReadCameras as u16 }>>, id: web::Path<u32>) -> String {
    id.to_string()
}

/// Checks nothing: what a cache would answer.
fn middleware() -> AuthenticateMiddleware<impl Authenticate> {
    let ready = Grant::of(AuthMode::ApiKey, [Scope::ReadCameras, Scope::ReadEvents]);
    AuthenticateMiddleware::new(authenticate_with::<Scope, _>(move |_| Ok(ready.clone())))
}

/// One request, polled until it is answered: nothing here waits for anything outside.
macro_rules! calling {
    ($app:expr) => {{
        let service = block_on(init_service($app));
        move || {
            let request = TestRequest::with_uri("/api/v1/cameras/7")
                .insert_header(("host", "localhost"))
                .insert_header(("x-api-key", "cv_0123456789"));
            let mut answer = pin!(service.call(request.to_request()));
            let mut context = Context::from_waker(Waker::noop());
            loop {
                if let Poll::Ready(answer) = answer.as_mut().poll(&mut context) {
                    let status = answer.map(|answer| answer.status().as_u16()).unwrap_or_default();
                    assert_eq!(status, 200);
                    return;
                }
            }
        }
    }};
}

/// No authentication, no guard.
pub fn plain() -> impl FnMut() {
    calling!(actix_web::App::new().route(PATH, actix_web::web::get().to(bare)))
}

/// Authentication in front, no guard.
pub fn authenticated() -> impl FnMut() {
    calling!(actix_web::App::new().route(PATH, actix_web::web::get().to(bare)).wrap(middleware()))
}

/// Authentication in front, and the guard in the handler's signature.
pub fn authenticated_and_guarded() -> impl FnMut() {
    let app = scopewright::actix::App::new().route(PATH, web::get().to(guarded)).wrap(middleware());
    calling!(app.guarded_unchecked())
}
