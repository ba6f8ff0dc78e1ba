//! The life of an API key: made, looked at, rotated, revoked, removed; by people only, and within their workspace.

use serde_json::json;

use crate::support::{issue, start, with_key, with_session};

const KEYS: &str = "/api/v2/api-keys";

#[test]
fn a_secret_is_shown_by_the_answer_that_made_it_and_never_again() {
    let service = start();
    let session = with_session(&service, "JWT_PLAIN");
    let wanted =
        json!({ "name": "Production search key", "scopes": ["read", "search"], "expires_in_days": 90 });
    let made = session.post(KEYS, &wanted);
    let key = made.expect(201);
    let (id, secret) = (key["id"].as_str().unwrap(), key["secret"].as_str().unwrap());
    assert_eq!(made.header("location"), [format!("{KEYS}/{id}")]);
    assert!(secret.starts_with("sk_live_") && secret.len() == "sk_live_".len() + 43);
    assert_eq!(key["scopes"], json!(["read", "search"]));

    for path in [KEYS.to_owned(), format!("{KEYS}/{id}")] {
        let text = session.get(&path).text();
        assert!(text.contains(id) && !text.contains(secret) && !text.contains("\"secret\""), "{text}");
    }
    for file in ["service.sqlite", "service.sqlite-wal"] {
        let bytes = std::fs::read(service.folder().join(file)).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{file}");
    }
}

#[test]
fn days_count_from_the_creation() {
    let service = start();
    let wanted = json!({ "name": "Short", "scopes": ["read"], "expires_in_days": 1 });
    let key = with_session(&service, "JWT_PLAIN").post(KEYS, &wanted).expect(201);
    let [created, expires] =
        ["created_at", "expires_at"].map(|field| key[field].as_str().unwrap().to_owned());
    let database = rusqlite::Connection::open(service.database()).unwrap();
    let days: f64 = database
        .query_row("SELECT julianday(?1) - julianday(?2)", [expires, created], |row| row.get(0))
        .unwrap();
    assert!((days - 1.0).abs() < 1e-4, "{days}");
}

#[test]
fn an_expired_key_is_not_a_key() {
    let service = start();
    assert_eq!(with_key(&service, "KEY_EXPIRED").get("/api/v2/indexes").status, 401);
    let (id, secret) = issue(&service, &["read"]);
    let client = service.client().with("X-API-Key", &secret);
    assert_eq!(client.get("/api/v2/indexes").status, 200);
    let database = rusqlite::Connection::open(service.database()).unwrap();
    database
        .execute(
            "UPDATE api_keys SET expires_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
            [&id],
        )
        .unwrap();
    assert_eq!(client.get("/api/v2/indexes").status, 401);
    let session = with_session(&service, "JWT_PLAIN");
    assert_eq!(session.get(&format!("{KEYS}/{id}")).expect(200)["state"], "expired");
    assert_eq!(session.post(&format!("{KEYS}/{id}/rotate"), &json!({})).status, 409);
}

#[test]
fn a_rotated_key_has_a_new_secret_and_the_old_one_is_done() {
    let service = start();
    let (id, old) = issue(&service, &["read"]);
    let rotated =
        with_session(&service, "JWT_PLAIN").post(&format!("{KEYS}/{id}/rotate"), &json!({})).expect(200);
    let new = rotated["secret"].as_str().unwrap();
    assert_ne!(new, old);
    assert_eq!((&rotated["id"], &rotated["scopes"]), (&json!(id), &json!(["read"])));
    assert!(rotated["rotated_at"].is_string());
    assert_eq!(service.client().with("X-API-Key", &old).get("/api/v2/indexes").status, 401);
    assert_eq!(service.client().with("X-API-Key", new).get("/api/v2/indexes").status, 200);
}

#[test]
fn a_revoked_key_opens_nothing_and_stays_visible() {
    let service = start();
    let session = with_session(&service, "JWT_PLAIN");
    let (id, secret) = issue(&service, &["admin"]);
    let revoked = session.post(&format!("{KEYS}/{id}/revoke"), &json!({})).expect(200);
    assert_eq!(revoked["state"], "revoked");
    assert_eq!(service.client().with("X-API-Key", &secret).get("/api/v2/indexes").status, 401);
    assert_eq!(session.get(&format!("{KEYS}/{id}")).expect(200), revoked);
    assert_eq!(session.post(&format!("{KEYS}/{id}/revoke"), &json!({})).expect(200), revoked);
    assert_eq!(session.post(&format!("{KEYS}/{id}/rotate"), &json!({})).status, 409);
}

