//! Verification: the type of the token, signature by `kid`, then times, issuer and audience. Nothing of a token is believed before.
//!
//! Each key of the set has one algorithm, and a token signed by another is refused (RFC 8725, section 3.1): a public
//! RSA key can't be used as the secret of an HMAC, and there is no `none`.

use std::collections::BTreeMap;
use std::path::Path;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Checks tokens of one issuer for one audience.
#[derive(Clone)]
pub struct Verifier {
    keys: BTreeMap<String, PinnedKey>,
    issuer: String,
    audience: String,
}

/// A key and the only algorithm it may be used with.
#[derive(Clone)]
struct PinnedKey {
    algorithm: Algorithm,
    key: DecodingKey,
}

/// Why a set of keys cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JwksError {
    /// The file cannot be read.
    #[error("cannot read the key set `{path}`")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is no JWK set (RFC 7517, section 5).
    #[error("this is no JSON Web Key set")]
    Parse(#[from] serde_json::Error),
    /// A key without `kid` could not be chosen by a token.
    #[error("key {0} of the set has no `kid`")]
    NoKeyId(usize),
    /// Two keys of one name.
    #[error("the set has two keys `{0}`")]
    Repeated(String),
    /// A key for something else than RS256 or `EdDSA` signatures.
    #[error("key `{kid}` of the set cannot be used: {reason}")]
    Unusable {
        /// Its name.
        kid: String,
        /// What is the matter with it.
        reason: String,
    },
    /// A set without keys would refuse everybody.
    #[error("the set has no keys")]
    Empty,
}

/// Why a token is not valid. For the log: a client learns only that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// It is no signed token, or its claims have no shape we know.
    #[error("it is no token of ours")]
    Malformed,
    /// It names no key, or one that is not in the set.
    #[error("its key is not known")]
    UnknownKey,
    /// It is signed by another algorithm than its key is for.
    #[error("its algorithm is not that of its key")]
    Algorithm,
    /// The signature is not its key's.
    #[error("its signature is wrong")]
    Signature,
    /// It says that it must not be used by whom does not know an extension (RFC 7515, section 4.1.11).
    #[error("it has critical extensions")]
    Critical,
    /// It is a token for something else, such as an ID token, or says nothing about it (RFC 9068, section 4).
    #[error("it is no access token")]
    Type,
    /// Its time is over.
    #[error("it has expired")]
    Expired,
    /// Its time has not come.
    #[error("it is not valid yet")]
    NotYetValid,
    /// Somebody else made it.
    #[error("it is of another issuer")]
    Issuer,
    /// It was made for somebody else.
    #[error("it is for another audience")]
    Audience,
    /// A claim that every token needs is missing: `exp`, `iss`, `aud` or `sub`.
    #[error("it lacks a claim")]
    MissingClaim,
}

