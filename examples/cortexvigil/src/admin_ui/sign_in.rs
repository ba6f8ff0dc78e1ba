//! Signing in and out.

use askama::Template;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use example_groundwork::brake::{Brake, address_key, retry_after};
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
    problem: Option<&'static str>,
}

/// Who guesses the operator's token is slowed down: by address, so that nobody else is; and over all addresses, so that
/// many of them are no way around. Who signs in with the right token is not held up by the guesses of other addresses
/// unless there are very many.
#[derive(Debug)]
pub(crate) struct SignInBrake {
    by_address: Brake,
    in_all: Brake,
}

/// There is one account.
const ACCOUNT: &str = "operator";

impl Default for SignInBrake {
    fn default() -> Self {
        let minute = Duration::from_mins(1);
        Self { by_address: Brake::new(5, minute), in_all: Brake::new(100, minute) }
    }
}

impl SignInBrake {
    fn attempt(&self, address: Option<IpAddr>) -> Result<(), Duration> {
        let now = Instant::now();
        self.by_address.attempt(&Self::key(address), now)?;
        self.in_all.attempt(ACCOUNT, now)
    }

    fn release(&self, address: Option<IpAddr>) {
        self.by_address.release(&Self::key(address));
    }

    /// Without an address, as in a test without a connection, all are one.
    fn key(address: Option<IpAddr>) -> String {
        address.map(address_key).unwrap_or_default()
    }
}

#[public(reason = "sign_in")]
pub(super) async fn show_sign_in() -> Page<SignIn> {
    Page(SignIn { problem: None })
}

#[public(reason = "sign_in")]
pub(super) async fn sign_in(
    State(state): State<AppState>,
    client: Option<Extension<ConnectInfo<SocketAddr>>>,
    form: Form,
) -> ApiResult<Response> {
    let address = client.map(|Extension(ConnectInfo(client))| client.ip());
    if let Err(wait) = state.sign_in_brake.attempt(address) {
        let page = Page(SignIn { problem: Some("Too many attempts. Try again in a minute.") });
        let headers = [(RETRY_AFTER, retry_after(wait))];
        return Ok((StatusCode::TOO_MANY_REQUESTS, headers, page).into_response());
    }
    if !state.operator.accepts(form.value("token").unwrap_or_default()) {
        let page = Page(SignIn { problem: Some("This is not the operator's token.") });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    state.sign_in_brake.release(address);
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
