//! Demonstration data: two workspaces with everything the API can show, and credentials of every kind, good and bad.

mod tokens;

use example_keyring::jwt::{Signer, SignerError, SigningAlgorithm, key_set};
use example_keyring::keys::{self, Expiry, NewKey};
use rusqlite::Transaction;

use crate::api::PREFIX;
use crate::db;
use crate::error::{ApiError, ApiResult};
use crate::files::Files;
use crate::serve::Settings;

/// A credential that was made for the demonstration.
#[derive(Clone, Debug)]
pub struct DemoCredential {
    /// The name of a shell variable for it.
    pub name: &'static str,
    /// What goes into the header.
    pub secret: String,
}

/// The demonstration data could not be stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The database did not take it.
    #[error("cannot fill the database: {0}")]
    Database(String),
    /// The database cannot be opened.
    #[error("cannot open the database")]
    Open(#[from] example_keyring::DatabaseError),
    /// The keys of the sessions' issuer could not be made or written.
    #[error("cannot make the issuer's keys")]
    Keys(#[from] SignerError),
    /// A file could not be written.
    #[error("cannot write the key set")]
    Write(#[from] std::io::Error),
}

/// What is to become of a key after it was made.
#[derive(PartialEq)]
enum Fate {
    Live,
    Revoked,
    Expired,
}

const KEYS: &[(&str, &str, &[&str], Fate)] = &[
    ("KEY_SEARCH", "acme", &["search"], Fate::Live),
    ("KEY_READ", "acme", &["read"], Fate::Live),
    ("KEY_WRITE", "acme", &["write"], Fate::Live),
    ("KEY_ADMIN", "acme", &["admin"], Fate::Live),
    ("KEY_NONE", "acme", &[], Fate::Live),
    ("KEY_REVOKED", "acme", &["admin"], Fate::Revoked),
    ("KEY_EXPIRED", "acme", &["admin"], Fate::Expired),
    // A word the policy has never had.
    ("KEY_UNKNOWN_SCOPE", "acme", &["admin", "teleport"], Fate::Live),
    ("KEY_OTHER_WORKSPACE", "northwind", &["admin"], Fate::Live),
];

/// Fills a database that has no demonstration data yet, and writes the issuer's keys beside it.
///
/// # Errors
///
/// When the demonstration's workspaces exist already, or a file is there already or cannot be written.
pub fn seed(files: &Files, settings: &Settings) -> Result<Vec<DemoCredential>, SeedError> {
    let database = db::open(&files.database)?;
    let made = database.write_blocking(|transaction| -> ApiResult<_> {
        transaction.execute_batch(include_str!("archive.sql"))?;
        transaction.execute_batch(include_str!("workflows.sql"))?;
        KEYS.iter().map(|(name, owner, scopes, fate)| key(transaction, name, owner, scopes, fate)).collect()
    });
    let mut credentials: Vec<_> = made.map_err(|error: ApiError| match error {
        ApiError::Conflict(_) => SeedError::Database("it holds the demonstration already".to_owned()),
        other => SeedError::Database(other.to_string()),
    })?;
    let rsa = Signer::generate(SigningAlgorithm::Rs256)?;
    let ed25519 = Signer::generate(SigningAlgorithm::EdDsa)?;
    rsa.write_private_key(&files.private_key("rs256"))?;
    ed25519.write_private_key(&files.private_key("eddsa"))?;
    std::fs::write(&files.jwks, key_set([&rsa, &ed25519]).to_string())?;
    credentials.extend(tokens::all(&rsa, &ed25519, settings)?);
    Ok(credentials)
}

/// Made the way a request makes it.
fn key(
    transaction: &Transaction<'_>,
    name: &'static str,
    owner: &str,
    scopes: &[&str],
    fate: &Fate,
) -> ApiResult<DemoCredential> {
    let expiry = if *fate == Fate::Expired { Expiry::InSeconds(0) } else { Expiry::Never };
    let title = name.to_ascii_lowercase().replace('_', " ");
    let new = NewKey { prefix: PREFIX, owner, name: &title, scopes, expiry };
    let issued = keys::issue(transaction, &new)?;
    if *fate == Fate::Revoked {
        keys::revoke(transaction, owner, &issued.key.id)?;
    }
    Ok(DemoCredential { name, secret: issued.secret })
}
