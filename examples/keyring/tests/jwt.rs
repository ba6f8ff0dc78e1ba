//! Tokens that are accepted, and every way in which one is not.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails where it stands")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use example_keyring::jwt::{
    Claims, JwksError, Pace, RotatingVerifier, Signer, SigningAlgorithm, TokenError, Verifier, key_set,
};
use serde_json::{Value, json};

const ISSUER: &str = "https://login.example";
const AUDIENCE: &str = "https://api.example";

struct Ring {
    rsa: Signer,
    ed25519: Signer,
    verifier: Verifier,
}

fn ring() -> Ring {
    let rsa = Signer::generate(SigningAlgorithm::Rs256).unwrap();
    let ed25519 = Signer::generate(SigningAlgorithm::EdDsa).unwrap();
    let verifier = Verifier::from_text(&key_set([&rsa, &ed25519]).to_string(), ISSUER, AUDIENCE).unwrap();
    Ring { rsa, ed25519, verifier }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "scope": "read search",
        "nbf": now() - 5, "exp": now() + 60,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().insert(name.to_owned(), value);
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name).unwrap();
    claims
}

fn verify(verifier: &Verifier, token: &str) -> Result<Claims, TokenError> {
    verifier.verify(token)
}

#[test]
fn tokens_of_both_algorithms_are_accepted() {
    let ring = ring();
    for signer in [&ring.rsa, &ring.ed25519] {
        let claims = verify(&ring.verifier, &signer.sign(&claims()).unwrap()).unwrap();
        assert_eq!((claims.sub.as_str(), claims.scope), ("ada", json!("read search")));
        assert_eq!(claims.other.get("aud"), Some(&json!(AUDIENCE)));
    }
}

#[test]
fn a_token_for_several_audiences_is_accepted_if_we_are_one() {
    let ring = ring();
    let token = ring.rsa.sign(&with("aud", json!(["https://other.example", AUDIENCE]))).unwrap();
    assert!(verify(&ring.verifier, &token).is_ok());
}

#[test]
fn a_claim_that_is_not_in_order_refuses_the_token() {
    let ring = ring();
    let cases = [
        ("expired", with("exp", json!(now() - 1)), TokenError::Expired),
        ("expires now", with("exp", json!(now())), TokenError::Expired),
        ("never expires", without("exp"), TokenError::MissingClaim),
        ("expires at a word", with("exp", json!("tomorrow")), TokenError::MissingClaim),
        ("not valid yet", with("nbf", json!(now() + 30)), TokenError::NotYetValid),
        ("valid from a word on", with("nbf", json!("yesterday")), TokenError::Malformed),
        ("another issuer", with("iss", json!("https://evil.example")), TokenError::Issuer),
        ("two issuers", with("iss", json!([ISSUER, "https://evil.example"])), TokenError::Malformed),
        ("no issuer", without("iss"), TokenError::MissingClaim),
        ("another audience", with("aud", json!("https://other.example")), TokenError::Audience),
        (
            "an audience that begins like ours",
            with("aud", json!(format!("{AUDIENCE}.evil"))),
            TokenError::Audience,
        ),
        ("no audience in the list", with("aud", json!([])), TokenError::Audience),
        ("no audience", without("aud"), TokenError::MissingClaim),
        ("nobody", without("sub"), TokenError::MissingClaim),
    ];
    for (situation, claims, expected) in cases {
        for signer in [&ring.rsa, &ring.ed25519] {
            let token = signer.sign(&claims).unwrap();
            assert_eq!(verify(&ring.verifier, &token).unwrap_err(), expected, "{situation}");
        }
    }
}

#[test]
fn a_token_may_do_without_nbf() {
    let ring = ring();
    assert!(verify(&ring.verifier, &ring.ed25519.sign(&without("nbf")).unwrap()).is_ok());
}

