//! Alert rules, alerts, deliveries.

use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Service, ids};

fn rule() -> Value {
    json!({
        "name": "Intrusion", "event_kind": "intrusion", "minimum_severity": "medium",
        "channel": "email", "target": "guard@example.com",
    })
}

#[test]
fn a_rule_turns_an_event_into_an_alert_and_a_message() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    client.post("/api/v1/alerts/rules", &rule()).created();
    for (kind, severity) in [("intrusion", "low"), ("motion", "critical"), ("intrusion", "high")] {
        client.post("/api/v1/events", &json!({ "kind": kind, "severity": severity })).created();
    }
    let alerts = client.get("/api/v1/alerts?status=open").ok();
    assert_eq!(ids(&alerts).len(), 1);
    assert_eq!(alerts["items"][0]["severity"], "high");

    let path = format!("/api/v1/alerts/{}/deliveries", ids(&alerts)[0]);
    let history = client.wait_for(&path, |history| history["items"][0]["status"] == "done");
    let message = service.file(&format!("outbox/{}.json", ids(&history)[0]));
    let message: Value = serde_json::from_slice(&message).unwrap();
    assert_eq!((&message["target"], &message["title"]), (&json!("guard@example.com"), &json!("Intrusion")));
}

#[test]
fn an_alert_is_raised_seen_and_resolved() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    let alert = client.post("/api/v1/alerts", &json!({ "title": "Fire drill", "severity": "low" })).created();
    assert_eq!(alert["status"], "open");
    let path = format!("/api/v1/alerts/{}", alert["id"]);
    assert_eq!(ids(&client.get(&format!("{path}/deliveries")).ok()), [0; 0]);
    assert_eq!(client.call("POST", &format!("{path}/acknowledge"), None).ok()["status"], "acknowledged");
    let resolved = client.post(&format!("{path}/resolve"), &json!({ "resolution": "all out in time" })).ok();
    assert_eq!(resolved["status"], "resolved");
    assert_eq!(client.get(&path).ok(), resolved);
    client.post(&format!("{path}/resolve"), &json!({ "resolution": "again" })).refused(409, "conflict");
    client.call("POST", &format!("{path}/acknowledge"), None).refused(409, "conflict");
}

#[test]
fn rules_are_kept_changed_and_deleted() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    let id = client.post("/api/v1/alerts/rules", &rule()).created()["id"].as_i64().unwrap();
    let path = format!("/api/v1/alerts/rules/{id}");
    assert_eq!(client.patch(&path, &json!({ "enabled": false })).ok()["enabled"], false);
    assert_eq!(ids(&client.get("/api/v1/alerts/rules?enabled=false").ok()), [id]);
    client.post("/api/v1/events", &json!({ "kind": "intrusion", "severity": "high" })).created();
    assert_eq!(ids(&client.get("/api/v1/alerts").ok()), [0; 0]);

    let alert = json!({ "title": "By hand", "severity": "low", "rule_id": id });
    let alert = client.post("/api/v1/alerts", &alert).created();
    client.delete(&path).expect(204);
    client.get(&path).refused(404, "not_found");
    assert_eq!(client.get(&format!("/api/v1/alerts/{}", alert["id"])).ok()["rule_id"], Value::Null);
}
