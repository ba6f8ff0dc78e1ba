//! The extractors: the guard of a handler, and the caller's grant for handlers that want to know it.

use super::check::check;
use crate::catalogue::Catalogue;
use crate::denial::Denial;
use crate::grant::Grant;
use crate::guard::Guard;
use crate::require::{Authenticated, Require};
use ::axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use std::convert::Infallible;
use std::future::{Future, Ready, ready};

impl<C: Catalogue, R: Require, S: Sync> FromRequestParts<S> for Guard<C, R> {
    type Rejection = Denial;

    #[inline]
    fn from_request_parts(
        parts: &mut Parts,
        _state: &S,
    ) -> impl Future<Output = Result<Self, Denial>> + Send {
        let decided: Ready<_> =
            ready(check::<C>(&R::OPERATION, &parts.method, &parts.extensions).map(|()| Self::met()));
        decided
    }
}

/// The caller's grant; without a valid credential, the denial of an operation that asks for one.
impl<C: Catalogue, S: Sync> FromRequestParts<S> for Grant<C> {
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Denial> {
        if let Some(grant) = parts.extensions.get::<Self>() {
            return Ok(grant.clone());
        }
        // Without a grant an operation that asks for a credential is always denied.
        let operation = &Authenticated::OPERATION;
        match check::<C>(operation, &parts.method, &parts.extensions) {
            Err(denial) => Err(denial),
            Ok(()) => Err(super::check::deny::<C>(
                crate::DenialKind::Unauthenticated,
                operation,
                crate::denial::Sent::Nothing,
                None,
                &parts.method,
                &parts.extensions,
            )),
        }
    }
}

/// The caller's grant, if a valid credential was sent: for public endpoints and optional authentication.
impl<C: Catalogue, S: Sync> OptionalFromRequestParts<S> for Grant<C> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
