//! JSON Web Tokens: verified against a local JWKS file, and signed for seeds and tests.
//!
//! Verification is `jsonwebtoken`'s. Signing is done here, so that the one can be tested against the other.

mod rotating;
mod signer;
mod verifier;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use rotating::{Pace, RotatingVerifier};
pub use signer::{Signer, SignerError, SigningAlgorithm, key_set};
pub use verifier::{JwksError, TokenError, Verifier};

/// The claims of a token whose signature, times, issuer and audience were found good.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Claims {
    /// Who made the token. Verified.
    pub iss: String,
    /// Who it speaks for.
    pub sub: String,
    /// The granted scopes as the issuer wrote them: separated by spaces (RFC 8693, section 4.2), or a list.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub scope: Value,
    /// How sure the issuer is who that is (RFC 9470, section 6.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// When the person was last asked to prove it, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<u64>,
    /// The other claims, `exp` and `aud` among them.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}
