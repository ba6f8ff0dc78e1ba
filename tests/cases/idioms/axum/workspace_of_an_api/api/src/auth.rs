//! Who a key is.

use crate::scopes::{AuthMode, Scope};
use scopewright::Grant;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};

pub fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}
