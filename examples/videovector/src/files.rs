//! Where things are: the database, and what lies beside it.

use std::path::{Path, PathBuf};

/// The files of one installation.
#[derive(Clone, Debug)]
pub struct Files {
    /// The SQLite file.
    pub database: PathBuf,
    /// The public keys of the issuer of sessions.
    pub jwks: PathBuf,
}

impl Files {
    /// The key set is beside the database unless it is said where it is.
    #[must_use]
    pub fn new(database: &Path, jwks: Option<&Path>) -> Self {
        let jwks = jwks.map_or_else(|| database.with_extension("jwks.json"), Path::to_owned);
        Self { database: database.to_owned(), jwks }
    }

    /// A private key that the demonstration's tokens are signed with. Only the seed and tests use it.
    #[must_use]
    pub fn private_key(&self, algorithm: &str) -> PathBuf {
        self.database.with_extension(format!("{algorithm}.pk8"))
    }
}
