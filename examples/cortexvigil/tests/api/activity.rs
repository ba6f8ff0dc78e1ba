//! Events and faces.

use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Service, ids};

/// The smallest thing that is recognised as a PNG, in base64.
pub const PICTURE: &str = "iVBORw0KGgo=";

#[test]
fn an_event_is_recorded_queried_acknowledged_and_annotated() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    let event = json!({
        "kind": "tailgating",
        "severity": "high",
        "summary": "Two people, one badge",
        "occurred_at": "2026-03-01T10:00:00+02:00",
        "metadata": { "badge": 17 },
        "detections": [
            { "label": "person", "confidence": 0.9, "x": 0.1, "y": 0.1, "width": 0.2, "height": 0.5 },
            { "label": "person", "confidence": 0.4, "x": 0.3, "y": 0.1, "width": 0.2, "height": 0.5 },
        ],
    });
    let event = client.post("/api/v1/events", &event).created();
    assert_eq!(event["occurred_at"], "2026-03-01T08:00:00.000Z");
    assert_eq!((&event["source"], &event["acknowledged_at"]), (&json!("manual"), &Value::Null));
    let id = event["id"].as_i64().unwrap();
    let path = format!("/api/v1/events/{id}");

    assert_eq!(client.get(&format!("{path}/metadata")).ok()["metadata"], json!({ "badge": 17 }));
    assert_eq!(ids(&client.get(&format!("{path}/detections")).ok()).len(), 2);
    assert_eq!(ids(&client.get("/api/v1/events/detections?minimum_confidence=0.5").ok()).len(), 1);
    assert_eq!(
        ids(&client.get("/api/v1/events?kind=tailgating&severity=high&acknowledged=false").ok()),
        [id]
    );
    assert_eq!(ids(&client.get("/api/v1/events?from=2026-03-01T08:00:01Z").ok()), [0; 0]);

    let seen = client.call("POST", &format!("{path}/acknowledge"), None).ok();
    assert_ne!(seen["acknowledged_by"], Value::Null);
    assert_eq!(client.call("POST", &format!("{path}/acknowledge"), None).ok(), seen);
    assert_eq!(client.get(&path).ok(), seen);

    client.post(&format!("{path}/annotations"), &json!({ "text": "a visitor" })).created();
    client.post(&format!("{path}/annotations"), &json!({ "text": "   " })).refused(422, "malformed_request");
    client.post("/api/v1/events/999/annotations", &json!({ "text": "?" })).refused(404, "not_found");
    assert_eq!(client.get(&format!("{path}/annotations")).ok()["items"][0]["text"], "a visitor");
}

#[test]
fn an_event_cannot_be_forged_or_point_nowhere() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    let forged = json!({ "kind": "motion", "source": "device" });
    client.post("/api/v1/events", &forged).refused(422, "malformed_request");
    client.post("/api/v1/events", &json!({ "kind": "Motion!" })).refused(422, "malformed_request");
    client
        .post("/api/v1/events", &json!({ "kind": "motion", "camera_id": 5 }))
        .refused(422, "unknown_reference");
    assert_eq!(ids(&client.get("/api/v1/events").ok()), [0; 0]);
}

#[test]
fn a_face_is_enrolled_renamed_and_forgotten() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    let new = json!({ "name": "Ada", "external_id": "s-1", "samples": [{ "image": PICTURE }] });
    let face = client.post("/api/v1/faces", &new).created();
    let path = format!("/api/v1/faces/{}", face["id"]);
    client.post("/api/v1/faces", &new).refused(409, "conflict");
    assert_eq!(ids(&client.get("/api/v1/faces?external_id=s-1").ok()).len(), 1);

    let enrolment = client.get(&format!("{path}/enrolment")).ok();
    assert_eq!(enrolment["samples"][0]["media_type"], "image/png");
    assert_eq!(enrolment["samples"][0]["bytes"], 8);
    assert_eq!(client.patch(&path, &json!({ "name": "Ada B." })).ok()["name"], "Ada B.");

    let event = json!({ "kind": "face_recognised", "face_id": face["id"] });
    let event = client.post("/api/v1/events", &event).created();
    client.delete(&path).expect(204);
    client.get(&path).refused(404, "not_found");
    client.get(&format!("{path}/enrolment")).refused(404, "not_found");
    assert_eq!(client.get(&format!("/api/v1/events/{}", event["id"])).ok()["face_id"], Value::Null);
}

#[test]
fn a_sample_is_a_picture() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    for samples in [json!([]), json!([{ "image": "not base64!" }]), json!([{ "image": "aGVsbG8=" }])] {
        client.post("/api/v1/faces", &json!({ "name": "Ada", "samples": samples })).refused(422, "invalid");
    }
}
