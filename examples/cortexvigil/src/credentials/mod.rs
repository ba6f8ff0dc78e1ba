//! Who is calling: External Apps, their keys and scopes, and the operator.

pub(crate) mod apps;
mod authenticator;
mod grants;
pub(crate) mod keys;
mod operator;

/// What every secret of this service begins with, as the policy says.
pub(crate) const PREFIX: &str = "cv_";

pub(crate) use authenticator::Authenticator;
pub(crate) use grants::ScopeList;
pub use operator::OperatorToken;
