//! The running service: database, keys of the issuer, application, listener, worker.

use std::io;
use std::net::{SocketAddr, TcpListener};

use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use actix_web::middleware::{ErrorHandlerResponse, ErrorHandlers, from_fn};
use actix_web::web::{Data, QueryConfig};
use actix_web::{HttpServer, ResponseError};
use example_groundwork::destination::Destinations;
use example_groundwork::{Limits, actix, methods, report};
use example_keyring::DatabaseError;
use example_keyring::jwt::{JwksError, Pace, RotatingVerifier};
use scopewright::actix::{App, AuthenticateMiddleware, TableMismatch, guarded};

use crate::credentials::Authenticator;
use crate::error::ApiError;
use crate::files::Files;
use crate::scopes::{ROUTES, Scope};
use crate::state::AppState;
use crate::{api, db, worker};

/// What an installation decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who issues the sessions' tokens: their `iss`.
    pub issuer: String,
    /// Whom these tokens are for: their `aud`.
    pub audience: String,
    /// Where clients reach the service; where it listens, if it is not said.
    pub public_url: Option<String>,
    /// Which addresses webhooks may be delivered to.
    pub webhooks_to: Destinations,
    /// What clients may take of the service's time and connections.
    pub limits: Limits,
}

/// Why the service did not start, or did not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The database cannot be used.
    #[error("cannot open the database")]
    Database(#[from] DatabaseError),
    /// The issuer's keys cannot be used.
    #[error("cannot verify sessions")]
    Keys(#[from] JwksError),
    /// What is registered is not what the build looked at.
    #[error("the routes and the scope policy differ")]
    Routes(#[from] TableMismatch),
    /// Work of an earlier process could not be taken up again.
    #[error("cannot take up what was left: {0}")]
    Recovery(String),
    /// The listener failed.
    #[error("cannot go on listening")]
    Listen(#[from] io::Error),
}

/// Serves within limits until the process is asked to stop (SIGINT, SIGTERM), then lets the requests under way finish. Once nothing is
/// left that could keep it from answering, `ready` is called with the address it listens on.
///
/// # Errors
///
/// When database or keys cannot be used, the registered routes are not those of the policy's table, or the listener
/// fails.
pub async fn serve(
    listener: TcpListener,
    files: &Files,
    settings: &Settings,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let address = listener.local_addr()?;
    let database = db::open(&files.database)?;
    let verifier =
        RotatingVerifier::open(&files.jwks, &settings.issuer, &settings.audience, Pace::default(), report)?;
    let here = format!("http://{address}");
    let state = AppState::new(
        database,
        verifier,
        settings.public_url.as_deref().unwrap_or(&here),
        settings.webhooks_to,
    );
    worker::recover(&state.database).map_err(|error| ServeError::Recovery(error.to_string()))?;

    let authenticate = AuthenticateMiddleware::new(Authenticator(state.clone()));
    let data = Data::new(state.clone());
    let limits = settings.limits;
    let app = guarded::<Scope, _>(move || {
        App::new()
            .app_data(data.clone())
            .app_data(QueryConfig::default().error_handler(|error, _| unreadable(&error)))
            .app_data(Data::new(limits))
            .configure(api::routes)
            .wrap(authenticate.clone())
            .wrap(ErrorHandlers::new().handler(StatusCode::NOT_FOUND, or_another_method))
            .wrap(from_fn(actix::time_body))
    })?;
    let running = actix::limited(HttpServer::new(app), &limits).listen(listener)?.run();
    let worker = actix_web::rt::spawn(worker::work(state));
    ready(address);
    let served = running.await;
    // Work that is cut off here is queued again at the next start.
    worker.abort();
    Ok(served?)
}

/// actix-web's own words and status for a query that cannot be read, in this service's form.
fn unreadable(error: &impl ResponseError) -> actix_web::Error {
    ApiError::malformed(error.status_code(), error).into()
}

/// Says 405, and which methods there are, where a path has others than the request's (RFC 9110, section 15.5.6). To
/// actix-web, a handler with an attribute is a resource of its own: a request of another method finds nothing.
fn or_another_method<B>(answer: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    // An answer of the framework's own has no body; a handler that found nothing has had its say.
    let routes = ROUTES.iter().map(|row| (row.method.as_str(), row.path));
    let allowed = methods::allowed(routes, answer.request().path()).join(", ");
    if allowed.is_empty() || answer.headers().contains_key(CONTENT_TYPE) {
        return Ok(ErrorHandlerResponse::Response(answer.map_into_left_body()));
    }
    let refused = ApiError::malformed(StatusCode::METHOD_NOT_ALLOWED, "this path has no such method");
    let (request, _) = answer.into_parts();
    let mut answer = refused.error_response();
    answer.headers_mut().insert(ALLOW, HeaderValue::try_from(allowed)?);
    let answer = ServiceResponse::new(request, answer).map_into_boxed_body().map_into_right_body();
    Ok(ErrorHandlerResponse::Response(answer))
}
