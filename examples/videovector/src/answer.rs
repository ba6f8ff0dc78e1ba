//! What a write answers, as data: it is stored for a repeated request as it was sent.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use serde::{Deserialize, Serialize};

/// Status, the headers that matter, and the body.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Answer {
    status: u16,
    location: Option<String>,
    body: Option<String>,
    /// Whether it was stored for an earlier request. Not stored itself.
    #[serde(skip)]
    pub(crate) is_replayed: bool,
}

impl Answer {
    /// A JSON body. A value that cannot be written is an internal error, and said so to the client.
    pub(crate) fn new(status: StatusCode, body: &impl Serialize) -> Self {
        let (status, body) = match serde_json::to_string(body) {
            Ok(text) => (status, text),
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, r#"{"error":"internal_error"}"#.to_owned()),
        };
        Self { status: status.as_u16(), location: None, body: Some(body), is_replayed: false }
    }

    /// 200.
    pub(crate) fn ok(body: &impl Serialize) -> Self {
        Self::new(StatusCode::OK, body)
    }

    /// 201, and where it is now.
    pub(crate) fn created(location: String, body: &impl Serialize) -> Self {
        Self { location: Some(location), ..Self::new(StatusCode::CREATED, body) }
    }

    /// 202, and where to look how it is going.
    pub(crate) fn accepted(location: String, body: &impl Serialize) -> Self {
        Self { location: Some(location), ..Self::new(StatusCode::ACCEPTED, body) }
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT.as_u16(), location: None, body: None, is_replayed: false }
    }
}

impl From<Answer> for HttpResponse {
    fn from(answer: Answer) -> Self {
        let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Self::build(status);
        if let Some(location) = answer.location {
            response.insert_header((LOCATION, location));
        }
        if answer.is_replayed {
            response.insert_header(("idempotency-replayed", "true"));
        }
        match answer.body {
            Some(body) => response.insert_header((CONTENT_TYPE, "application/json")).body(body),
            None => response.finish(),
        }
    }
}