#[test]
fn a_signature_counts_before_any_claim() {
    let ring = ring();
    let token = ring.rsa.sign(&with("exp", json!(1))).unwrap();
    let (input, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{input}.{}", URL_SAFE_NO_PAD.encode([7; 256]));
    assert_eq!(verify(&ring.verifier, &forged).unwrap_err(), TokenError::Signature);
}

#[test]
fn a_changed_claim_breaks_the_signature() {
    let ring = ring();
    for signer in [&ring.rsa, &ring.ed25519] {
        let token = signer.sign(&claims()).unwrap();
        let [header, _, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
        let claims = URL_SAFE_NO_PAD.encode(with("sub", json!("root")).to_string());
        let forged = format!("{header}.{claims}.{signature}");
        assert_eq!(verify(&ring.verifier, &forged).unwrap_err(), TokenError::Signature);
    }
}

#[test]
fn a_key_that_is_not_in_the_set_is_unknown() {
    let ring = ring();
    let stranger = Signer::generate(SigningAlgorithm::EdDsa).unwrap();
    let token = stranger.sign(&claims()).unwrap();
    assert_eq!(verify(&ring.verifier, &token).unwrap_err(), TokenError::UnknownKey);

    let in_our_name = json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": ring.ed25519.kid() });
    let token = stranger.sign_with_header(&in_our_name, &claims()).unwrap();
    assert_eq!(verify(&ring.verifier, &token).unwrap_err(), TokenError::Signature);
}

#[test]
fn a_token_that_names_no_key_is_refused_and_its_own_key_ignored() {
    let ring = ring();
    let stranger = Signer::generate(SigningAlgorithm::EdDsa).unwrap();
    let header = json!({ "alg": "EdDSA", "jwk": stranger.public_jwk(), "jku": "https://evil.example/jwks" });
    let token = stranger.sign_with_header(&header, &claims()).unwrap();
    assert_eq!(verify(&ring.verifier, &token).unwrap_err(), TokenError::UnknownKey);
}

/// RFC 8725, section 2.1: the public key taken as the secret of an HMAC, and no algorithm at all.
#[test]
fn an_algorithm_that_is_not_the_keys_is_refused() {
    let ring = ring();
    let modulus = URL_SAFE_NO_PAD.decode(ring.rsa.public_jwk().get("n").unwrap().as_str().unwrap()).unwrap();
    for (algorithm, family) in [("HS256", hmac::HMAC_SHA256), ("HS512", hmac::HMAC_SHA512)] {
        for secret in [modulus.clone(), ring.rsa.public_jwk().to_string().into_bytes()] {
            let header = json!({ "alg": algorithm, "kid": ring.rsa.kid() });
            let input = [header, claims()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
            let tag = hmac::sign(&hmac::Key::new(family, &secret), input.as_bytes());
            let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag));
            assert_eq!(verify(&ring.verifier, &token).unwrap_err(), TokenError::Algorithm);
        }
    }
    let other_of_its_family = json!({ "alg": "RS512", "kid": ring.rsa.kid() });
    let token = ring.rsa.sign_with_header(&other_of_its_family, &claims()).unwrap();
    assert_eq!(verify(&ring.verifier, &token).unwrap_err(), TokenError::Algorithm);
}

#[test]
fn an_unsigned_token_is_refused() {
    let ring = ring();
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let header = json!({ "alg": algorithm, "kid": ring.rsa.kid() });
        let input = [header, claims()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        for token in [format!("{input}."), input.clone(), format!("{input}.AAAA")] {
            assert!(verify(&ring.verifier, &token).is_err(), "{token}");
        }
    }
}

#[test]
fn critical_extensions_are_refused() {
    let ring = ring();
    let header = json!({ "alg": "EdDSA", "kid": ring.ed25519.kid(), "crit": ["b64"], "b64": true });
    let token = ring.ed25519.sign_with_header(&header, &claims()).unwrap();
    assert_eq!(verify(&ring.verifier, &token).unwrap_err(), TokenError::Critical);
}

#[test]
fn what_is_no_token_is_refused() {
    let ring = ring();
    for text in ["", ".", "..", "...", "a.b.c", "ünïcode", &"A".repeat(100_000), "eyJhbGciOiJSUzI1NiJ9"] {
        assert!(verify(&ring.verifier, text).is_err());
    }
}

#[test]
fn a_private_key_comes_back_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let ring = ring();
    for (signer, algorithm) in
        [(&ring.rsa, SigningAlgorithm::Rs256), (&ring.ed25519, SigningAlgorithm::EdDsa)]
    {
        let file = folder.path().join(signer.kid());
        signer.write_private_key(&file).unwrap();
        let read = Signer::read_private_key(&file, algorithm).unwrap();
        assert!(verify(&ring.verifier, &read.sign(&claims()).unwrap()).is_ok());
        assert!(signer.write_private_key(&file).is_err(), "a private key is never written over");
    }
}

