//! What every list and every error has in common.

use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Service, ids};

#[test]
fn a_list_is_walked_page_by_page() {
    let service = Service::start();
    let client = service.app(&ALL_SCOPES);
    let made: Vec<i64> = (0..5)
        .map(|number| {
            let event = json!({ "kind": format!("kind_{number}") });
            client.post("/api/v1/events", &event).created()["id"].as_i64().unwrap()
        })
        .collect();
    let mut walked = Vec::new();
    let mut path = "/api/v1/events?limit=2".to_owned();
    loop {
        let page = client.get(&path).ok();
        walked.extend(ids(&page));
        match &page["next_cursor"] {
            Value::Null => break,
            cursor => path = format!("/api/v1/events?limit=2&cursor={cursor}"),
        }
    }
    assert_eq!(walked, made.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn a_request_that_makes_no_sense_is_told_so_in_json() {
    let service = Service::start();
    let site = service.site();
    let client = service.app(&ALL_SCOPES);
    client.get("/api/v1/cameras?limit=0").refused(400, "malformed_request");
    client.get("/api/v1/cameras?limit=many").refused(400, "malformed_request");
    client.get("/api/v1/cameras/first").refused(400, "malformed_request");
    client.post("/api/v1/cameras", &json!({ "name": "no site" })).refused(422, "malformed_request");
    let unknown_field = json!({ "site_id": site, "name": "x", "colour": "red" });
    client.post("/api/v1/cameras", &unknown_field).refused(422, "malformed_request");
    client.post("/api/v1/cameras", &json!({ "site_id": 999, "name": "x" })).refused(422, "unknown_reference");
    client.call("POST", "/api/v1/cameras", None).refused(415, "malformed_request");
}

#[test]
fn a_row_of_another_organisation_does_not_exist() {
    let service = Service::start();
    let site = service.site();
    let acme = service.app(&ALL_SCOPES);
    let camera = acme.post("/api/v1/cameras", &json!({ "site_id": site, "name": "Yard" })).created();
    let path = format!("/api/v1/cameras/{}", camera["id"]);

    let stranger = service.app_of("Other", &ALL_SCOPES);
    stranger.get(&path).refused(404, "not_found");
    stranger.patch(&path, &json!({ "name": "Mine" })).refused(404, "not_found");
    stranger.delete(&path).refused(404, "not_found");
    assert_eq!(ids(&stranger.get("/api/v1/cameras").ok()), [0; 0]);
    let intruding = json!({ "site_id": site, "name": "Spy" });
    stranger.post("/api/v1/cameras", &intruding).refused(422, "unknown_reference");
    let pointing = json!({ "kind": "motion", "camera_id": camera["id"] });
    stranger.post("/api/v1/events", &pointing).refused(422, "unknown_reference");
    assert_eq!(acme.get(&path).ok(), camera);
}
