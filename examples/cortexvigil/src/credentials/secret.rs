//! Secrets: made from the system's random source, kept only as a digest.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use crate::error::{ApiError, ApiResult};

const PREFIX: &str = "cv_";

/// A secret as the client presents it. Never stored.
pub(crate) struct Secret(String);

impl Secret {
    /// 256 bits nobody else knows.
    pub(crate) fn random() -> ApiResult<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(ApiError::internal)?;
        Ok(Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// What may be shown later on, to tell one key from another: the prefix and 24 of the 256 bits.
    pub(crate) fn hint(&self) -> String {
        let shown = PREFIX.len() + 4;
        self.0.chars().take(shown).chain("…".chars()).collect()
    }

    pub(crate) fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }

    /// The text, to be shown once.
    pub(crate) fn reveal(self) -> String {
        self.0
    }
}

/// SHA-256 of a secret.
#[derive(Clone)]
pub(crate) struct Digest([u8; 32]);

impl Digest {
    pub(crate) fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Compares without telling by its duration how much agreed.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}
