//! What can go wrong with a request, and the JSON a client gets for it.

use std::error::Error;
use std::fmt::Display;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection, RawFormRejection};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use example_groundwork::{Refusal, TooSlow, from_each, is_too_slow, report};
use example_keyring::{DatabaseError, RandomSourceError};
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

    /// What a client is told.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Internal(_) => "the request could not be completed".to_owned(),
            Self::Unavailable(_) => "the service is busy, try again".to_owned(),
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
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        self.report();
        let mut response =
            (status, Json(json!({ "detail": code, "message": self.sentence() }))).into_response();
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

from_each!(ApiError, |error| Refusal::from(error).into(), [rusqlite::Error, DatabaseError]);
from_each!(ApiError, |error| ApiError::internal(error), [std::io::Error, RandomSourceError, VideoError]);
from_each!(
    ApiError,
    |rejection| ApiError::unreadable(&rejection, rejection.status(), rejection.body_text()),
    [JsonRejection, PathRejection, QueryRejection, RawFormRejection]
);
