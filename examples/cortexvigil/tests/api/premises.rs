//! Life cycles of what stands on a site: sites, areas, zones, cameras, sensors.

use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Client, Service, ids};

fn area(client: &Client, site: i64, name: &str) -> i64 {
    client.post("/api/v1/areas", &json!({ "site_id": site, "name": name })).created()["id"].as_i64().unwrap()
}

#[test]
fn sites_are_those_of_the_keys_organisation() {
    let service = Service::start();
    let site = service.site();
    let acme = service.app(&ALL_SCOPES);
    assert_eq!(ids(&acme.get("/api/v1/sites").ok()), [site]);
    assert_eq!(ids(&acme.get("/api/v1/sites?name=pla").ok()), [site]);
    assert_eq!(acme.get(&format!("/api/v1/sites/{site}")).ok()["name"], "Plant");

    let stranger = service.app_of("Other", &ALL_SCOPES);
    assert_eq!(ids(&stranger.get("/api/v1/sites").ok()), [0; 0]);
    stranger.get(&format!("/api/v1/sites/{site}")).refused(404, "not_found");
}

#[test]
fn a_camera_from_creation_to_deletion() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let area = area(&client, site, "Gate");

    let new = json!({ "site_id": site, "area_id": area, "name": " Gate in ", "direction": "entry" });
    let camera = client.post("/api/v1/cameras", &new).created();
    assert_eq!(camera["name"], "Gate in");
    assert_eq!((&camera["enabled"], &camera["paired"]), (&json!(true), &json!(false)));
    let path = format!("/api/v1/cameras/{}", camera["id"]);
    assert_eq!(client.get(&path).ok(), camera);
    client.post("/api/v1/cameras", &new).refused(409, "conflict");

    let changed = client.patch(&path, &json!({ "area_id": null, "enabled": false })).ok();
    assert_eq!((&changed["area_id"], &changed["enabled"]), (&Value::Null, &json!(false)));
    assert_eq!(changed["name"], "Gate in");
    assert_eq!(ids(&client.get("/api/v1/cameras?enabled=true").ok()), [0; 0]);
    assert_eq!(client.patch(&path, &json!({})).ok(), changed);

    client.delete(&path).expect(204);
    client.get(&path).refused(404, "not_found");
    client.delete(&path).refused(404, "not_found");
}

#[test]
fn a_camera_is_paired_once_and_unpaired_once() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let camera = client.post("/api/v1/cameras", &json!({ "site_id": site, "name": "Yard" })).created();
    let path = format!("/api/v1/cameras/{}", camera["id"]);
    assert_eq!(client.get(&format!("{path}/pair-status")).ok()["paired"], false);
    assert_eq!(client.get(&format!("{path}/capabilities")).ok()["capabilities"], Value::Null);

    let device = json!({
        "device_serial": "VX-1",
        "capabilities": { "width": 1920, "height": 1080, "frames_per_second": 25, "infrared": true },
    });
    let status = client.post(&format!("{path}/pair"), &device).ok();
    assert_eq!((&status["paired"], &status["device_serial"]), (&json!(true), &json!("VX-1")));
    client.post(&format!("{path}/pair"), &device).refused(409, "conflict");
    assert_eq!(client.get(&format!("{path}/capabilities")).ok()["capabilities"]["infrared"], true);
    assert_eq!(ids(&client.get("/api/v1/cameras?paired=true").ok()).len(), 1);

    assert_eq!(client.call("POST", &format!("{path}/unpair"), None).ok()["device_serial"], Value::Null);
    client.call("POST", &format!("{path}/unpair"), None).refused(409, "conflict");
}

#[test]
fn an_area_with_its_pin_its_zones_and_its_attendance_config() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let area = area(&client, site, "Dock");
    let path = format!("/api/v1/areas/{area}");

    assert_eq!(client.put(&format!("{path}/pin"), &json!({ "x": 0.25, "y": 1 })).ok()["pin_x"], 0.25);
    client.put(&format!("{path}/pin"), &json!({ "x": 1.5, "y": 0 })).refused(422, "malformed_request");
    assert_eq!(client.delete(&format!("{path}/pin")).ok()["pin_x"], Value::Null);
    assert_eq!(client.patch(&path, &json!({ "floor": 2 })).ok()["floor"], 2);
    assert_eq!(ids(&client.get("/api/v1/areas?floor=2").ok()), [area]);

    let outline = json!([{ "x": 0, "y": 0 }, { "x": 1, "y": 0 }, { "x": 1, "y": 1 }]);
    let zone = json!({ "area_id": area, "name": "Lane", "kind": "restricted", "polygon": outline });
    let zone = client.post("/api/v1/zones", &zone).created()["id"].as_i64().unwrap();
    assert_eq!(ids(&client.get(&format!("{path}/zones")).ok()), [zone]);
    client.get("/api/v1/areas/999/zones").refused(404, "not_found");
    client.delete(&path).refused(409, "conflict");

    let config = format!("{path}/attendance-config");
    assert_eq!(
        client.get(&config).ok(),
        json!({ "area_id": area, "enabled": false, "grace_minutes": 0, "slots": [] })
    );
    let slots = json!([{ "name": "Day", "starts_at": "08:00", "ends_at": "16:00" }]);
    let stored = client.put(&config, &json!({ "enabled": true, "grace_minutes": 5, "slots": slots })).ok();
    assert_eq!(stored["slots"][0]["name"], "Day");
    assert_eq!(client.get(&config).ok(), stored);
    let backwards = json!([{ "name": "Night", "starts_at": "22:00", "ends_at": "06:00" }]);
    client.put(&config, &json!({ "enabled": true, "slots": backwards })).refused(422, "invalid");

    client.delete(&format!("/api/v1/zones/{zone}")).expect(204);
    client.delete(&path).expect(204);
    client.get(&config).refused(404, "not_found");
}

