//! What only the operator may do.

use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Service, ids};

const APPS: &str = "/api/v1/admin/external-apps";

#[test]
fn an_app_its_keys_and_its_scopes() {
    let service = Service::start();
    let operator = service.operator();
    let app =
        json!({ "organisation": "Acme", "name": "Dashboard", "scopes": ["read:events", "read:cameras"] });
    let app = operator.post(APPS, &app).created();
    assert_eq!(app["scopes"], json!(["read:cameras", "read:events"]));
    let path = format!("{APPS}/{}", app["id"]);

    let key = operator
        .post(&format!("{path}/keys"), &json!({ "label": "wall", "scopes": ["read:events"] }))
        .created();
    let secret = key["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("cv_") && secret.len() == 46, "{secret}");
    let too_much = json!({ "label": "x", "scopes": ["write:faces"] });
    operator.post(&format!("{path}/keys"), &too_much).refused(422, "invalid");
    let seen = operator.get(&path);
    assert!(!String::from_utf8_lossy(&seen.bytes).contains(&secret));
    assert_eq!(seen.ok()["keys"][0]["scopes"], json!(["read:events"]));

    let me = service.with_key(&secret).get("/api/v1/auth/me").ok();
    assert_eq!((&me["app_name"], &me["app_id"]), (&json!("Dashboard"), &app["id"]));
    assert_eq!(me["scopes"], json!(["read:events"]));

    let more = json!({ "additional_scopes": ["read:areas"] });
    let rotated = operator.post(&format!("{path}/keys/{}/rotate", key["id"]), &more).ok();
    service.with_key(&secret).get("/api/v1/auth/me").expect(401);
    let renewed = service.with_key(rotated["secret"].as_str().unwrap());
    assert_eq!(renewed.get("/api/v1/auth/me").ok()["scopes"], json!(["read:areas", "read:events"]));

    let fewer =
        operator.put(&format!("{path}/scopes"), &json!({ "scopes": ["read:areas", "read:sites"] })).ok();
    assert_eq!(fewer["scopes"], json!(["read:areas", "read:sites"]));
    assert_eq!(renewed.get("/api/v1/auth/me").ok()["scopes"], json!(["read:areas"]));

    operator.delete(&format!("{path}/keys/{}", key["id"])).expect(204);
    renewed.get("/api/v1/auth/me").expect(401);
    assert_ne!(operator.get(&path).ok()["keys"][0]["revoked_at"], Value::Null);
    operator.post(&format!("{path}/keys/{}/rotate", key["id"]), &json!({})).refused(404, "not_found");

    operator.delete(&path).expect(204);
    operator.get(&path).refused(404, "not_found");
    assert_eq!(ids(&operator.get(APPS).ok()), [0; 0]);
}

#[test]
fn no_secret_is_stored() {
    let service = Service::start();
    let operator = service.operator();
    let app = operator.post(APPS, &json!({ "organisation": "Acme", "name": "A" })).created();
    let key = operator.post(&format!("{APPS}/{}/keys", app["id"]), &json!({ "label": "k" })).created();
    let secret = key["secret"].as_str().unwrap();
    service.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let stored = service.database_file();
    assert!(!stored.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()));
}

#[test]
fn nobody_else_administers() {
    let service = Service::start();
    let with_token = |token| service.anonymous().with("Authorization", token);
    let clients = [
        (service.app(&ALL_SCOPES), 403),
        (service.anonymous(), 401),
        (service.with_key("cv_unknown"), 401),
        (with_token("Bearer wrong"), 401),
        (with_token("Bearer "), 401),
        (with_token("Basic abc"), 401),
    ];
    for (client, status) in clients {
        client.get(APPS).expect(status);
        let app = json!({ "organisation": "Acme", "name": "Mine", "scopes": *ALL_SCOPES });
        client.post(APPS, &app).expect(status);
    }
}

#[test]
fn the_operator_acts_for_the_organisation_it_names() {
    let service = Service::start();
    let site = service.site();
    let operator = service.operator();
    let me = operator.get("/api/v1/auth/me").ok();
    let said = |member: &str| me[member].clone();
    assert_eq!(["app_id", "app_name", "key_id", "subject"].map(said), [const { Value::Null }; 4]);
    assert_eq!((said("mode"), said("scopes")), (json!("operator"), json!([])));
    let may_call = |path: &str| said("operations").as_array().unwrap().iter().any(|it| it["path"] == path);
    assert!(may_call("/api/v1/admin/sites") && may_call("/api/v1/sites"), "{me}");
    operator.get("/api/v1/sites").refused(422, "invalid");
    let sites = |organisation| operator.with("X-Organisation", organisation).get("/api/v1/sites");
    assert_eq!(ids(&sites("Acme").ok()), [site]);
    sites("Nobody").refused(404, "not_found");
}

#[test]
fn a_scope_the_policy_does_not_have_is_not_granted() {
    let service = Service::start();
    let app = json!({ "organisation": "Acme", "name": "A", "scopes": ["read:camera"] });
    service.operator().post(APPS, &app).refused(422, "malformed_request");
}
