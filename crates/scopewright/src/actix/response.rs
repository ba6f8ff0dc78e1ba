//! A denial as an actix-web response.

use crate::denial::Denial;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};

/// The response carries its [`DenialKind`](crate::DenialKind) as an extension, so that middleware of the service, or a
/// test, can tell a denial from an answer of a handler.
impl ResponseError for Denial {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::FORBIDDEN)
    }

    fn error_response(&self) -> HttpResponse {
        let body = self.body();
        let declared = self.headers(&body);
        let body = if body.is_empty() { BoxBody::new(()) } else { BoxBody::new(body) };
        let mut response = HttpResponse::with_body(self.status_code(), body);
        response.extensions_mut().insert(self.kind());
        for (name, value) in declared {
            // Realms and scope names are ASCII by the time they are in a policy's table.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().append(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
