pub use crate::scopes::{AuthMode, Scope};
pub use actix_web::{HttpResponse, HttpServer, Responder};
pub use scopewright::actix::web::*;
pub use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};
pub use scopewright::*;
