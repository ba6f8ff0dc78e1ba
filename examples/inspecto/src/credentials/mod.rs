//! Who is calling: API keys and their scopes, and sessions of administrators.

mod authenticator;
pub(crate) mod keys;
mod scope_list;
pub(crate) mod sessions;

pub(crate) use authenticator::Authenticator;
pub(crate) use scope_list::{BundleName, ScopeList};
