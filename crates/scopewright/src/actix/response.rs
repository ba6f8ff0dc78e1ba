//! A denial as an actix-web response.

use crate::denial::Denial;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};

/// The response carries its [`DenialKind`](crate::DenialKind) as an extension, so that middleware of the service, or a
/// test, can tell a denial from an answer of a handler.
impl ResponseError for Denial {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::FORBIDDEN)
    }

    fn error_response(&self) -> HttpResponse {
        let body = self.body();
        let has_body = !body.is_empty();
        let body = if has_body { BoxBody::new(body) } else { BoxBody::new(()) };
        let mut response = HttpResponse::with_body(self.status_code(), body);
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
