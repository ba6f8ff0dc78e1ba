//! Bodies and queries as parameters of handlers.

use std::future::{Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::{PayloadError, QueryPayloadError};
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use example_groundwork::is_too_slow;
use serde_json::Value;

use super::{Fields, Shape};
use crate::error::{ApiError, ApiResult};
use crate::page::Page;

/// A JSON object with exactly the members of a shape.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

/// The parameters of a list: what narrows it, and which page of it.
#[derive(Debug)]
pub(crate) struct Query<T> {
    pub(crate) filter: T,
    pub(crate) page: Page,
}

impl<T: Shape> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json {
                return Err(ApiError::malformed(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "The body must be sent as application/json",
                ));
            }
            let bytes = bytes.await.map_err(|error| unreadable(&error))?;
            read(&bytes).map(Self)
        })
    }
}

impl<T: Shape> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_query(request.query_string()))
    }
}

/// RFC 9110 section 8.3.1: type and subtype are case-insensitive; JSON has no charset, and the only one sent is UTF-8.
fn is_json(request: &HttpRequest) -> bool {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = value.split(';').map(str::trim);
    parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"))
        && parts.all(|parameter| parameter.eq_ignore_ascii_case("charset=utf-8"))
}

fn read<T: Shape>(bytes: &[u8]) -> ApiResult<T> {
    let body: Value = serde_json::from_slice(bytes).map_err(|error| {
        ApiError::malformed(
            StatusCode::BAD_REQUEST,
            "MALFORMED_BODY",
            format!("The body is no JSON: {error}"),
        )
    })?;
    let Value::Object(members) = body else {
        return Err(ApiError::malformed(
            StatusCode::BAD_REQUEST,
            "MALFORMED_BODY",
            "The body must be a JSON object",
        ));
    };
    let mut fields = Fields::of_body(members);
    let read = T::read(&mut fields);
    fields.finish(read)
}

fn read_query<T: Shape>(query: &str) -> ApiResult<Query<T>> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|error: QueryPayloadError| {
            ApiError::malformed(StatusCode::BAD_REQUEST, "MALFORMED_QUERY", error.to_string())
        })?
        .into_inner();
    let mut fields = Fields::of_query(pairs);
    let page = Page::read(&mut fields);
    let filter = T::read(&mut fields);
    let read = page.zip(filter).map(|(page, filter)| Query { filter, page });
    fields.finish(read)
}

fn unreadable(error: &actix_web::Error) -> ApiError {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => {
            ApiError::malformed(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", "The body is too long")
        }
        Some(slow) if is_too_slow(slow) => ApiError::malformed(
            StatusCode::REQUEST_TIMEOUT,
            "REQUEST_TIMEOUT",
            "The body did not come in time",
        ),
        _ => ApiError::malformed(StatusCode::BAD_REQUEST, "MALFORMED_BODY", "The body can't be read"),
    }
}

#[cfg(test)]
mod tests {
    use crate::body::shape;
    use crate::error::{ApiError, Problem};
    use crate::values::{Id, Name};

    shape! {
        struct Sample {
            required name: Name,
            optional vehicle_id: Id,
        }
    }

    shape! {
        struct Filter {
            optional vehicle_id: Id,
        }
    }

    #[test]
    fn everything_wrong_with_a_body_is_said_at_once() {
        let body = br#"{"name": "", "vehicle_id": 0, "colour": "red"}"#;
        let Err(ApiError::Invalid(problems)) = super::read::<Sample>(body) else { unreachable!() };
        let problem = |field: &str, message: &str| Problem { field: field.into(), message: message.into() };
        assert_eq!(
            problems,
            [
                problem("name", "must not be empty"),
                problem("vehicle_id", "must be a whole number from 1"),
                problem("colour", "is not known here"),
            ]
        );
    }

    #[test]
    fn null_is_as_good_as_nothing_for_what_may_be_left_out() {
        let sample: Sample = super::read(br#"{"name": "van", "vehicle_id": null}"#).unwrap();
        assert_eq!((sample.name.as_str(), sample.vehicle_id.is_none()), ("van", true));
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        assert!(super::read_query::<Filter>("limit=1&limit=2").is_err());
        let query = super::read_query::<Filter>("limit=7&vehicle_id=3").unwrap();
        assert_eq!((query.page.limit(), query.filter.vehicle_id.map(Id::get)), (7, Some(3)));
    }
}
