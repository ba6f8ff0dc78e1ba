pub use crate::SharedState;
pub use crate::scopes::{AuthMode, Scope};
pub use axum::extract::{Path, State};
pub use scopewright::axum::routing::{delete, get, post};
pub use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, Router, authenticate_with};
pub use scopewright::{Grant, public, requires_scope};
