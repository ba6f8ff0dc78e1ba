//! Sessions: what is checked about a token, and that all of it is checked before a scope is.

use std::thread;
use std::time::{Duration, Instant};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use example_keyring::jwt::{Signer, SigningAlgorithm};
use example_testkit::Service;
use serde_json::{Value, json};

use crate::support::{claims, now, signers, start, with_session};

#[track_caller]
fn assert_no_credential(service: &Service, token: &str) {
    let client = service.client().bearer(token);
    for path in ["/api/v2/indexes", "/api/v2/api-keys", "/api/v2/mcp/config"] {
        let answer = client.get(path);
        assert_eq!(answer.expect(401), json!({ "error": "unauthenticated" }), "{path}");
        let challenge = answer.header("www-authenticate").concat();
        assert!(
            challenge.starts_with("Bearer ") && challenge.contains("error=\"invalid_token\""),
            "{challenge}"
        );
    }
    assert_eq!(client.delete("/api/v2/prompts/prm_1").status, 401);
}

#[test]
fn tokens_of_both_algorithms_are_accepted() {
    let service = start();
    for signer in signers(&service) {
        let client = service.client().bearer(&signer.sign(&claims(&json!({}))).unwrap());
        client.get("/api/v2/indexes").expect(200);
        client.get("/api/v2/api-keys").expect(200);
    }
}

#[test]
fn a_token_that_is_not_in_order_is_no_credential_whatever_its_scopes() {
    let service = start();
    for signer in signers(&service) {
        for change in [
            json!({ "exp": now() - 1 }),
            json!({ "exp": null }),
            json!({ "nbf": now() + 60 }),
            json!({ "aud": "https://elsewhere.example" }),
            json!({ "aud": null }),
            json!({ "iss": "https://elsewhere.example" }),
            json!({ "iss": null }),
            json!({ "sub": null }),
            json!({ "workspace": null }),
            json!({ "workspace": "nowhere" }),
        ] {
            for scope in ["admin", "search", ""] {
                let mut claims = claims(&change);
                claims["scope"] = scope.into();
                assert_no_credential(&service, &signer.sign(&claims).unwrap());
            }
        }
    }
}

#[test]
fn a_key_the_service_does_not_know_is_no_credential() {
    let service = start();
    let [_, ours] = signers(&service);
    let stranger = Signer::generate(SigningAlgorithm::EdDsa).unwrap();
    assert_no_credential(&service, &stranger.sign(&claims(&json!({}))).unwrap());
    for header in [
        json!({ "alg": "EdDSA", "kid": ours.kid() }),
        json!({ "alg": "EdDSA" }),
        json!({ "alg": "EdDSA", "kid": stranger.kid(), "jwk": stranger.public_jwk() }),
    ] {
        assert_no_credential(&service, &stranger.sign_with_header(&header, &claims(&json!({}))).unwrap());
    }
}

/// RFC 8725, section 2.1.
#[test]
fn an_algorithm_that_is_not_the_keys_is_no_credential() {
    let service = start();
    let [rsa, _] = signers(&service);
    let unsigned = |algorithm: &str| {
        let header = json!({ "alg": algorithm, "kid": rsa.kid() });
        [header, claims(&json!({}))].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".")
    };
    for algorithm in ["none", "None", "NONE"] {
        assert_no_credential(&service, &format!("{}.", unsigned(algorithm)));
    }
    let modulus = URL_SAFE_NO_PAD.decode(rsa.public_jwk()["n"].as_str().unwrap()).unwrap();
    let set = std::fs::read(service.folder().join("service.jwks.json")).unwrap();
    for secret in [modulus, set, rsa.public_jwk().to_string().into_bytes()] {
        let input = unsigned("HS256");
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), input.as_bytes());
        assert_no_credential(&service, &format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag)));
    }
}

