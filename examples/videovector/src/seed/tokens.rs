//! Ready tokens of sessions: such as are accepted, and one for each way in which a token is not.

use std::time::{SystemTime, UNIX_EPOCH};

use example_keyring::jwt::{Signer, SignerError, SigningAlgorithm};
use serde_json::{Value, json};

use super::DemoCredential;
use crate::credentials::VERIFIED;
use crate::serve::Settings;

/// How long a demonstration lasts: thirty days.
const LONG: i64 = 30 * 24 * 60 * 60;

pub(super) fn all(
    rsa: &Signer,
    ed25519: &Signer,
    settings: &Settings,
) -> Result<Vec<DemoCredential>, SignerError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed());
    let claims = |changes: Value| {
        let mut claims = json!({
            "iss": settings.issuer, "aud": settings.audience, "sub": "ada", "workspace": "acme",
            "scope": "openid admin", "iat": now, "nbf": now, "exp": now + LONG,
        });
        for (claim, value) in changes.as_object().into_iter().flatten() {
            if let Some(claims) = claims.as_object_mut() {
                claims.insert(claim.clone(), value.clone());
            }
        }
        claims
    };
    let stranger = Signer::generate(SigningAlgorithm::EdDsa)?;
    let header = |algorithm: &str, kid: &str| json!({ "typ": "JWT", "alg": algorithm, "kid": kid });
    let tokens = [
        ("JWT_PLAIN", rsa.sign(&claims(json!({})))),
        ("JWT_PLAIN_EDDSA", ed25519.sign(&claims(json!({})))),
        ("JWT_VERIFIED", rsa.sign(&claims(json!({ "acr": VERIFIED, "auth_time": now })))),
        ("JWT_SEARCH", ed25519.sign(&claims(json!({ "sub": "grace", "scope": "openid search" })))),
        ("JWT_NO_SCOPE", ed25519.sign(&claims(json!({ "sub": "grace", "scope": "" })))),
        ("JWT_OTHER_WORKSPACE", rsa.sign(&claims(json!({ "sub": "lin", "workspace": "northwind" })))),
        ("JWT_NO_WORKSPACE", rsa.sign(&claims(json!({ "workspace": "nowhere" })))),
        ("JWT_EXPIRED", rsa.sign(&claims(json!({ "nbf": now - LONG, "exp": now - 1 })))),
        ("JWT_NOT_YET", rsa.sign(&claims(json!({ "nbf": now + LONG, "exp": now + 2 * LONG })))),
        ("JWT_WRONG_AUDIENCE", rsa.sign(&claims(json!({ "aud": "https://elsewhere.example" })))),
        ("JWT_WRONG_ISSUER", rsa.sign(&claims(json!({ "iss": "https://elsewhere.example" })))),
        ("JWT_UNKNOWN_KEY", stranger.sign(&claims(json!({})))),
        ("JWT_WRONG_KEY", stranger.sign_with_header(&header("EdDSA", ed25519.kid()), &claims(json!({})))),
        ("JWT_WRONG_ALGORITHM", rsa.sign_with_header(&header("RS512", rsa.kid()), &claims(json!({})))),
    ];
    let signed = tokens.into_iter().map(|(name, token)| Ok(DemoCredential { name, secret: token? }));
    let mut signed = signed.collect::<Result<Vec<_>, SignerError>>()?;
    signed.push(DemoCredential {
        name: "JWT_UNSIGNED",
        secret: unsigned(rsa, &header("none", rsa.kid()), &claims(json!({})))?,
    });
    Ok(signed)
}

/// A token whose header says that it needs no signature.
fn unsigned(signer: &Signer, header: &Value, claims: &Value) -> Result<String, SignerError> {
    let token = signer.sign_with_header(header, claims)?;
    let input = token.rsplit_once('.').map_or(token.as_str(), |(input, _)| input);
    Ok(format!("{input}."))
}
