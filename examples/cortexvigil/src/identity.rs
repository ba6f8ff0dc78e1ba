//! Who is asking: a key of an External App, or the operator.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::credentials::keys::{self, Caller};
use crate::error::{ApiError, ApiResult};
use crate::scopes::{AuthMode, Grant};
use crate::state::AppState;

/// Whose credential a request carries. Whether it may be used for this request, the handler's guard has decided.
pub(crate) enum Identity {
    Key(Caller),
    Operator,
}

impl FromRequestParts<AppState> for Identity {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let grant = parts.extensions.get::<Grant>().ok_or(ApiError::Unauthenticated)?;
        if grant.mode() == Some(AuthMode::Operator) {
            return Ok(Self::Operator);
        }
        let key_id = grant.subject().and_then(|subject| subject.parse().ok());
        let caller = state.database.read(move |connection| keys::find_by_id(connection, key_id)).await?;
        // None, if the key was revoked between the authenticator's look-up and this one.
        caller.map(Self::Key).ok_or(ApiError::Unauthenticated)
    }
}
