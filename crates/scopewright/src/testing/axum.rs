//! The cases of a policy against an axum service, inside the test's own process.

use super::{Answered, Case, Disagreements, cases, compare};
use crate::catalogue::Catalogue;
use crate::denial::DenialKind;
use ::axum::body::Body;
use ::axum::extract::Request;
use ::axum::response::Response;
use std::convert::Infallible;
use std::future::poll_fn;
use tower_service::Service;

/// Tries every case of the policy against a service and panics with all the calls that are not answered as the policy
/// says. The one line a service's own test needs:
///
/// ```
/// # scopewright::doc_example!();
/// # use scopewright::axum::{Router, routing::get};
/// # fn app() -> scopewright::axum::GuardedService {
/// #     Router::new()
/// #         .route("/cameras", get(scopes::requires(Scope::ReadCameras, "[]")).post(scopes::requires(Scope::WriteCameras, "")))
/// #         .route("/health", get(scopes::public(scopes::PublicReason::Health, "ok")))
/// #         .guarded::<Scope>().unwrap()
/// # }
/// # use scopes::Scope;
/// # futures_executor::block_on(async {
/// // in a `#[tokio::test]`:
/// scopewright::testing::axum::every_operation::<Scope>(app()).await;
/// # });
/// ```
///
/// The grant is put into each request as an authenticator would put it there; layers of the service run, an
/// [`AuthenticateLayer`](crate::axum::AuthenticateLayer) among them may stay. A call that is let in runs its handler,
/// without a body and with ids that an empty database does not have: give the service a database of its own.
///
/// # Panics
/// If a call is not answered as the policy says, or there is none to try.
#[expect(clippy::panic, reason = "it is for tests")]
pub async fn every_operation<C: Catalogue>(
    app: impl Service<Request, Response = Response, Error = Infallible> + Clone,
) {
    match check::<C>(app, cases()).await {
        Ok(0) => panic!("no operation of the policy's table has a handler, so nothing was tried"),
        Ok(_) => {}
        Err(disagreements) => panic!("{disagreements}"),
    }
}

/// Tries cases against a service; returns how many there were. [`every_operation`] is this for all cases of a policy.
///
/// # Errors
/// All calls that are not answered as the policy says.
pub async fn check<C: Catalogue>(
    app: impl Service<Request, Response = Response, Error = Infallible> + Clone,
    cases: impl IntoIterator<Item = Case<C>>,
) -> Result<usize, Disagreements<C>> {
    let mut answers = Vec::new();
    for case in cases {
        let answered = call(app.clone(), request(&case)).await;
        answers.push((case, answered));
    }
    compare(answers)
}

/// The request of a case, its grant in it.
pub fn request<C: Catalogue>(case: &Case<C>) -> Request {
    let mut request = Request::new(Body::empty());
    // Method names are tokens, and a filled path is one; anything else would be answered as no route of the service.
    if let Ok(method) = case.method.as_str().parse() {
        *request.method_mut() = method;
    }
    if let Ok(uri) = case.path.parse() {
        *request.uri_mut() = uri;
    }
    if let Some(grant) = case.grant() {
        request.extensions_mut().insert(grant);
    }
    request
}

async fn call(
    mut app: impl Service<Request, Response = Response, Error = Infallible>,
    request: Request,
) -> Answered {
    let Ok(()) = poll_fn(|cx| app.poll_ready(cx)).await;
    let Ok(response) = app.call(request).await;
    Answered {
        status: response.status().as_u16(),
        denial: response.extensions().get::<DenialKind>().copied(),
    }
}
