//! A key set that changes while the service runs: an issuer gets a new key, and gives an old one up.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use super::verifier::{JwksError, TokenError, Verifier};

/// How often a key set is read again.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Not before so much time has passed, however many tokens name a key that is not known: anybody can make those.
    pub at_most_every: Duration,
    /// Once so much time has passed, also when every key is known: a key that was given up is to be forgotten.
    pub at_least_every: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { at_most_every: Duration::from_secs(5), at_least_every: Duration::from_mins(1) }
    }
}

/// A [`Verifier`] whose key set is read from its file again when a token names a key that is not in it, and now and then.
pub struct RotatingVerifier {
    file: PathBuf,
    issuer: String,
    audience: String,
    pace: Pace,
    report: fn(&str),
    current: RwLock<Arc<Verifier>>,
    /// When the file was last looked at. Whoever looks holds it, so that there is one at a time.
    looked: Mutex<Instant>,
}

impl RotatingVerifier {
    /// Reads the key set. `report` is told when it can't be read later on; the keys that are known go on being used then.
    ///
    /// # Errors
    ///
    /// As [`Verifier::from_file`].
    pub fn open(
        file: &Path,
        issuer: &str,
        audience: &str,
        pace: Pace,
        report: fn(&str),
    ) -> Result<Self, JwksError> {
        let current = Verifier::from_file(file, issuer, audience)?;
        Ok(Self {
            file: file.to_owned(),
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            pace,
            report,
            current: RwLock::new(Arc::new(current)),
            looked: Mutex::new(Instant::now()),
        })
    }

    /// The claims of a token, as [`Verifier::verify`] gives them.
    ///
    /// # Errors
    ///
    /// As [`Verifier::verify`].
    pub async fn verify<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
        self.read_if_older_than(self.pace.at_least_every).await;
        match self.current().verify(token) {
            Err(TokenError::UnknownKey) => {
                self.read_if_older_than(self.pace.at_most_every).await;
                self.current().verify(token)
            }
            decided => decided,
        }
    }

    fn current(&self) -> Arc<Verifier> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    async fn read_if_older_than(&self, age: Duration) {
        let mut looked = self.looked.lock().await;
        if looked.elapsed() < age {
            return;
        }
        let (file, issuer, audience) = (self.file.clone(), self.issuer.clone(), self.audience.clone());
        let read = tokio::task::spawn_blocking(move || Verifier::from_file(&file, &issuer, &audience)).await;
        *looked = Instant::now();
        match read {
            Ok(Ok(verifier)) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(verifier);
            }
            Ok(Err(error)) => (self.report)(&format!("the key set was not read again: {error}")),
            Err(error) => (self.report)(&format!("the key set was not read again: {error}")),
        }
    }
}

impl std::fmt::Debug for RotatingVerifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("RotatingVerifier")
            .field("file", &self.file)
            .field("pace", &self.pace)
            .field("current", &self.current())
            .finish_non_exhaustive()
    }
}
