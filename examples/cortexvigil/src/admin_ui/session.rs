//! Sessions of the Admin UI, and how their cookie becomes the operator's credential.
//!
//! A browser can't send `Authorization: Bearer`, so a session's secret travels in a cookie. Below `/admin`, and only
//! there, the cookie is put where the policy looks for the operator's credential. A request that another site made the
//! browser send is left without it.

use axum::extract::Request;
use axum::http::header::{ACCEPT, AUTHORIZATION, COOKIE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use example_keyring::{Digest, Secret};
use rusqlite::{Connection, params};

use crate::credentials::PREFIX;
use crate::db::query_one;
use crate::error::ApiResult;

pub(super) const COOKIE_NAME: &str = "cv_session";
pub(super) const SIGN_IN: &str = "/admin/sign-in";
/// How long a session lasts, in seconds: a working day.
pub(super) const LIFETIME: u32 = 12 * 60 * 60;

const BELOW: &str = "/admin/";

/// Starts a session and forgets those that are over.
pub(super) fn start(connection: &Connection) -> ApiResult<Secret> {
    let secret = Secret::random(PREFIX)?;
    connection.execute(
        "DELETE FROM admin_sessions WHERE expires_at <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
        [],
    )?;
    connection.execute(
        "INSERT INTO admin_sessions (secret_hash, expires_at)
         VALUES (?1, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?2))",
        params![secret.digest().as_bytes(), format!("+{LIFETIME} seconds")],
    )?;
    Ok(secret)
}

/// Ends the session of this secret, if there is one.
pub(super) fn end(connection: &Connection, secret: &str) -> ApiResult<()> {
    connection
        .execute("DELETE FROM admin_sessions WHERE secret_hash = ?1", [Digest::of(secret).as_bytes()])?;
    Ok(())
}

/// Whether a secret is that of a session that goes on.
pub(crate) fn is_live(connection: &Connection, secret: &str) -> ApiResult<bool> {
    let sql = "SELECT 1 FROM admin_sessions
               WHERE secret_hash = ?1 AND expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
    Ok(query_one::<i64>(connection, sql, [Digest::of(secret).as_bytes()])?.is_some())
}

/// The secret in a request's cookie.
pub(super) fn secret_in(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|pairs| pairs.split(';')).find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE_NAME).then_some(value)
    })
}

/// Puts the session of a request to the Admin UI where the policy looks for the operator's credential, and shows a
/// browser without one the way to sign in.
pub(crate) async fn with_session_cookie(mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(BELOW) {
        return next.run(request).await;
    }
    let headers = request.headers();
    let is_own = request.method() == Method::GET || is_from_our_own_pages(headers);
    let secret = secret_in(headers).filter(|_| is_own && !headers.contains_key(AUTHORIZATION));
    let credential = secret.and_then(|secret| HeaderValue::try_from(format!("Bearer {secret}")).ok());
    let wants_a_page = headers.get(ACCEPT).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if let Some(credential) = credential {
        request.headers_mut().insert(AUTHORIZATION, credential);
    }
    let answer = next.run(request).await;
    if answer.status() == StatusCode::UNAUTHORIZED && wants_a_page {
        return (StatusCode::SEE_OTHER, [(LOCATION, SIGN_IN)]).into_response();
    }
    answer
}

/// Whether a form was sent from a page of this service: browsers say so (Fetch Metadata, `Sec-Fetch-Site`). The
/// cookie's own `SameSite=Strict` says the same to those that do not.
fn is_from_our_own_pages(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}