#[test]
fn the_scopes_of_a_session_are_enforced() {
    let service = start();
    let [rsa, _] = signers(&service);
    let with_scope =
        |scope: Value| service.client().bearer(&rsa.sign(&claims(&json!({ "scope": scope }))).unwrap());
    let search = with_scope(json!("openid search"));
    search.post("/api/v2/search/segments", &json!({ "query": "station" })).expect(200);
    let denied = search.get("/api/v2/indexes");
    assert_eq!(
        denied.expect(403),
        json!({ "error": "insufficient_scope", "required": ["read"], "granted": ["search"] })
    );
    let challenge = denied.header("www-authenticate").concat();
    assert!(
        challenge.contains("error=\"insufficient_scope\"") && challenge.contains("scope=\"read\""),
        "{challenge}"
    );
    with_scope(json!("read")).get("/api/v2/indexes").expect(200);
    for nothing in [json!(""), json!("openid"), Value::Null] {
        assert_eq!(with_scope(nothing).get("/api/v2/indexes").status, 403);
    }
    assert_eq!(with_scope(json!(["read"])).get("/api/v2/indexes").status, 401, "a form that was not agreed");
}

#[test]
fn the_mcp_configuration_asks_for_a_verified_session() {
    let service = start();
    let config = with_session(&service, "JWT_VERIFIED").get("/api/v2/mcp/config").expect(200);
    assert_eq!(config["mcpServers"]["videovector"]["url"], format!("{}/mcp", service.base()));
    assert_eq!(config["workspace"], "acme");

    let plain = with_session(&service, "JWT_PLAIN").get("/api/v2/mcp/config");
    assert_eq!(plain.expect(401), json!({ "error": "insufficient_user_authentication" }));
    let challenge = plain.header("www-authenticate").concat();
    // RFC 9470, section 3.
    assert!(challenge.starts_with("Bearer "), "{challenge}");
    assert!(challenge.contains("error=\"insufficient_user_authentication\""), "{challenge}");
    assert!(challenge.contains("acr_values=\"verified\""), "{challenge}");

    let key = service.client().with("X-API-Key", service.variable("KEY_ADMIN")).get("/api/v2/mcp/config");
    assert_eq!(key.expect(403)["error"], "credential_not_accepted");
}

#[test]
fn a_verified_session_may_do_what_a_session_may() {
    let service = start();
    let verified = with_session(&service, "JWT_VERIFIED");
    verified.get("/api/v2/indexes").expect(200);
    verified.get("/api/v2/api-keys").expect(200);
}

#[test]
fn a_session_and_a_key_together_are_refused() {
    let service = start();
    let both = with_session(&service, "JWT_PLAIN").with("X-API-Key", service.variable("KEY_ADMIN"));
    assert_eq!(both.get("/api/v2/indexes").status, 400);
}

/// An ID token is signed by the same issuer with the same key, and may even be for the same audience.
#[test]
fn a_token_that_is_no_access_token_is_no_credential() {
    let service = start();
    for signer in signers(&service) {
        for typ in [json!("JWT"), json!("id+jwt"), json!("refresh+jwt"), json!("")] {
            let algorithm = signer.public_jwk()["alg"].clone();
            let header = json!({ "typ": typ, "alg": algorithm, "kid": signer.kid() });
            assert_no_credential(&service, &signer.sign_with_header(&header, &claims(&json!({}))).unwrap());
        }
    }
}

#[test]
fn a_key_that_the_issuer_adds_is_known_without_a_restart() {
    let service = start();
    let next = Signer::generate(SigningAlgorithm::EdDsa).unwrap();
    let client = service.client().bearer(&next.sign(&claims(&json!({}))).unwrap());
    assert_eq!(client.get("/api/v2/indexes").status, 401);
    let file = service.folder().join("service.jwks.json");
    let mut set: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    set["keys"].as_array_mut().unwrap().push(next.public_jwk());
    std::fs::write(&file, set.to_string()).unwrap();
    let begun = Instant::now();
    while client.get("/api/v2/indexes").status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(15), "the key is not known");
        thread::sleep(Duration::from_millis(100));
    }
}
