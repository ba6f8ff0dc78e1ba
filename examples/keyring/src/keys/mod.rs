//! API keys: issued, listed, rotated, revoked, deleted, and looked up on every request.

mod store;

use serde::Serialize;

pub use store::{delete, find_active, find_by_secret, get, issue, list, replace_scopes, revoke, rotate};

use crate::secret::RandomSourceError;

/// The table of the key store, as a migration step.
///
/// ```
/// use rusqlite_migration::{M, Migrations};
/// const STEPS: &[M<'_>] = &[M::up(example_keyring::keys::MIGRATION)];
/// let mut connection = rusqlite::Connection::open_in_memory()?;
/// Migrations::from_slice(STEPS).to_latest(&mut connection)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const MIGRATION: &str = include_str!("api_keys.sql");

/// A key as it may be shown at any time: everything but the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// `key_` and 96 random bits in base 16.
    pub id: String,
    /// Whose it is.
    #[serde(skip)]
    pub owner: String,
    /// What its maker called it.
    pub name: String,
    /// How the secret begins, to tell one key from another.
    pub hint: String,
    /// The granted words, sorted.
    pub scopes: Vec<String>,
    /// Whether it opens anything now.
    pub state: KeyState,
    /// When it was made (RFC 3339, like every time here).
    pub created_at: String,
    /// From when on it opens nothing.
    pub expires_at: Option<String>,
    /// When its secret was last replaced.
    pub rotated_at: Option<String>,
    /// When it was taken out of use.
    pub revoked_at: Option<String>,
}

/// Whether a key opens anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// It does.
    Active,
    /// Its time is over.
    Expired,
    /// It was taken out of use, for good.
    Revoked,
}

/// A key with its secret. Only the answer that made the secret carries it.
#[derive(Debug, Serialize)]
pub struct IssuedKey {
    /// The key as it may be shown later.
    #[serde(flatten)]
    pub key: Key,
    /// What the client presents. It cannot be read again.
    pub secret: String,
}

/// What is said about a key when it is made.
#[derive(Clone, Debug)]
pub struct NewKey<'a> {
    /// How the secret begins, such as `sk_live_`.
    pub prefix: &'a str,
    /// Whose key it is.
    pub owner: &'a str,
    /// What its maker calls it.
    pub name: &'a str,
    /// The granted words; order and repetition are of no importance.
    pub scopes: &'a [&'a str],
    /// How long it is to work.
    pub expiry: Expiry<'a>,
}

/// How long a key works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expiry<'a> {
    /// Until it is revoked.
    #[default]
    Never,
    /// For so many seconds from now; zero makes a key that has expired already.
    InSeconds(u32),
    /// For so many days from now.
    InDays(u32),
    /// Until a moment, given as RFC 3339 in UTC or with an offset.
    At(&'a str),
}

/// Why the key store did not do as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The owner has no key of this id.
    #[error("there is no API key `{0}`")]
    Unknown(String),
    /// A revoked or expired key gets no new secret.
    #[error("the API key `{0}` is not in use")]
    NotInUse(String),
    /// The moment given for the expiry is none.
    #[error("`{0}` is no point in time that a key can expire at")]
    Expiry(String),
    /// No secret could be made.
    #[error(transparent)]
    Random(#[from] RandomSourceError),
    /// The database failed.
    #[error("the database did not do as asked")]
    Database(#[from] rusqlite::Error),
}
