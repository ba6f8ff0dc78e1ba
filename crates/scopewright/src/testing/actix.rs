//! The cases of a policy against an actix-web service, inside the test's own process.

use super::{Answered, Case, Disagreements, cases, compare};
use crate::actix::GuardedApp;
use crate::catalogue::Catalogue;
use crate::denial::DenialKind;
use actix_web::body::MessageBody;
use actix_web::dev::{Service as _, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service};
use actix_web::{Error, HttpMessage as _, HttpResponse};

/// Tries every case of the policy against a service and panics with all the calls that are not answered as the policy
/// says. The one line a service's own test needs:
///
/// ```
/// # scopewright::doc_example!();
/// # use scopewright::actix::{App, web};
/// # use scopes::Scope;
/// # fn configure(config: &mut web::ServiceConfig) {
/// #     let list = scopes::requires(Scope::ReadCameras, || async { "[]" });
/// #     let add = scopes::requires(Scope::WriteCameras, || async { "" });
/// #     let health = scopes::public(scopes::PublicReason::Health, || async { "ok" });
/// #     config
/// #         .service(web::resource("/cameras").route(web::get().to(list)).route(web::post().to(add)))
/// #         .route("/health", web::get().to(health));
/// # }
/// # actix_web::rt::System::new().block_on(async {
/// // in an `#[actix_web::test]`:
/// let app = App::new().configure(configure).guarded::<Scope>().unwrap();
/// scopewright::testing::actix::every_operation::<Scope>(app).await;
/// # });
/// ```
///
/// The grant is put into each request as an authenticator would put it there; the service's middleware runs, an
/// [`AuthenticateMiddleware`](crate::actix::AuthenticateMiddleware) among it may stay. A call that is let in runs its
/// handler, without a body and with ids that an empty database does not have: give the service a database of its own.
///
/// # Panics
/// If a call is not answered as the policy says, or there is none to try.
#[expect(clippy::panic, reason = "it is for tests")]
pub async fn every_operation<C: Catalogue>(
    app: GuardedApp<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<impl MessageBody + 'static>,
            Error = Error,
            InitError = (),
        > + 'static,
    >,
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
    app: GuardedApp<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<impl MessageBody + 'static>,
            Error = Error,
            InitError = (),
        > + 'static,
    >,
    cases: impl IntoIterator<Item = Case<C>>,
) -> Result<usize, Disagreements<C>> {
    let service = init_service(app).await;
    let mut answers = Vec::new();
    for case in cases {
        let method = case.method.as_str().parse().unwrap_or(Method::GET);
        let request = TestRequest::with_uri(&case.path).method(method).to_request();
        if let Some(grant) = case.grant() {
            request.extensions_mut().insert(grant);
        }
        let answered = match service.call(request).await {
            Ok(response) => answer(response.response()),
            Err(error) => answer(&error.error_response()),
        };
        answers.push((case, answered));
    }
    compare(answers)
}

fn answer<B>(response: &HttpResponse<B>) -> Answered {
    Answered {
        status: response.status().as_u16(),
        denial: response.extensions().get::<DenialKind>().copied(),
    }
}
