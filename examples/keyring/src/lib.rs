//! What the example services share: secrets, API keys in SQLite, JWT verification, and a database off the async threads.
//!
//! Nothing here knows a scope or an endpoint: which scopes there are and what they open is said by each service's
//! policy. A key's scopes are kept as the words that were granted.
//!
//! The key store is functions over a [`rusqlite::Connection`], so that a service can do them in one transaction with
//! its own rows. [`keys::MIGRATION`] is the table; put it among the service's own migrations.

#[cfg(feature = "jwt")]
pub mod jwt;
pub mod keys;

mod database;
mod secret;

pub use database::{Database, DatabaseError};
pub use secret::{Digest, RandomSourceError, Secret, sha256_hex};