/// The key and its thumbprint of RFC 8037, appendix A.3, as a set.
#[test]
fn a_set_may_be_written_by_others() {
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    assert!(Verifier::from_text(&json!({ "keys": [key] }).to_string(), ISSUER, AUDIENCE).is_ok());
}

#[test]
fn a_set_with_a_fault_is_refused_as_a_whole() {
    let good = Signer::generate(SigningAlgorithm::EdDsa).unwrap().public_jwk();
    let changed = |name: &str, value: Value| {
        let mut key = good.clone();
        key.as_object_mut().unwrap().insert(name.to_owned(), value);
        key
    };
    let read = |keys: &[Value]| Verifier::from_text(&json!({ "keys": keys }).to_string(), ISSUER, AUDIENCE);
    let mut nameless = good.clone();
    nameless.as_object_mut().unwrap().remove("kid");
    assert!(matches!(read(&[]), Err(JwksError::Empty)));
    assert!(matches!(read(&[good.clone(), nameless]), Err(JwksError::NoKeyId(1))));
    assert!(matches!(read(&[good.clone(), good.clone()]), Err(JwksError::Repeated(_))));
    let secret = json!({ "kty": "oct", "kid": "shared", "k": "c2VjcmV0" });
    for key in [
        secret,
        changed("alg", json!("RS256")),
        changed("alg", json!("HS256")),
        changed("use", json!("enc")),
        changed("key_ops", json!(["sign"])),
        changed("crv", json!("P-256")),
        changed("x", json!("not base64!")),
    ] {
        assert!(matches!(read(std::slice::from_ref(&key)).unwrap_err(), JwksError::Unusable { .. }), "{key}");
        assert!(read(&[good.clone(), key]).is_err());
    }
    assert!(matches!(Verifier::from_text("[]", ISSUER, AUDIENCE), Err(JwksError::Parse(_))));
}

/// RFC 9068, section 4: an ID token and a refresh token are signed by the same issuer with the same key.
#[test]
fn a_token_for_something_else_is_no_access_token() {
    let ring = ring();
    let typed = |typ: Value| {
        let header = json!({ "alg": "EdDSA", "kid": ring.ed25519.kid(), "typ": typ });
        verify(&ring.verifier, &ring.ed25519.sign_with_header(&header, &claims()).unwrap())
    };
    for typ in ["at+jwt", "AT+JWT", "application/at+jwt"] {
        assert!(typed(json!(typ)).is_ok(), "{typ}");
    }
    for typ in ["JWT", "jwt", "id+jwt", "refresh+jwt", "logout+jwt", "dpop+jwt", "", "at+jwt ", "text/at+jwt"]
    {
        assert_eq!(typed(json!(typ)).unwrap_err(), TokenError::Type, "{typ}");
    }
    let header = json!({ "alg": "EdDSA", "kid": ring.ed25519.kid() });
    let untyped = ring.ed25519.sign_with_header(&header, &claims()).unwrap();
    assert_eq!(verify(&ring.verifier, &untyped).unwrap_err(), TokenError::Type);
}

