//! What can go wrong with a request, and the JSON a client gets for it.

use std::fmt::Display;

use actix_web::error::PathError;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use example_groundwork::{Refusal, from_each, report};
use example_keyring::DatabaseError;
use serde_json::{Value, json};

pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// What a client is told that should try again.
const BUSY: &str = "The service is busy, try again";

/// One member of a body or of the query that is not what it has to be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    /// Where it stands, such as `items[2].label`.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// A request that was not answered as asked. The body is `{"errors": [{"code", "message", "details"?}]}`.
///
/// Never 401 or 403: those are the guard's.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("{0}")]
    NotFound(String),
    #[error("a value is not what it has to be")]
    Invalid(Vec<Problem>),
    #[error("{0}")]
    Conflict(String),
    /// The request can't be read at all.
    #[error("{message}")]
    Malformed { status: StatusCode, code: &'static str, message: String },
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

    /// One wrong member.
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem { field: field.into(), message: message.into() }])
    }

    pub(crate) fn malformed(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self::Malformed { status, code, message: message.into() }
    }

    /// Leaves a trace of an error the client is not told.
    pub(crate) fn report(&self) {
        if let Self::Internal(cause) | Self::Unavailable(cause) = self {
            report(cause);
        }
    }

    fn entries(&self) -> Vec<Value> {
        let one = |code: &str, message: &str| vec![json!({ "code": code, "message": message })];
        match self {
            Self::NotFound(message) => one("NOT_FOUND", message),
            Self::Conflict(message) => one("CONFLICT", message),
            Self::Malformed { code, message, .. } => one(code, message),
            Self::Unavailable(_) => one("UNAVAILABLE", BUSY),
            Self::Internal(_) => one("INTERNAL_ERROR", "The request could not be completed"),
            Self::Invalid(problems) => problems
                .iter()
                .map(|Problem { field, message }| {
                    json!({ "code": "INVALID_FIELD", "message": message, "details": { "field": field } })
                })
                .collect(),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Malformed { status, .. } => *status,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        self.report();
        let mut response = HttpResponse::build(self.status_code());
        if let Self::Unavailable(_) = self {
            response.insert_header((RETRY_AFTER, "1"));
        }
        response.json(json!({ "errors": self.entries() }))
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Reference(_) => Self::Conflict("It is still in use".to_owned()),
            Refusal::Exists(_) => {
                Self::Conflict("Something of that name or identity exists already".to_owned())
            }
            Refusal::Unavailable(cause) => Self::Unavailable(cause),
            Refusal::Contradiction(cause) | Refusal::Fault(cause) => Self::Internal(cause),
        }
    }
}

/// A path whose parameters are no numbers names nothing that could be there.
impl From<PathError> for ApiError {
    fn from(_: PathError) -> Self {
        Self::NotFound("There is nothing at this path".to_owned())
    }
}

from_each!(ApiError, |error| Refusal::from(error).into(), [rusqlite::Error, DatabaseError]);
from_each!(ApiError, |error| ApiError::internal(error), [serde_json::Error]);
