//! Recordings, clips, retention: on the demonstration's data, since no request records.

use cortexvigil::seed;
use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Client, Service, ids};

/// A client with every scope, on the demonstration's data.
pub fn demo(service: &Service) -> Client {
    let keys = seed(&service.database, &service.media).unwrap();
    service.with_key(&keys.iter().find(|key| key.variable == "KEY_FACILITY_BOT").unwrap().secret)
}

#[test]
fn a_recording_is_downloaded_byte_for_byte() {
    let service = Service::start();
    let client = demo(&service);
    let recording = client.get("/api/v1/recordings?limit=1").ok()["items"][0].clone();
    let path = format!("/api/v1/recordings/{}", recording["id"]);
    assert_eq!(client.get(&path).ok(), recording);
    let download = client.get(&format!("{path}/download"));
    download.expect(200);
    assert_eq!(download.content_type, "video/x-yuv4mpeg");
    assert_eq!(json!(download.bytes.len()), recording["bytes"]);
    assert_eq!(recording["file"], Value::Null);
}

#[test]
fn a_clip_is_queued_cut_and_downloaded() {
    let service = Service::start();
    let client = demo(&service);
    let recording = client.get("/api/v1/recordings?limit=1").ok()["items"][0].clone();
    let span =
        |from: &str, to: &str| json!({ "recording_id": recording["id"], "starts_at": from, "ends_at": to });
    let (start, end) = (recording["starts_at"].as_str().unwrap(), recording["ends_at"].as_str().unwrap());
    client.post("/api/v1/recordings/clips", &span(end, start)).refused(422, "invalid");
    client.post("/api/v1/recordings/clips", &span(start, "2999-01-01T00:00:00Z")).refused(422, "invalid");

    let answer = client.post("/api/v1/recordings/clips", &span(start, end));
    answer.expect(202);
    let id = answer.json()["id"].as_i64().unwrap();
    let path = format!("/api/v1/recordings/clips/{id}");
    let clip = client.wait_for(&path, |clip| clip["status"] != "queued");
    assert_eq!(clip["status"], "done", "{clip}");
    let download = client.get(&format!("{path}/download"));
    assert_eq!(json!(download.bytes.len()), clip["bytes"]);
    assert!(download.bytes.starts_with(b"YUV4MPEG2 "));
    assert_eq!(ids(&client.get("/api/v1/recordings/clips?status=done").ok()), [id]);
}

#[test]
fn a_clip_that_cannot_be_cut_has_failed() {
    let service = Service::start();
    let client = demo(&service);
    let recording = client.get("/api/v1/recordings?limit=1").ok()["items"][0].clone();
    service.sql("UPDATE recordings SET file = 'recordings/lost.y4m'");
    let span = json!({
        "recording_id": recording["id"],
        "starts_at": recording["starts_at"],
        "ends_at": recording["ends_at"],
    });
    let path =
        format!("/api/v1/recordings/clips/{}", client.post("/api/v1/recordings/clips", &span).json()["id"]);
    let clip = client.wait_for(&path, |clip| clip["status"] != "queued");
    assert_eq!((&clip["status"], &clip["bytes"]), (&json!("failed"), &Value::Null));
    client.get(&format!("{path}/download")).refused(409, "conflict");
}

#[test]
fn retention_is_overridden_and_restored() {
    let service = Service::start();
    let client = demo(&service);
    let id = ids(&client.get("/api/v1/recordings").ok())[0];
    let path = format!("/api/v1/recordings/{id}/retention");
    assert_eq!(client.get(&path).ok()["override"], Value::Null);
    client.delete(&path).refused(404, "not_found");
    let evidence = json!({ "keep_until": "2031-01-01T00:00:00Z", "reason": "police enquiry" });
    let kept = client.put(&path, &evidence).ok();
    assert_eq!(kept["override"]["keep_until"], "2031-01-01T00:00:00.000Z");
    assert_eq!(client.get(&path).ok(), kept);
    client.delete(&path).expect(204);
    assert_eq!(client.get(&path).ok()["override"], Value::Null);
    client.put("/api/v1/recordings/999/retention", &evidence).refused(404, "not_found");
}

#[test]
fn the_demonstration_shows_every_resource_and_is_made_once() {
    let service = Service::start();
    let client = demo(&service);
    for list in [
        "cameras",
        "events",
        "faces",
        "areas",
        "sites",
        "attendance/records",
        "attendance/daily-summaries",
        "zones",
        "recordings",
        "sensors",
        "sensors/readings/latest",
        "alerts",
        "alerts/rules",
    ] {
        let found = client.get(&format!("/api/v1/{list}")).ok();
        assert!(!ids(&found).is_empty(), "{list}");
    }
    assert!(seed(&service.database, &service.media).is_err());
    let stranger = service.app(&ALL_SCOPES);
    assert_eq!(ids(&stranger.get("/api/v1/recordings").ok()), [0; 0]);
}