impl Verifier {
    /// Reads a JWK set from a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or one of its keys cannot be used: a set that is half understood is none.
    pub fn from_file(path: &Path, issuer: &str, audience: &str) -> Result<Self, JwksError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| JwksError::Read { path: path.display().to_string(), source })?;
        Self::from_text(&text, issuer, audience)
    }

    /// Reads a JWK set from its JSON text.
    ///
    /// # Errors
    ///
    /// As [`Verifier::from_file`].
    pub fn from_text(text: &str, issuer: &str, audience: &str) -> Result<Self, JwksError> {
        let set: RawSet = serde_json::from_str(text)?;
        let mut keys = BTreeMap::new();
        for (position, raw) in set.keys.into_iter().enumerate() {
            let kid = raw.get("kid").and_then(Value::as_str).ok_or(JwksError::NoKeyId(position))?.to_owned();
            let jwk: Jwk = serde_json::from_value(raw)
                .map_err(|error| JwksError::Unusable { kid: kid.clone(), reason: error.to_string() })?;
            let key = pin(&jwk)
                .map_err(|reason| JwksError::Unusable { kid: kid.clone(), reason: reason.into() })?;
            if keys.insert(kid.clone(), key).is_some() {
                return Err(JwksError::Repeated(kid));
            }
        }
        if keys.is_empty() {
            return Err(JwksError::Empty);
        }
        Ok(Self { keys, issuer: issuer.to_owned(), audience: audience.to_owned() })
    }

    /// The claims of a token, if everything about it is in order. [`Claims`](super::Claims) fits most tokens.
    ///
    /// # Errors
    ///
    /// The first thing that is not in order: key, algorithm, type, signature, presence of `exp`, `iss`, `aud`, `sub`, then
    /// their values and `nbf`'s. A token is valid up to, and not at, the second of `exp`; no leeway is given.
    pub fn verify<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
        let header = decode_header(token).map_err(|error| reason_of(error.kind()))?;
        let pinned = header.kid.as_ref().and_then(|kid| self.keys.get(kid)).ok_or(TokenError::UnknownKey)?;
        if header.alg != pinned.algorithm {
            return Err(TokenError::Algorithm);
        }
        if header.crit.is_some() {
            return Err(TokenError::Critical);
        }
        if !header.typ.as_deref().is_some_and(is_access_token) {
            return Err(TokenError::Type);
        }
        // As JSON first, so that the registered claims are checked before the caller's type is asked for.
        let claims: Value = decode(token, &pinned.key, &self.validation(pinned.algorithm))
            .map_err(|error| reason_of(error.kind()))?
            .claims;
        T::deserialize(claims).map_err(|_| TokenError::Malformed)
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.leeway = 0;
        // "On or after" `exp` it must be refused (RFC 7519, section 4.1.4); the library's own limit is "after".
        validation.reject_tokens_expiring_in_less_than = 1;
        validation.validate_nbf = true;
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Verifier")
            .field("keys", &self.keys.keys())
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish()
    }
}

/// Whether `typ` is that of an access token: a media type, whose `application/` may be left out (RFC 9068, section 2.1).
fn is_access_token(typ: &str) -> bool {
    ["at+jwt", "application/at+jwt"].iter().any(|known| typ.eq_ignore_ascii_case(known))
}

/// The keys stay raw at first, so that a fault can name its key.
#[derive(serde::Deserialize)]
struct RawSet {
    keys: Vec<Value>,
}

/// The one algorithm of a key, from its type; `alg`, `use` and `key_ops` may say no more than that.
fn pin(jwk: &Jwk) -> Result<PinnedKey, &'static str> {
    let (algorithm, named) = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            (Algorithm::EdDSA, KeyAlgorithm::EdDSA)
        }
        _ => return Err("it is neither an RSA nor an Ed25519 key"),
    };
    if jwk.common.key_algorithm.is_some_and(|said| said != named) {
        return Err("its `alg` is neither RS256 nor EdDSA, or not the one of its type");
    }
    if jwk.common.public_key_use.as_ref().is_some_and(|said| *said != PublicKeyUse::Signature) {
        return Err("its `use` is not `sig`");
    }
    if jwk.common.key_operations.as_ref().is_some_and(|said| !said.contains(&KeyOperations::Verify)) {
        return Err("its `key_ops` lack `verify`");
    }
    let key = DecodingKey::from_jwk(jwk).map_err(|_| "its numbers cannot be read")?;
    Ok(PinnedKey { algorithm, key })
}

fn reason_of(kind: &ErrorKind) -> TokenError {
    match kind {
        // An algorithm the library has no name for, `none` above all, fails where the header is read.
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName | ErrorKind::UnsupportedAlgorithm => {
            TokenError::Algorithm
        }
        ErrorKind::InvalidSignature => TokenError::Signature,
        ErrorKind::ExpiredSignature => TokenError::Expired,
        ErrorKind::ImmatureSignature => TokenError::NotYetValid,
        ErrorKind::InvalidIssuer => TokenError::Issuer,
        ErrorKind::InvalidAudience => TokenError::Audience,
        ErrorKind::MissingRequiredClaim(_) => TokenError::MissingClaim,
        _ => TokenError::Malformed,
    }
}
