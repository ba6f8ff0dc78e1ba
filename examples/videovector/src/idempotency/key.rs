//! The value of the header `Idempotency-Key`.

use actix_web::HttpRequest;
use aws_lc_rs::hmac;

use crate::error::{ApiError, ApiResult};

/// What a client calls one write. Chosen at random by a careful client, so it is used as a secret.
pub(crate) struct IdempotencyKey(pub(super) Vec<u8>);

impl IdempotencyKey {
    const NAME: &'static str = "idempotency-key";
    const LONGEST: usize = 255;

    /// The key of a request, if it has one.
    pub(crate) fn of(request: &HttpRequest) -> ApiResult<Option<Self>> {
        let mut values = request.headers().get_all(Self::NAME);
        let Some(value) = values.next() else { return Ok(None) };
        let text = value.to_str().map_err(|_| ApiError::IdempotencyKeyMalformed)?;
        match values.next() {
            None => Self::parse(text).map(Some),
            Some(_) => Err(ApiError::IdempotencyKeyMalformed),
        }
    }

    /// A string as RFC 8941, section 3.3.3, writes it, which is what the draft asks for, or the bare text, which is what
    /// most clients send. `"k"` and `k` are one key.
    pub(crate) fn parse(text: &str) -> ApiResult<Self> {
        let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let key = quoted.unwrap_or(text);
        let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        if (1..=Self::LONGEST).contains(&key.len()) && key.bytes().all(is_plain) {
            Ok(Self(key.as_bytes().to_vec()))
        } else {
            Err(ApiError::IdempotencyKeyMalformed)
        }
    }

    /// A digest of these parts that nobody can make, or recognise, without the key.
    pub(super) fn digest(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &self.0));
        for part in parts {
            // The length first, so that no two lists of parts run together to the same bytes.
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        }
        context.sign().as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::IdempotencyKey;

    #[test]
    fn a_key_is_1_to_255_visible_characters() {
        for good in ["k", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", &"k".repeat(255)] {
            assert!(IdempotencyKey::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "\"\"", "two words", "\"half", "ü", &"k".repeat(256)] {
            assert!(IdempotencyKey::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn quotes_are_not_part_of_it() {
        let [bare, quoted] = ["k", "\"k\""].map(|text| IdempotencyKey::parse(text).unwrap().digest(&[b"x"]));
        assert_eq!(bare, quoted);
    }
}
