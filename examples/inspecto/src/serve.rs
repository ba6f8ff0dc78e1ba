//! The running service: routes, authentication, listener.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::{ErrorHandlerResponse, ErrorHandlers, from_fn};
use actix_web::web::{Data, PathConfig};
use actix_web::{HttpServer, ResponseError as _};
use example_groundwork::{Limits, actix};
use example_keyring::{Database, DatabaseError};
use scopewright::actix::{App, AuthenticateMiddleware, guarded};
use scopewright::{AuditHook, AuditHookSet, TableMismatch};

use crate::api;
use crate::audit::AuditLog;
use crate::credentials::Authenticator;
use crate::db::migrations;
use crate::error::ApiError;
use crate::scopes::Scope;

/// Why the service did not start, or did not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// What is registered is not what the build looked at.
    #[error("the routes and the scope policy differ")]
    Routes(#[from] TableMismatch),
    /// The process serves already, with another audit log.
    #[error("a process keeps one audit log")]
    Audit(#[from] AuditHookSet),
    /// The audit log is written on a thread of its own, and there is none.
    #[error("cannot start the thread of the audit log")]
    AuditThread(#[source] io::Error),
    /// The listener failed.
    #[error("cannot go on listening")]
    Listen(#[from] io::Error),
}

/// Opens the database file, and makes or updates it where needed.
///
/// # Errors
///
/// When the file is no database of this service, or of a newer one.
pub fn open(path: &Path) -> Result<Database, DatabaseError> {
    Database::open(path, &migrations())
}

/// Serves within limits until the process is asked to stop, then lets the requests under way finish. Once nothing is left that could
/// keep it from answering, `ready` is called with the address it listens on.
///
/// # Errors
///
/// When the process serves already or can start no thread, the registered routes are not those of the policy's table, or the listener fails.
pub fn serve(
    listener: TcpListener,
    database: Database,
    mut audit_log: AuditLog,
    limits: Limits,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let address = listener.local_addr()?;
    let hook = AuditHook::blocking(move |calls| audit_log.record(calls)).map_err(ServeError::AuditThread)?;
    scopewright::on_audit(hook)?;
    let authenticate = AuthenticateMiddleware::new(Authenticator::new(database.clone()));
    let database = Data::new(database);
    let app = guarded::<Scope, _>(move || {
        App::new()
            .app_data(database.clone())
            .app_data(Data::new(limits))
            .app_data(PathConfig::default().error_handler(|error, _| ApiError::from(error).into()))
            .configure(api::configure)
            .wrap(authenticate.clone())
            .wrap(
                ErrorHandlers::new()
                    .handler(StatusCode::NOT_FOUND, in_our_form)
                    .handler(StatusCode::METHOD_NOT_ALLOWED, in_our_form),
            )
            .wrap(from_fn(actix::time_body))
    })?;
    let server = actix::limited(HttpServer::new(app), &limits).listen(listener)?;
    actix::run(async {
        let running = server.run();
        ready(address);
        running.await
    })?;
    Ok(())
}

/// Gives an answer of the framework's own, which has no body, the form every error has.
#[expect(clippy::unnecessary_wraps, reason = "the form of the middleware's handlers")]
fn in_our_form<B>(answer: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    if answer.headers().contains_key(CONTENT_TYPE) {
        return Ok(ErrorHandlerResponse::Response(answer.map_into_left_body()));
    }
    let status = answer.status();
    let error = if status == StatusCode::METHOD_NOT_ALLOWED {
        ApiError::malformed(status, "METHOD_NOT_ALLOWED", "This path has no such method")
    } else {
        ApiError::NotFound("There is nothing at this path".to_owned())
    };
    let (request, bare) = answer.into_parts();
    let mut answer = error.error_response();
    for (name, value) in bare.headers() {
        answer.headers_mut().append(name.clone(), value.clone());
    }
    let answer = ServiceResponse::new(request, answer).map_into_boxed_body().map_into_right_body();
    Ok(ErrorHandlerResponse::Response(answer))
}
