//! What both binaries are made of.

use scopewright::Grant;
use scopewright::actix::{Authenticate, AuthenticateMiddleware, Rejection, authenticate_with};

pub mod admin;
pub mod public;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

pub fn keys() -> AuthenticateMiddleware<impl Authenticate> {
    AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}
