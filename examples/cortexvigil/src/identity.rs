//! Who is asking: a key of an External App, or the operator.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::credentials::keys::{self, Caller};
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;

/// Whose credential a request carries.
pub(crate) enum Identity {
    Key(Caller),
    Operator,
}

impl FromRequestParts<AppState> for Identity {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        if let Some(secret) = text(&parts.headers, "x-api-key") {
            let caller =
                state.database.read(move |connection| keys::find_by_secret(connection, &secret)).await?;
            return caller.map(Self::Key).ok_or(ApiError::Unauthenticated);
        }
        let authorization = text(&parts.headers, AUTHORIZATION.as_str());
        match authorization.as_deref().and_then(|value| value.strip_prefix("Bearer ")) {
            Some(token) if state.operator.accepts(token) => Ok(Self::Operator),
            _ => Err(ApiError::Unauthenticated),
        }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
