//! From faces at a gate to records and daily summaries.

use serde_json::{Value, json};

use crate::activity::PICTURE;
use crate::support::{ALL_SCOPES, Service, ids};

#[test]
fn faces_at_entry_and_exit_become_a_record_and_a_summary() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let area =
        client.post("/api/v1/areas", &json!({ "site_id": site, "name": "Gate" })).created()["id"].clone();
    let slots = json!([{ "name": "Day", "starts_at": "08:00", "ends_at": "16:00" }]);
    let config = json!({ "enabled": true, "grace_minutes": 10, "slots": slots });
    client.put(&format!("/api/v1/areas/{area}/attendance-config"), &config).ok();
    let camera = |direction: &str| {
        let camera = json!({ "site_id": site, "area_id": area, "name": direction, "direction": direction });
        client.post("/api/v1/cameras", &camera).created()["id"].clone()
    };
    let (entry, exit) = (camera("entry"), camera("exit"));
    let face = json!({ "name": "Ada", "samples": [{ "image": PICTURE }] });
    let face = client.post("/api/v1/faces", &face).created()["id"].clone();
    let pass = |camera: &Value, at: &str| {
        let event =
            json!({ "kind": "face_recognised", "camera_id": camera, "face_id": face, "occurred_at": at });
        client.post("/api/v1/events", &event).created();
    };
    pass(&entry, "2026-03-02T08:05:00Z");
    pass(&exit, "2026-03-02T12:05:00Z");
    pass(&entry, "2026-03-02T13:00:00Z");
    pass(&entry, "2026-03-03T08:11:00Z");

    assert_eq!(ids(&client.get("/api/v1/attendance/punches?direction=entry").ok()).len(), 3);
    assert_eq!(client.get("/api/v1/attendance/slots").ok()["items"][0]["name"], "Day");

    let first = &client.get("/api/v1/attendance/records?to=2026-03-02").ok()["items"][1];
    assert_eq!(first["seconds_present"], 4 * 60 * 60);
    assert_eq!((&first["late"], &first["left_at"]), (&json!(false), &json!("2026-03-02T12:05:00.000Z")));
    let late = client.get("/api/v1/attendance/records?late=true&from=2026-03-03").ok();
    assert_eq!(late["items"][0]["left_at"], Value::Null);
    assert_eq!(client.get(&format!("/api/v1/attendance/records/{}", first["id"])).ok(), *first);

    let days = client.get("/api/v1/attendance/daily-summaries").ok();
    assert_eq!(days["items"].as_array().unwrap().len(), 2);
    assert_eq!((&days["items"][1]["date"], &days["items"][1]["stays"]), (&json!("2026-03-02"), &json!(2)));
    client.get("/api/v1/attendance/daily-summaries?from=monday").refused(400, "malformed_request");
}

#[test]
fn an_area_that_keeps_no_attendance_has_no_punches() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let area =
        client.post("/api/v1/areas", &json!({ "site_id": site, "name": "Gate" })).created()["id"].clone();
    let camera = json!({ "site_id": site, "area_id": area, "name": "In", "direction": "entry" });
    let camera = client.post("/api/v1/cameras", &camera).created()["id"].clone();
    let face = json!({ "name": "Ada", "samples": [{ "image": PICTURE }] });
    let face = client.post("/api/v1/faces", &face).created()["id"].clone();
    let event = json!({ "kind": "face_recognised", "camera_id": camera, "face_id": face });
    assert_eq!(client.post("/api/v1/events", &event).created()["area_id"], area);
    assert_eq!(ids(&client.get("/api/v1/attendance/punches").ok()), [0; 0]);
}
