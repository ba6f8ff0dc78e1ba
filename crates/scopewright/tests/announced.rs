//! In actix-web every denial is announced once, though all extractors of a handler start together. A process of its own,
//! because the hook is the process's.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../scopewright-emit/tests/golden/rust/cameras.rs");
}

use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::web;
use scopes::Grant;
use scopewright::{optional_auth, requires_auth};
use std::sync::Mutex;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[requires_auth]
async fn whoami(grant: Grant) -> String {
    grant.subject().unwrap_or("?").to_owned()
}

#[optional_auth]
async fn search(grant: Option<Grant>) -> String {
    grant.map_or("nobody".to_owned(), |grant| grant.subject().unwrap_or("?").to_owned())
}

/// No guard: only the extractor asks for a credential.
async fn unguarded(grant: Grant) -> String {
    grant.subject().unwrap_or("?").to_owned()
}

#[actix_web::test]
async fn every_denial_is_announced_once() {
    scopewright::on_denial(|event| {
        SEEN.lock().unwrap().push(format!("{} {}", event.kind().as_str(), event.route()));
    })
    .unwrap();
    let app = actix_web::App::new()
        .route("/whoami", web::get().to(whoami))
        .route("/search", web::get().to(search))
        .route("/unguarded", web::get().to(unguarded));
    let app = init_service(app).await;
    for (path, status, announced) in [
        ("/whoami", 401, vec!["unauthenticated /whoami"]),
        ("/search", 200, vec![]),
        ("/unguarded", 401, vec!["unauthenticated /unguarded"]),
    ] {
        let response = call_service(&app, TestRequest::with_uri(path).to_request()).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(std::mem::take(&mut *SEEN.lock().unwrap()), announced, "{path}");
    }
}
