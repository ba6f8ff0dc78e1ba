//! Indexes, search, chat, runs, connectors, jobs and webhooks: real work on real rows, within one workspace.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use example_testkit::{Client, Program};
use serde_json::{Value, json};

use crate::support::{start, with_key};

/// Asks until the work has ended.
fn ended(client: &Client, path: &str) -> Value {
    let begun = Instant::now();
    loop {
        let row = client.get(path).expect(200);
        if !matches!(row["state"].as_str().unwrap(), "queued" | "running") {
            return row;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{row}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn found(client: &Client, query: &str) -> Vec<String> {
    let hits = client.post("/api/v2/search/segments", &json!({ "query": query, "top_k": 100 })).expect(200);
    hits["results"].as_array().unwrap().iter().map(|hit| hit["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn search_finds_what_was_added_and_no_longer_what_was_deleted() {
    let service = start();
    let admin = with_key(&service, "KEY_ADMIN");
    let video = admin
        .post(
            "/api/v2/indexes/idx_sports/videos",
            &json!({ "title": "Regatta", "source_uri": "s3://acme/regatta.mp4", "segments": [
                { "starts_seconds": 1, "ends_seconds": 2.5, "text": "Eight rowers cross the finish line." }] }),
        )
        .expect(201);
    assert_eq!(video["duration_seconds"], 2.5);
    assert_eq!(found(&admin, "ROWERS"), ["Eight rowers cross the finish line."]);
    let path = format!("/api/v2/indexes/idx_sports/videos/{}", video["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).expect(200)["segments"].as_array().unwrap().len(), 1);
    assert_eq!(admin.delete(&path).status, 204);
    assert!(found(&admin, "rowers").is_empty());
    assert_eq!(admin.delete("/api/v2/indexes/idx_archive").status, 204);
    assert_eq!(found(&admin, "station entrance"), ["The captain lifts the cup at the stadium entrance."]);
}

#[test]
fn another_workspace_is_not_there() {
    let service = start();
    let ours = with_key(&service, "KEY_ADMIN");
    let theirs = with_key(&service, "KEY_OTHER_WORKSPACE");
    assert!(found(&ours, "merger").is_empty());
    assert_eq!(found(&theirs, "station").len(), 1);
    for path in ["runs/run_1", "prompts/prm_1", "jobs/job_1", "connectors/con_1", "webhooks/whk_1"] {
        assert_eq!(ours.get(&format!("/api/v2/{path}")).status, 200, "{path}");
        assert_eq!(theirs.get(&format!("/api/v2/{path}")).status, 404, "{path}");
    }
    assert_eq!(ours.get("/api/v2/search/suggestions?q=merg").expect(200), json!([]));
    let foreign = json!({ "index_id": "idx_archive", "prompt_id": "prm_4" });
    assert_eq!(ours.post("/api/v2/runs", &foreign).expect(422)["error"], "unknown_reference");
    assert_eq!(theirs.delete("/api/v2/prompts/prm_1").status, 404);
}

#[test]
fn a_run_finds_what_its_prompt_asks_for() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    let run =
        client.post("/api/v2/runs", &json!({ "index_id": "idx_archive", "prompt_id": "prm_1" })).expect(202);
    let path = format!("/api/v2/runs/{}", run["id"].as_str().unwrap());
    assert_eq!(ended(&client, &path)["state"], "succeeded");
    let results = client.get(&format!("{path}/results")).expect(200);
    assert_eq!(results["items"].as_array().unwrap().len(), 2);
    assert_eq!(client.post(&format!("{path}/cancel"), &json!({})).expect(409)["error"], "conflict");
}

#[test]
fn a_run_that_cannot_succeed_fails_and_may_be_tried_again() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    let again = client.post("/api/v2/runs/run_3/retry", &json!({})).expect(202);
    assert_eq!(again["state"], "queued");
    let failed = ended(&client, "/api/v2/runs/run_3");
    assert_eq!((&failed["state"], &failed["attempts"]), (&json!("failed"), &json!(2)));
    assert_eq!(failed["error"], "the query has no word to look for");
}

#[test]
fn what_waits_survives_the_process_and_can_be_cancelled() {
    let mut service = start();
    service.restart();
    let client = with_key(&service, "KEY_WRITE");
    assert_eq!(client.get("/api/v2/jobs/job_2").expect(200)["state"], "queued");
    assert_eq!(client.post("/api/v2/jobs/job_2/cancel", &json!({})).expect(200)["state"], "cancelled");
}

#[test]
fn a_sync_brings_in_what_is_new_and_only_that() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    for added in [1, 0] {
        let job = client.call("POST", "/api/v2/connectors/con_1/sync", None).expect(202);
        let job = ended(&client, &format!("/api/v2/jobs/{}", job["id"].as_str().unwrap()));
        assert_eq!((&job["state"], &job["processed"]), (&json!("succeeded"), &json!(added)));
    }
    assert_eq!(found(&client, "boards").len(), 1);
    assert_eq!(client.call("POST", "/api/v2/connectors/con_2/sync", None).status, 409, "it is paused");
}

#[test]
fn a_question_is_answered_with_what_the_index_holds() {
    let service = start();
    let client = with_key(&service, "KEY_SEARCH");
    let path = "/api/v2/chat/conversations/cnv_1";
    let reply =
        client.post(&format!("{path}/messages"), &json!({ "text": "Where is the reporter?" })).expect(201);
    assert!(!reply["citations"].as_array().unwrap().is_empty());
    let messages = client.get(path).expect(200);
    assert_eq!(messages["messages"].as_array().unwrap().len(), 4);
}

#[test]
fn a_webhook_is_told_when_a_run_ends() {
    let service = Program::new(env!("CARGO_BIN_EXE_videovector")).with_argument("--webhooks-to=any").start();
    let client = with_key(&service, "KEY_WRITE");
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", receiver.local_addr().unwrap());
    let told = thread::spawn(move || {
        let (mut stream, _) = receiver.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            let mut part = [0; 1024];
            let read = stream.read(&mut part).unwrap();
            request.extend_from_slice(&part[..read]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
        String::from_utf8(request).unwrap()
    });
    let hook =
        client.post("/api/v2/webhooks", &json!({ "url": url, "events": ["run.succeeded"] })).expect(201);
    let run =
        client.post("/api/v2/runs", &json!({ "index_id": "idx_sports", "prompt_id": "prm_2" })).expect(202);
    let request = told.join().unwrap();
    assert!(request.starts_with("POST /hook HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("x-videovector-event: run.succeeded"), "{request}");
    assert!(request.contains(&format!("\"id\":{}", run["id"])), "{request}");
    let path = format!("/api/v2/webhooks/{}/deliveries", hook["id"].as_str().unwrap());
    let begun = Instant::now();
    while client.get(&path).expect(200)["items"][0]["status"] != 204 {
        assert!(begun.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_list_comes_in_pages() {
    let service = start();
    let client = with_key(&service, "KEY_READ");
    let first = client.get("/api/v2/prompts?limit=2").expect(200);
    assert_eq!((&first["items"][0]["id"], &first["next_cursor"]), (&json!("prm_1"), &json!("prm_2")));
    let last = client.get("/api/v2/prompts?limit=2&cursor=prm_2").expect(200);
    assert_eq!((&last["items"][0]["id"], &last["next_cursor"]), (&json!("prm_3"), &Value::Null));
    assert_eq!(client.get("/api/v2/prompts?limit=0").status, 400);
}

#[test]
fn what_cannot_be_read_is_told_from_what_cannot_be() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    let json_client = client.with("Content-Type", "application/json");
    let status = |body: &[u8]| json_client.send("POST", "/api/v2/prompts", body).unwrap().status;
    assert_eq!(status(b"{\"name\":"), 400);
    assert_eq!(status(b"{\"name\":\"x\"}"), 422);
    assert_eq!(status(b"{\"name\":\"x\",\"text\":\"y\",\"z\":1}"), 422);
    assert_eq!(status(&vec![b' '; 300_000]), 413);
    let form = client.with("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(form.send("POST", "/api/v2/prompts", b"name=x").unwrap().status, 415);
    let twice = json!({ "name": "Goals", "text": "again" });
    assert_eq!(client.post("/api/v2/prompts", &twice).expect(409)["error"], "conflict");
    for url in ["ftp://example", "nonsense", "http://"] {
        assert_eq!(
            client.post("/api/v2/webhooks", &json!({ "url": url, "events": [] })).status,
            422,
            "{url}"
        );
    }
}

/// A caller can't have the service connect to itself, to its cloud's metadata, or to what stands beside it.
#[test]
fn a_webhook_leads_out_of_the_services_network() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    let hook = |url: &str| json!({ "url": url, "events": ["run.succeeded"] });
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
    ] {
        let refused = client.post("/api/v2/webhooks", &hook(&format!("http://{host}:9/hook")));
        assert_eq!(refused.expect(422)["error"], "invalid", "{host}");
    }
    let made = client.post("/api/v2/webhooks", &hook("http://hooks.example/")).expect(201);
    let path = format!("/api/v2/webhooks/{}", made["id"].as_str().unwrap());
    let change = json!({ "url": "http://127.0.0.1/" });
    assert_eq!(client.call("PATCH", &path, Some(&change)).status, 422);

    // What a name means is looked at when a message is sent: here a row of before there was that check.
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    receiver.set_nonblocking(true).unwrap();
    let url = format!("http://localhost:{}/", receiver.local_addr().unwrap().port());
    let database = rusqlite::Connection::open(service.database()).unwrap();
    database
        .execute("UPDATE webhooks SET url = ?1 WHERE id = ?2", [&url, made["id"].as_str().unwrap()])
        .unwrap();
    client.post(&format!("{path}/test"), &json!({})).expect(202);
    let begun = Instant::now();
    let delivery = loop {
        let delivery = client.get(&format!("{path}/deliveries")).expect(200)["items"][0].clone();
        if delivery["state"] != "queued" {
            break delivery;
        }
        assert!(begun.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(20));
    };
    assert_eq!((&delivery["state"], &delivery["status"]), (&json!("failed"), &Value::Null));
    assert!(delivery["error"].as_str().unwrap().contains("own network"), "{delivery}");
    assert!(receiver.accept().is_err(), "it was connected to");
}
