//! The body of a request: read in one way for every endpoint, so that what is wrong with it is said in one way.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use example_groundwork::{TooSlow, is_too_slow};
use serde::de::DeserializeOwned;

use crate::error::{ApiError, ApiResult};

/// What a request may carry.
pub(crate) trait RequestBody: Sized + Send + 'static {
    fn read(content_type: &str, bytes: &[u8]) -> ApiResult<Self>;
}

/// No body, or an empty object.
pub(crate) struct NoBody;

impl<T: DeserializeOwned + Send + 'static> RequestBody for T {
    fn read(content_type: &str, bytes: &[u8]) -> ApiResult<Self> {
        if content_type != "application/json" {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(ApiError::malformed(status, "the body is `application/json`"));
        }
        serde_json::from_slice(bytes).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => ApiError::Invalid(error.to_string()),
            _ => ApiError::malformed(StatusCode::BAD_REQUEST, error),
        })
    }
}

impl RequestBody for NoBody {
    fn read(_: &str, bytes: &[u8]) -> ApiResult<Self> {
        if bytes.is_empty() || bytes == b"{}" {
            Ok(Self)
        } else {
            Err(ApiError::malformed(StatusCode::BAD_REQUEST, "this request has no body"))
        }
    }
}

/// The body of a request that changes nothing. What changes something is a [`Write`](crate::workspace::Write).
pub(crate) struct Body<T>(pub(crate) T);

impl<T: RequestBody> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = std::pin::Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = bytes(request, payload);
        let request = request.clone();
        Box::pin(async move { T::read(request.content_type(), &bytes.await?).map(Self) })
    }
}

/// The whole body. actix-web's own limit holds, 256 KiB.
pub(crate) fn bytes(
    request: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = ApiResult<Bytes>> + use<> {
    let bytes = Bytes::from_request(request, payload);
    async move {
        bytes.await.map_err(|error| match error.as_error::<PayloadError>() {
            Some(slow) if is_too_slow(slow) => ApiError::malformed(StatusCode::REQUEST_TIMEOUT, TooSlow),
            _ => ApiError::malformed(error.as_response_error().status_code(), &error),
        })
    }
}
