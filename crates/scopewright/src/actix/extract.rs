//! The extractors: the guard of a handler, and the caller's grant for handlers that want to know it.

use super::check::ActixRequest;
use crate::catalogue::Catalogue;
use crate::check::{admission, grant_or_denial};
use crate::denial::Denial;
use crate::grant::Grant;
use crate::guard::{Guard, GuardFuture};
use crate::require::Require;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError};
use std::fmt;
use std::future::{Ready, ready};

impl<C: Catalogue, R: Require> FromRequest for Guard<C, R> {
    type Error = Denial;
    type Future = GuardFuture<C, R>;

    #[inline]
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        GuardFuture::of(admission::<C>(&R::OPERATION, &ActixRequest::of(request)))
    }
}

/// The caller's grant; without a valid credential, the denial of an operation that asks for one. `Option<Grant>` is
/// the grant if there is one: for public endpoints and optional authentication.
impl<C: Catalogue> FromRequest for Grant<C> {
    type Error = Unidentified;
    type Future = Ready<Result<Self, Unidentified>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(grant_or_denial(&ActixRequest::of(request)).map_err(|denial| Unidentified { denial }))
    }
}

/// The denial of a handler that asked for a [`Grant`] where there is none.
///
/// actix-web starts all extractors of a handler together, and asks an `Option<Grant>` for an error only to drop it. So
/// this denial is announced when it is answered, not when it is made.
pub struct Unidentified {
    denial: Denial,
}

impl fmt::Debug for Unidentified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.denial.fmt(f)
    }
}

impl fmt::Display for Unidentified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.denial, f)
    }
}

impl ResponseError for Unidentified {
    fn status_code(&self) -> StatusCode {
        self.denial.status_code()
    }

    fn error_response(&self) -> HttpResponse {
        self.denial.announce();
        self.denial.error_response()
    }
}