/// A file with a key set that an issuer changes.
struct Rotation {
    folder: tempfile::TempDir,
    old: Signer,
    new: Signer,
}

impl Rotation {
    fn begin() -> Self {
        let [old, new] = [(), ()].map(|()| Signer::generate(SigningAlgorithm::EdDsa).unwrap());
        let rotation = Self { folder: tempfile::tempdir().unwrap(), old, new };
        rotation.publish(&key_set([&rotation.old]).to_string());
        rotation
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("jwks.json")
    }

    fn publish(&self, set: &str) {
        std::fs::write(self.file(), set).unwrap();
    }

    fn open(&self, at_most_every: Duration, at_least_every: Duration) -> RotatingVerifier {
        let pace = Pace { at_most_every, at_least_every };
        RotatingVerifier::open(&self.file(), ISSUER, AUDIENCE, pace, |_| ()).unwrap()
    }
}

fn verdict(
    runtime: &tokio::runtime::Runtime,
    verifier: &RotatingVerifier,
    signer: &Signer,
) -> Option<TokenError> {
    runtime.block_on(verifier.verify::<Claims>(&signer.sign(&claims()).unwrap())).err()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

const NEVER: Duration = Duration::from_hours(1);

#[test]
fn a_key_that_is_new_is_read_when_a_token_names_it() {
    let (rotation, runtime) = (Rotation::begin(), runtime());
    let verifier = rotation.open(Duration::ZERO, NEVER);
    assert_eq!(verdict(&runtime, &verifier, &rotation.old), None);
    assert_eq!(verdict(&runtime, &verifier, &rotation.new), Some(TokenError::UnknownKey));
    rotation.publish(&key_set([&rotation.new]).to_string());
    assert_eq!(verdict(&runtime, &verifier, &rotation.new), None);
    assert_eq!(verdict(&runtime, &verifier, &rotation.old), Some(TokenError::UnknownKey), "it was given up");
}

#[test]
fn tokens_that_name_keys_nobody_has_do_not_make_it_read_again_and_again() {
    let (rotation, runtime) = (Rotation::begin(), runtime());
    let verifier = rotation.open(Duration::from_millis(300), NEVER);
    rotation.publish(&key_set([&rotation.new]).to_string());
    assert_eq!(
        verdict(&runtime, &verifier, &rotation.new),
        Some(TokenError::UnknownKey),
        "read a moment ago"
    );
    std::thread::sleep(Duration::from_millis(350));
    assert_eq!(verdict(&runtime, &verifier, &rotation.new), None);
}

#[test]
fn a_key_that_was_given_up_is_forgotten_after_a_while() {
    let (rotation, runtime) = (Rotation::begin(), runtime());
    let verifier = rotation.open(Duration::ZERO, Duration::from_millis(200));
    rotation.publish(&key_set([&rotation.new]).to_string());
    assert_eq!(verdict(&runtime, &verifier, &rotation.old), None);
    std::thread::sleep(Duration::from_millis(250));
    assert_eq!(verdict(&runtime, &verifier, &rotation.old), Some(TokenError::UnknownKey));
}

#[test]
fn a_set_that_cannot_be_read_leaves_the_keys_that_are_known() {
    let (rotation, runtime) = (Rotation::begin(), runtime());
    let verifier = rotation.open(Duration::ZERO, Duration::ZERO);
    for broken in ["", "{\"keys\":[", "{\"keys\":[]}"] {
        rotation.publish(broken);
        assert_eq!(verdict(&runtime, &verifier, &rotation.old), None, "{broken}");
    }
    std::fs::remove_file(rotation.file()).unwrap();
    assert_eq!(verdict(&runtime, &verifier, &rotation.old), None);
}