#[test]
fn a_removed_key_is_gone() {
    let service = start();
    let session = with_session(&service, "JWT_PLAIN");
    let (id, secret) = issue(&service, &["admin"]);
    assert_eq!(session.delete(&format!("{KEYS}/{id}")).status, 204);
    assert_eq!(service.client().with("X-API-Key", &secret).get("/api/v2/indexes").status, 401);
    assert_eq!(session.get(&format!("{KEYS}/{id}")).status, 404);
    assert_eq!(session.delete(&format!("{KEYS}/{id}")).status, 404);
    assert!(!session.get(KEYS).text().contains(&id));
}

#[test]
fn no_key_manages_keys() {
    let service = start();
    let (id, _) = issue(&service, &["read"]);
    let key = with_key(&service, "KEY_ADMIN");
    let wanted = json!({ "name": "More", "scopes": ["read"] });
    let answers = [
        key.post(KEYS, &wanted),
        key.get(KEYS),
        key.get(&format!("{KEYS}/{id}")),
        key.post(&format!("{KEYS}/{id}/rotate"), &json!({})),
        key.post(&format!("{KEYS}/{id}/revoke"), &json!({})),
        key.delete(&format!("{KEYS}/{id}")),
    ];
    for answer in answers {
        assert_eq!(answer.expect(403)["error"], "credential_not_accepted");
    }
    assert_eq!(
        with_session(&service, "JWT_PLAIN").get(&format!("{KEYS}/{id}")).expect(200)["state"],
        "active"
    );
}

#[test]
fn nobody_hands_out_more_than_they_hold() {
    let service = start();
    let session = with_session(&service, "JWT_SEARCH");
    let excess = session.post(KEYS, &json!({ "name": "More", "scopes": ["search", "write"] }));
    assert_eq!(excess.expect(422)["error"], "scope_not_held");
    session.post(KEYS, &json!({ "name": "As much", "scopes": ["search"] })).expect(201);
    // The secret of another's key would open what the session cannot.
    let (id, _) = issue(&service, &["admin"]);
    assert_eq!(
        session.post(&format!("{KEYS}/{id}/rotate"), &json!({})).expect(422)["error"],
        "scope_not_held"
    );
    // `admin` implies the others.
    let all = json!({ "name": "All", "scopes": ["search", "read", "write", "admin"] });
    with_session(&service, "JWT_PLAIN").post(KEYS, &all).expect(201);
}

#[test]
fn keys_of_another_workspace_do_not_exist() {
    let service = start();
    let (id, _) = issue(&service, &["read"]);
    let stranger = with_session(&service, "JWT_OTHER_WORKSPACE");
    assert!(!stranger.get(KEYS).text().contains(&id));
    for answer in [
        stranger.get(&format!("{KEYS}/{id}")),
        stranger.post(&format!("{KEYS}/{id}/rotate"), &json!({})),
        stranger.post(&format!("{KEYS}/{id}/revoke"), &json!({})),
        stranger.delete(&format!("{KEYS}/{id}")),
    ] {
        assert_eq!(answer.expect(404)["error"], "not_found");
    }
}

#[test]
fn a_wish_that_makes_no_sense_is_refused() {
    let service = start();
    let session = with_session(&service, "JWT_PLAIN");
    for wish in [
        json!({ "name": "", "scopes": ["read"] }),
        json!({ "name": "None", "scopes": [] }),
        json!({ "name": "Unknown", "scopes": ["teleport"] }),
        json!({ "name": "Never", "scopes": ["read"], "expires_in_days": 0 }),
        json!({ "name": "Forever", "scopes": ["read"], "expires_in_days": 4_000_000_000_u32 }),
        json!({ "name": "More", "scopes": ["read"], "owner": "northwind" }),
    ] {
        assert_eq!(session.post(KEYS, &wish).expect(422)["error"], "invalid", "{wish}");
    }
}
