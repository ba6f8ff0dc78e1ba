//! What can go wrong with a request, and the JSON a client gets for it.

use std::error::Error;
use std::fmt::Display;

use axum::Json;
use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use example_groundwork::{Refusal, TooSlow, from_each, is_too_slow, report};
use example_keyring::keys::KeyError;
use example_keyring::{DatabaseError, RandomSourceError};
use serde_json::json;
use utoipa::{IntoResponses, ToSchema};

pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// A request that was not answered as asked. The body is `{"error": <sentence>, "code": <code>}`, the shape that the
/// policy gives a denial. None of these is a 401 or a 403: those are the guards'.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// There is no such thing, or it is another organisation's.
    #[error("{0}")]
    NotFound(String),
    /// The values can't be accepted.
    #[error("{0}")]
    Invalid(String),
    /// The thing is in a state that does not allow it.
    #[error("{0}")]
    Conflict(String),
    /// A row refers to one that is not there.
    #[error("the request refers to something that does not exist")]
    UnknownReference,
    /// The framework could not read the request; it knows best which status fits.
    #[error("{message}")]
    Malformed {
        /// The framework's.
        status: StatusCode,
        /// The framework's.
        message: String,
    },
    /// Somebody else holds the database, or it can't be reached. To be tried again.
    #[error("{0}")]
    Unavailable(String),
    /// Our own fault: said in the log, not to the client.
    #[error("{0}")]
    Internal(String),
}

/// Why a request was not answered as asked.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described: the answers are made where the errors are")]
pub(crate) struct Problem {
    /// A sentence for people.
    error: String,
    /// A word for programs.
    code: String,
}

/// What the document says about every operation.
#[derive(IntoResponses)]
pub(crate) enum Problems {
    /// The request cannot be answered as it is.
    #[response(status = "4XX")]
    #[expect(dead_code, reason = "only described")]
    Refused(Problem),
    /// The database is busy, or a credential could not be checked; the second has no body.
    #[response(status = 503, headers(("Retry-After" = u32, description = "Seconds until it is worth another try.")))]
    #[expect(dead_code, reason = "only described")]
    Busy(Problem),
}

impl ApiError {
    pub(crate) fn internal(cause: impl Display) -> Self {
        Self::Internal(cause.to_string())
    }

    pub(crate) fn not_found(noun: &str, id: impl Display) -> Self {
        Self::NotFound(format!("there is no {noun} {id}"))
    }

    /// What the framework could not read: in its words, unless it did not come at all.
    fn unreadable(rejection: &(dyn Error + 'static), status: StatusCode, message: String) -> Self {
        if is_too_slow(rejection) {
            return Self::Malformed { status: StatusCode::REQUEST_TIMEOUT, message: TooSlow.to_string() };
        }
        Self::Malformed { status, message }
    }

    /// Leaves a trace of an error the client is not told.
    pub(crate) fn report(&self) {
        if let Self::Internal(cause) | Self::Unavailable(cause) = self {
            report(cause);
        }
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "INVALID"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "CONFLICT"),
            Self::UnknownReference => (StatusCode::UNPROCESSABLE_ENTITY, "UNKNOWN_REFERENCE"),
            Self::Malformed { status, .. } => (*status, "MALFORMED"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        self.report();
        let error = match &self {
            Self::Internal(_) => "the request could not be completed".to_owned(),
            Self::Unavailable(_) => "the service is busy, try again".to_owned(),
            other => other.to_string(),
        };
        let mut response = (status, Json(json!({ "error": error, "code": code }))).into_response();
        if let Self::Unavailable(_) = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Reference(_) => Self::UnknownReference,
            Refusal::Exists(_) => {
                Self::Conflict("something of that name or identity exists already".to_owned())
            }
            Refusal::Contradiction(_) => Self::Invalid("the values contradict each other".to_owned()),
            Refusal::Unavailable(cause) => Self::Unavailable(cause),
            Refusal::Fault(cause) => Self::Internal(cause),
        }
    }
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Unknown(_) => Self::NotFound(error.to_string()),
            KeyError::NotInUse(_) => Self::Conflict(error.to_string()),
            KeyError::Expiry(_) => Self::Invalid(error.to_string()),
            KeyError::Database(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

from_each!(ApiError, |error| Refusal::from(error).into(), [rusqlite::Error, DatabaseError]);
from_each!(
    ApiError,
    |error| ApiError::internal(error),
    [RandomSourceError, serde_json::Error, std::io::Error]
);
from_each!(
    ApiError,
    |rejection| ApiError::unreadable(&rejection, rejection.status(), rejection.body_text()),
    [BytesRejection, JsonRejection, PathRejection, QueryRejection]
);
