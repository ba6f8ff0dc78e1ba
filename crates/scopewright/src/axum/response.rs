//! A denial as an axum response.

use crate::denial::Denial;
use ::axum::body::Body;
use ::axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode};

/// The response carries its [`DenialKind`](crate::DenialKind) as an extension, so that a layer of the service, or a
/// test, can tell a denial from an answer of a handler.
impl IntoResponse for Denial {
    fn into_response(self) -> Response {
        let body = self.body();
        let declared = self.headers(&body);
        let mut response = Response::new(if body.is_empty() { Body::empty() } else { Body::from(body) });
        *response.status_mut() = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::FORBIDDEN);
        response.extensions_mut().insert(self.kind());
        for (name, value) in declared {
            // Realms and scope names are ASCII by the time they are in a policy's table.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}
