//! Signing in and out.

use askama::Template;
use axum::extract::State;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use scopewright::{public, requires_auth};

use super::forms::Form;
use super::html::Page;
use super::session::{self, COOKIE_NAME, LIFETIME, SIGN_IN};
use crate::error::ApiResult;
use crate::state::AppState;

/// Only pages of the Admin UI get the cookie, no script reads it, and no other site's page makes a browser send it.
/// Behind TLS a deployment adds `Secure`.
const COOKIE_RULES: &str = "Path=/admin; HttpOnly; SameSite=Strict";

#[derive(Template)]
#[template(path = "sign_in.html")]
pub(super) struct SignIn {
    was_refused: bool,
}

#[public(reason = "sign_in")]
pub(super) async fn show_sign_in() -> Page<SignIn> {
    Page(SignIn { was_refused: false })
}

#[public(reason = "sign_in")]
pub(super) async fn sign_in(State(state): State<AppState>, form: Form) -> ApiResult<Response> {
    if !state.operator.accepts(form.value("token").unwrap_or_default()) {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(SignIn { was_refused: true })).into_response());
    }
    let secret = state.database.write(|transaction| session::start(transaction)).await?.reveal();
    let cookie = format!("{COOKIE_NAME}={secret}; Max-Age={LIFETIME}; {COOKIE_RULES}");
    Ok((StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, "/admin/external-apps".to_owned())])
        .into_response())
}

#[requires_auth(via = "operator")]
pub(super) async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> ApiResult<Response> {
    if let Some(secret) = session::secret_in(&headers).map(str::to_owned) {
        state.database.write(move |transaction| session::end(transaction, &secret)).await?;
    }
    let cookie = format!("{COOKIE_NAME}=; Max-Age=0; {COOKIE_RULES}");
    Ok((StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, SIGN_IN.to_owned())]).into_response())
}
