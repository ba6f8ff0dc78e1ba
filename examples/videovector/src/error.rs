//! What can go wrong with a request, and the JSON a client gets for it.
//!
//! 401 and 403 are not among it: those are the guard's, so a client can tell a denial from a handler's answer.

use std::fmt::Display;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use example_groundwork::{Refusal, from_each, report};
use example_keyring::DatabaseError;
use example_keyring::keys::KeyError;
use serde_json::json;

use crate::answer::Answer;

pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// A request that was not answered as asked. The body is `{"error": <code>, "message": <sentence>}`.
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
    #[error("the scope `{0}` cannot be granted by a session that does not hold it")]
    ScopeNotHeld(&'static str),
    #[error("the header `Idempotency-Key` holds 1 to 255 visible ASCII characters, once")]
    IdempotencyKeyMalformed,
    #[error("this `Idempotency-Key` was used for another request")]
    IdempotencyKeyReused,
    /// The request could not be read.
    #[error("{message}")]
    Malformed { status: StatusCode, message: String },
    /// Somebody else holds the database, or it can't be reached. To be tried again.
    #[error("{0}")]
    Unavailable(String),
    /// Our own fault: said in the log, not to the client.
    #[error("{0}")]
    Internal(String),
}

impl ApiError {
    pub(crate) fn internal(cause: impl Display) -> Self {
        Self::Internal(cause.to_string())
    }

    pub(crate) fn malformed(status: StatusCode, message: impl Display) -> Self {
        Self::Malformed { status, message: message.to_string() }
    }

    /// Leaves a trace of an error the client is not told.
    pub(crate) fn report(&self) {
        if let Self::Internal(cause) | Self::Unavailable(cause) = self {
            report(cause);
        }
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::UnknownReference => (StatusCode::UNPROCESSABLE_ENTITY, "unknown_reference"),
            Self::ScopeNotHeld(_) => (StatusCode::UNPROCESSABLE_ENTITY, "scope_not_held"),
            Self::IdempotencyKeyMalformed => (StatusCode::BAD_REQUEST, "idempotency_key_malformed"),
            Self::IdempotencyKeyReused => (StatusCode::CONFLICT, "idempotency_key_reused"),
            Self::Malformed { status, .. } => (*status, "malformed_request"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
        }
    }

    /// The answer to the client.
    pub(crate) fn answer(&self) -> Answer {
        let (status, code) = self.status_and_code();
        Answer::new(status, &json!({ "error": code, "message": self.answer_message() }))
    }

    /// The sentence for the client.
    pub(crate) fn answer_message(&self) -> String {
        match self {
            Self::Internal(_) => "the request could not be completed".to_owned(),
            Self::Unavailable(_) => "the service is busy, try again".to_owned(),
            other => other.to_string(),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status_and_code().0
    }

    fn error_response(&self) -> HttpResponse {
        self.report();
        let mut response = HttpResponse::from(self.answer());
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
