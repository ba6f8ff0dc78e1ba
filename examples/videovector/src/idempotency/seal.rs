//! Answers are encrypted where they are stored: one of them may hold the secret of an API key, which is shown once and
//! kept nowhere. The key of the encryption comes from the idempotency key, which only the client has.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};

use super::IdempotencyKey;
use crate::error::{ApiError, ApiResult};

/// Nonce, ciphertext and tag of an answer.
pub(super) fn seal(key: &IdempotencyKey, subject: &str, mut answer: Vec<u8>) -> ApiResult<Vec<u8>> {
    let nonce = cipher(key, subject)?
        .seal_in_place_append_tag(Aad::empty(), &mut answer)
        .map_err(|_| ApiError::internal("an answer could not be sealed"))?;
    Ok([nonce.as_ref().as_slice(), &answer].concat())
}

/// The answer again.
pub(super) fn open(key: &IdempotencyKey, subject: &str, sealed: &[u8]) -> ApiResult<Vec<u8>> {
    let damaged = || ApiError::internal("a stored answer is damaged");
    let (nonce, mut rest) = sealed
        .split_first_chunk::<NONCE_LEN>()
        .map(|(nonce, rest)| (*nonce, rest.to_vec()))
        .ok_or_else(damaged)?;
    let opened = cipher(key, subject)?
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut rest)
        .map_err(|_| damaged())?;
    Ok(opened.to_vec())
}

/// One key for each pair of caller and idempotency key (RFC 5869).
fn cipher(key: &IdempotencyKey, subject: &str) -> ApiResult<RandomizedNonceKey> {
    let mut bytes = [0; 32];
    Salt::new(HKDF_SHA256, b"videovector idempotent answers")
        .extract(&key.0)
        .expand(&[subject.as_bytes()], &AES_256_GCM)
        .and_then(|derived| derived.fill(&mut bytes))
        .and_then(|()| RandomizedNonceKey::new(&AES_256_GCM, &bytes))
        .map_err(|_| ApiError::internal("no key could be derived"))
}
