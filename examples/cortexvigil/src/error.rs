//! What can go wrong with a request, and the JSON a client gets for it.

use std::fmt::Display;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection, RawFormRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use example_keyring::{DatabaseError, RandomSourceError};
use rusqlite::ffi;
use serde_json::json;

use crate::media::VideoError;

pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// A request that was not answered as asked. The body is `{"detail": <code>, "message": <sentence>}`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("{0}")]
    NotFound(String),
    #[error("{0}")]
    Invalid(String),
    #[error("{0}")]
    Conflict(String),
    #[error("the request refers to something that does not exist")]
    UnknownReference,
    #[error("the credential is missing or not valid")]
    Unauthenticated,
    /// The framework could not read the request; it knows best which status fits.
    #[error("{message}")]
    Malformed { status: StatusCode, message: String },
    /// Our own fault: said in the log, not to the client.
    #[error("{0}")]
    Internal(String),
}

impl ApiError {
    pub(crate) fn internal(cause: impl Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// Leaves a trace of an error the client is not told.
    pub(crate) fn report(&self) {
        if let Self::Internal(cause) = self {
            report(cause);
        }
    }

    /// What a client is told.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Internal(_) => "the request could not be completed".to_owned(),
            other => other.to_string(),
        }
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::UnknownReference => (StatusCode::UNPROCESSABLE_ENTITY, "unknown_reference"),
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "not_authenticated"),
            Self::Malformed { status, .. } => (*status, "malformed_request"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
        }
    }
}

#[expect(clippy::print_stderr, reason = "standard error is this service's log")]
fn report(cause: &str) {
    eprintln!("internal error: {cause}");
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        self.report();
        (status, Json(json!({ "detail": code, "message": self.sentence() }))).into_response()
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return Self::internal(error);
        };
        match failure.extended_code {
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Self::UnknownReference,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                Self::Conflict("something of that name or identity exists already".to_owned())
            }
            ffi::SQLITE_CONSTRAINT_CHECK => Self::Invalid("the values contradict each other".to_owned()),
            _ => Self::internal(error),
        }
    }
}

impl From<DatabaseError> for ApiError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Sqlite(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

impl From<serde_rusqlite::Error> for ApiError {
    fn from(error: serde_rusqlite::Error) -> Self {
        match error {
            serde_rusqlite::Error::Rusqlite(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

macro_rules! malformed_from {
    ($($rejection:ty),+) => {$(
        impl From<$rejection> for ApiError {
            fn from(rejection: $rejection) -> Self {
                Self::Malformed { status: rejection.status(), message: rejection.body_text() }
            }
        }
    )+};
}

macro_rules! internal_from {
    ($($error:ty),+) => {$(
        impl From<$error> for ApiError {
            fn from(error: $error) -> Self {
                Self::internal(error)
            }
        }
    )+};
}

internal_from!(std::io::Error, RandomSourceError, VideoError);
malformed_from!(JsonRejection, PathRejection, QueryRejection, RawFormRejection);
