//! The extractors: the guard of a handler, and the caller's grant for handlers that want to know it.

use super::check::AxumRequest;
use crate::catalogue::Catalogue;
use crate::check::{admission, grant, grant_or_denial};
use crate::denial::Denial;
use crate::grant::Grant;
use crate::guard::{Guard, GuardFuture};
use crate::require::Require;
use ::axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use std::convert::Infallible;
use std::future::Future;

impl<C: Catalogue, R: Require, S: Sync> FromRequestParts<S> for Guard<C, R> {
    type Rejection = Denial;

    #[inline]
    fn from_request_parts(
        parts: &mut Parts,
        _state: &S,
    ) -> impl Future<Output = Result<Self, Denial>> + Send {
        let decided: GuardFuture<C, R> =
            GuardFuture::of(admission::<C>(&R::OPERATION, &AxumRequest::of_parts(parts)));
        decided
    }
}

/// The caller's grant; without a valid credential, the denial of an operation that asks for one.
impl<C: Catalogue, S: Sync> FromRequestParts<S> for Grant<C> {
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Denial> {
        grant_or_denial(&AxumRequest::of_parts(parts)).map_err(Denial::announced)
    }
}

/// The caller's grant, if a valid credential was sent: for public endpoints and optional authentication.
impl<C: Catalogue, S: Sync> OptionalFromRequestParts<S> for Grant<C> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Infallible> {
        Ok(grant(&AxumRequest::of_parts(parts)).cloned())
    }
}
