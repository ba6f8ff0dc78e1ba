//! Signing, for seeds and tests: a fresh RSA or Ed25519 key pair, its public half as a JWK, its private half in a file.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// How a key pair signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 and 2048 bits (RFC 7518, section 3.3).
    Rs256,
    /// Ed25519 (RFC 8037, section 3.1).
    EdDsa,
}

/// A key pair that signs tokens.
pub struct Signer {
    pair: Pair,
    kid: String,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

/// Why there is no key pair, or no token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignerError {
    /// The key pair could not be made, or it would not sign.
    #[error("the key pair cannot be made or does not sign")]
    Cryptography,
    /// The file holds no private key of this kind.
    #[error("the file holds no private key of this kind: {0}")]
    Key(String),
    /// The claims are no JSON.
    #[error("the claims cannot be written as JSON")]
    Claims(#[from] serde_json::Error),
    /// The file cannot be read or written.
    #[error("the private key's file cannot be used")]
    File(#[from] io::Error),
}

impl From<aws_lc_rs::error::Unspecified> for SignerError {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self::Cryptography
    }
}

impl From<aws_lc_rs::error::KeyRejected> for SignerError {
    fn from(error: aws_lc_rs::error::KeyRejected) -> Self {
        Self::Key(error.to_string())
    }
}

impl Signer {
    /// A new key pair.
    ///
    /// # Errors
    ///
    /// When the system has no random bits to give.
    pub fn generate(algorithm: SigningAlgorithm) -> Result<Self, SignerError> {
        Ok(Self::new(match algorithm {
            SigningAlgorithm::Rs256 => Pair::Rsa(Box::new(RsaKeyPair::generate(KeySize::Rsa2048)?)),
            SigningAlgorithm::EdDsa => Pair::Ed25519(Box::new(Ed25519KeyPair::generate()?)),
        }))
    }

    /// The key pair that [`Signer::write_private_key`] wrote.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or holds another kind of key.
    pub fn read_private_key(path: &Path, algorithm: SigningAlgorithm) -> Result<Self, SignerError> {
        let pkcs8 = std::fs::read(path)?;
        Ok(Self::new(match algorithm {
            SigningAlgorithm::Rs256 => Pair::Rsa(Box::new(RsaKeyPair::from_pkcs8(&pkcs8)?)),
            SigningAlgorithm::EdDsa => Pair::Ed25519(Box::new(Ed25519KeyPair::from_pkcs8(&pkcs8)?)),
        }))
    }

    /// Writes the private half as PKCS#8 (DER), readable by nobody but the owner of the file.
    ///
    /// # Errors
    ///
    /// When there is such a file already, or it cannot be written.
    pub fn write_private_key(&self, path: &Path) -> Result<(), SignerError> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        match &self.pair {
            Pair::Rsa(pair) => io::Write::write_all(&mut file, pair.as_der()?.as_ref())?,
            Pair::Ed25519(pair) => io::Write::write_all(&mut file, pair.to_pkcs8()?.as_ref())?,
        }
        Ok(())
    }

    /// The name of the key: its thumbprint (RFC 7638).
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half as a JWK, with its `kid`, `alg` and `use`.
    pub fn public_jwk(&self) -> Value {
        let mut jwk = self.pair.public_members();
        for (name, value) in [("kid", self.kid.as_str()), ("alg", self.pair.algorithm()), ("use", "sig")] {
            jwk.insert(name.to_owned(), value.into());
        }
        Value::Object(jwk)
    }

    /// An access token (RFC 9068) of these claims, whatever they are: also of such as nobody should accept.
    ///
    /// # Errors
    ///
    /// When the claims are no JSON.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, SignerError> {
        let header = json!({ "typ": "at+jwt", "alg": self.pair.algorithm(), "kid": self.kid });
        self.sign_with_header(&header, claims)
    }

    /// A token with a header of the caller's making, to try what a verifier says to it.
    ///
    /// # Errors
    ///
    /// When header or claims are no JSON.
    pub fn sign_with_header(&self, header: &Value, claims: &impl Serialize) -> Result<String, SignerError> {
        let [header, claims] = [serde_json::to_vec(header)?, serde_json::to_vec(claims)?];
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.pair.signature_of(input.as_bytes())?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn new(pair: Pair) -> Self {
        // The required members in lexicographic order, without white space (RFC 7638, section 3).
        let ordered: BTreeMap<_, _> = pair.public_members().into_iter().collect();
        let kid = URL_SAFE_NO_PAD.encode(Sha256::digest(json!(ordered).to_string()));
        Self { pair, kid }
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Signer({} {})", self.pair.algorithm(), self.kid)
    }
}

impl Pair {
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    /// The members of the public key that a thumbprint is made of.
    fn public_members(&self) -> Map<String, Value> {
        let members = match self {
            Self::Rsa(pair) => {
                let public = pair.public_key();
                let [e, n] = [public.exponent(), public.modulus()]
                    .map(|number| URL_SAFE_NO_PAD.encode(number.big_endian_without_leading_zero()));
                [("e", e), ("kty", "RSA".to_owned()), ("n", n)]
            }
            Self::Ed25519(pair) => {
                let x = URL_SAFE_NO_PAD.encode(pair.public_key());
                [("crv", "Ed25519".to_owned()), ("kty", "OKP".to_owned()), ("x", x)]
            }
        };
        members.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
    }

    fn signature_of(&self, input: &[u8]) -> Result<Vec<u8>, SignerError> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature)?;
                Ok(signature)
            }
            Self::Ed25519(pair) => Ok(pair.try_sign(input)?.as_ref().to_vec()),
        }
    }
}

/// The public halves as a JWK set (RFC 7517, section 5): what goes into `jwks.json`.
pub fn key_set<'a>(signers: impl IntoIterator<Item = &'a Signer>) -> Value {
    json!({ "keys": signers.into_iter().map(Signer::public_jwk).collect::<Vec<_>>() })
}
