//! A denial as an axum response.

use crate::denial::Denial;
use ::axum::body::Body;
use ::axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};

/// The response carries its [`DenialKind`](crate::DenialKind) as an extension, so that a layer of the service, or a
/// test, can tell a denial from an answer of a handler.
impl IntoResponse for Denial {
    fn into_response(self) -> Response {
        let body = self.body();
        let has_body = !body.is_empty();
        let mut response = Response::new(if has_body { Body::from(body) } else { Body::empty() });
        *response.status_mut() = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::FORBIDDEN);
        response.extensions_mut().insert(self.kind());
        let headers = response.headers_mut();
        if has_body && let Ok(content_type) = HeaderValue::from_str(self.content_type()) {
            headers.insert(CONTENT_TYPE, content_type);
        }
        for challenge in self.challenges() {
            // Realms and scope names are ASCII by the time they are in a policy's table.
            if let Ok(challenge) = HeaderValue::try_from(challenge) {
                headers.append(WWW_AUTHENTICATE, challenge);
            }
        }
        response
    }
}