#[test]
fn a_zone_and_its_metadata() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let area = area(&client, site, "Dock");
    let outline = json!([{ "x": 0, "y": 0 }, { "x": 1, "y": 0 }]);
    let zone = json!({ "area_id": area, "name": "Lane", "kind": "monitored", "polygon": outline });
    client.post("/api/v1/zones", &zone).refused(422, "malformed_request");

    let outline = json!([{ "x": 0.0, "y": 0.0 }, { "x": 1.0, "y": 0.0 }, { "x": 0.5, "y": 0.5 }]);
    let zone = json!({
        "area_id": area, "name": "Lane", "kind": "monitored", "polygon": outline, "metadata": { "colour": "yellow" },
    });
    let zone = client.post("/api/v1/zones", &zone).created();
    assert_eq!(zone["polygon"], outline);
    let path = format!("/api/v1/zones/{}", zone["id"]);
    assert_eq!(client.get(&format!("{path}/metadata")).ok()["metadata"], json!({ "colour": "yellow" }));
    client.patch(&path, &json!({ "kind": "private", "metadata": { "colour": "red" } })).ok();
    assert_eq!(client.get(&path).ok()["kind"], "private");
    assert_eq!(client.get(&format!("{path}/metadata")).ok()["metadata"]["colour"], "red");
    assert_eq!(ids(&client.get("/api/v1/zones?kind=monitored").ok()), [0; 0]);
    client.delete(&path).expect(204);
}

#[test]
fn a_sensor_its_config_and_its_readings() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    let config = json!({ "sampling_seconds": 60, "minimum": 2.0, "maximum": 8.0 });
    let new =
        json!({ "site_id": site, "name": "Fridge", "kind": "temperature", "unit": "°C", "config": config });
    let sensor = client.post("/api/v1/sensors", &new).created();
    let id = sensor["id"].as_i64().unwrap();
    let path = format!("/api/v1/sensors/{id}");
    assert_eq!(client.get(&path).ok()["unit"], "°C");
    assert_eq!(client.get(&format!("{path}/config")).ok(), json!({ "sensor_id": id, "config": config }));
    let contradictory = json!({ "sampling_seconds": 60, "minimum": 9, "maximum": 8 });
    client.put(&format!("{path}/config"), &contradictory).refused(422, "invalid");
    let calmer = client.put(&format!("{path}/config"), &json!({ "sampling_seconds": 600 })).ok();
    assert_eq!(calmer["config"]["sampling_seconds"], 600);
    assert_eq!(client.patch(&path, &json!({ "name": "Freezer" })).ok()["name"], "Freezer");

    service.sql(&format!(
        "INSERT INTO readings (organisation_id, sensor_id, value, measured_at)
         SELECT organisation_id, id, 4.5, '2026-03-01T08:00:00.000Z' FROM sensors WHERE id = {id}
         UNION ALL SELECT organisation_id, id, 5.5, '2026-03-01T09:00:00.000Z' FROM sensors WHERE id = {id}"
    ));
    let latest = client.get("/api/v1/sensors/readings/latest").ok();
    assert_eq!(latest["items"].as_array().unwrap().len(), 1);
    assert_eq!((&latest["items"][0]["value"], &latest["items"][0]["unit"]), (&json!(5.5), &json!("°C")));
    let early = client.get(&format!("{path}/readings?to=2026-03-01T08:30:00Z")).ok();
    assert_eq!(early["items"][0]["value"], 4.5);
    client.get("/api/v1/sensors/999/readings").refused(404, "not_found");

    client.delete(&path).expect(204);
    assert_eq!(ids(&client.get("/api/v1/sensors/readings/latest").ok()), [0; 0]);
}
