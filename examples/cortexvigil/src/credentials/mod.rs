//! Who is calling: External Apps, their keys and scopes, and the operator.

pub(crate) mod apps;
mod authenticator;
mod grants;
pub(crate) mod keys;
mod operator;
mod secret;

pub(crate) use authenticator::Authenticator;
pub(crate) use grants::ScopeList;
pub use operator::OperatorToken;
pub(crate) use secret::{Digest, Secret};
