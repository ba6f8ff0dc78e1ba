//! Pages as answers.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use scopewright::public;

use crate::error::ApiError;

/// Nothing but our own style sheet and our own forms; no page of another site may show ours in a frame.
const CONTENT_RULES: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page. It is not kept by browsers or proxies: some show a secret once.
pub(super) struct Page<T>(pub(super) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => (
                [
                    (CONTENT_TYPE, "text/html; charset=utf-8"),
                    (CACHE_CONTROL, "no-store"),
                    (CONTENT_SECURITY_POLICY, CONTENT_RULES),
                ],
                html,
            )
                .into_response(),
            Err(error) => ApiError::internal(error).into_response(),
        }
    }
}

#[public(reason = "sign_in")]
pub(super) async fn style_sheet() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../../templates/style.css"))
}
