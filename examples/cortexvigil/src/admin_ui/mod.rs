//! The Admin UI: pages on which the operator sees External Apps, what their scopes open, and grants and rotates.
//!
//! Its sessions are credentials of the mode `operator`, brought by a cookie: see [`session`]. Who may see a page is
//! decided above its handler, like everywhere.

mod external_apps;
mod forms;
mod html;
mod opens;
mod session;
mod sign_in;

use scopewright::axum::Router;
use scopewright::axum::routing::{get, post};

use crate::state::AppState;

pub(crate) use session::{is_live, with_session_cookie};
pub(crate) use sign_in::SignInBrake;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(sign_in::show_sign_in).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/style.css", get(html::style_sheet))
        .route("/external-apps", get(external_apps::show_apps).post(external_apps::add_app))
        .route("/external-apps/{id}", get(external_apps::show_app))
        .route("/external-apps/{id}/scopes", post(external_apps::grant_scopes))
        .route("/external-apps/{id}/keys", post(external_apps::make_key))
        .route("/external-apps/{id}/keys/{key_id}/rotate", post(external_apps::rotate_app_key))
        .route("/external-apps/{id}/keys/{key_id}/revoke", post(external_apps::revoke_app_key))
}
