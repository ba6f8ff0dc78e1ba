//! Secrets: made from the system's random source, kept only as a digest.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

/// How many characters after the prefix a hint shows: 24 of the 256 bits.
const SHOWN: usize = 4;

/// The system's random source failed.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source failed: {0}")]
pub struct RandomSourceError(String);

/// A secret as a client presents it: a prefix and 256 random bits. Never stored.
///
/// ```
/// let secret = example_keyring::Secret::random("sk_live_")?;
/// let (hint, digest) = (secret.hint(), secret.digest());
/// let text = secret.reveal();
/// assert!(text.starts_with("sk_live_") && hint.starts_with("sk_live_"));
/// assert!(digest.matches(&example_keyring::Digest::of(&text)));
/// # Ok::<(), example_keyring::RandomSourceError>(())
/// ```
pub struct Secret {
    text: String,
    prefix: usize,
}

impl Secret {
    /// 256 bits nobody else knows, after a prefix that says what the secret is for.
    ///
    /// # Errors
    ///
    /// When the system has no random bits to give.
    pub fn random(prefix: &str) -> Result<Self, RandomSourceError> {
        let random = URL_SAFE_NO_PAD.encode(random_bytes::<32>()?);
        Ok(Self { text: format!("{prefix}{random}"), prefix: prefix.len() })
    }

    /// What may be shown later on, to tell one key from another: the prefix and 24 of the 256 bits.
    pub fn hint(&self) -> String {
        self.text.chars().take(self.prefix + SHOWN).chain("…".chars()).collect()
    }

    /// What is stored.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.text)
    }

    /// The text, to be shown once.
    pub fn reveal(self) -> String {
        self.text
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({})", self.hint())
    }
}

/// SHA-256 of a secret.
///
/// A secret is 256 random bits, so a plain hash can be neither guessed nor looked up in a table of common secrets.
#[derive(Clone, Debug)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of what a client presented.
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// The 32 bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Compares without telling by its duration how much agreed.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// SHA-256 of what is no secret, such as a file, in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Random bytes in base 16: a name, not a secret.
pub(crate) fn random_hex<const BYTES: usize>() -> Result<String, RandomSourceError> {
    Ok(hex(&random_bytes::<BYTES>()?))
}

fn hex(bytes: &[u8]) -> String {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).collect()
}

fn random_bytes<const BYTES: usize>() -> Result<[u8; BYTES], RandomSourceError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| RandomSourceError(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Digest, Secret, sha256_hex};

    #[test]
    fn a_secret_is_its_prefix_and_43_characters_of_base64url() {
        let text = Secret::random("sk_live_").unwrap().reveal();
        let random = text.strip_prefix("sk_live_").unwrap();
        assert_eq!(random.len(), 43);
        assert!(random.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }

    #[test]
    fn two_secrets_differ_and_so_do_their_digests() {
        let [one, other] = [Secret::random("x_").unwrap(), Secret::random("x_").unwrap()];
        assert!(!one.digest().matches(&other.digest()));
        assert_ne!(one.reveal(), other.reveal());
    }

    /// The test vector of FIPS 180-2, appendix B.1.
    #[test]
    fn a_digest_is_sha_256() {
        let start = [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea];
        assert!(Digest::of("abc").as_bytes().starts_with(&start));
        assert!(sha256_hex(b"abc").starts_with("ba7816bf8f01cfea"));
    }

    #[test]
    fn neither_hint_nor_debug_output_shows_the_secret() {
        let secret = Secret::random("sk_live_").unwrap();
        let (hint, debug) = (secret.hint(), format!("{secret:?}"));
        let text = secret.reveal();
        assert_eq!(hint.chars().count(), "sk_live_".len() + 5);
        assert!(!hint.contains(&text) && !debug.contains(&text));
    }
}
