//! `Idempotency-Key`: one effect and one answer for a request that is sent again.

use std::sync::Barrier;
use std::thread;

use example_testkit::{Answer, Client};
use serde_json::{Value, json};

use crate::support::{claims, signers, start, with_key, with_session};

const PROMPTS: &str = "/api/v2/prompts";

fn prompt(name: &str) -> Value {
    json!({ "name": name, "text": "station entrance" })
}

fn prompts_named(client: &Client, name: &str) -> usize {
    let page = client.get(&format!("{PROMPTS}?name={name}")).expect(200);
    page["items"].as_array().unwrap().len()
}

/// What of an answer must be the same.
fn kept(answer: &Answer) -> (u16, Vec<&str>, Vec<&str>, String) {
    (answer.status, answer.header("location"), answer.header("content-type"), answer.text())
}

#[test]
fn the_same_request_has_one_effect_and_the_same_answer() {
    let service = start();
    let client =
        with_key(&service, "KEY_WRITE").with("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324");
    let first = client.post(PROMPTS, &prompt("Once"));
    first.expect(201);
    let second = client.post(PROMPTS, &prompt("Once"));
    assert_eq!(kept(&first), kept(&second));
    assert!(first.header("idempotency-replayed").is_empty());
    assert_eq!(second.header("idempotency-replayed"), ["true"]);
    assert_eq!(prompts_named(&client, "Once"), 1);
}

#[test]
fn without_a_key_each_request_has_its_effect() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    let run =
        json!({ "index_id": "idx_archive", "prompt_id": "prm_1", "not_before": "2099-01-01T00:00:00Z" });
    let [one, other] = [(); 2].map(|()| client.post("/api/v2/runs", &run).expect(202));
    assert_ne!(one["id"], other["id"]);
}

#[test]
fn a_key_that_comes_with_another_request_is_a_conflict() {
    let service = start();
    let client = with_key(&service, "KEY_ADMIN").with("Idempotency-Key", "k-1");
    client.post(PROMPTS, &prompt("First")).expect(201);
    for other in [
        client.post(PROMPTS, &prompt("Second")),
        client.post("/api/v2/chat/conversations", &json!({ "index_id": "idx_archive", "title": "Other" })),
        client.call("PATCH", "/api/v2/prompts/prm_1", Some(&prompt("First"))),
        client.delete("/api/v2/prompts/prm_2"),
        client.post("/api/v2/prompts?again=1", &prompt("First")),
    ] {
        assert_eq!(other.expect(409)["error"], "idempotency_key_reused");
    }
    assert_eq!(prompts_named(&client, "Second"), 0);
    client.get("/api/v2/prompts/prm_2").expect(200);
}

#[test]
fn twenty_at_once_have_one_effect() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE").with("Idempotency-Key", "all-at-once");
    let session = with_session(&service, "JWT_PLAIN").with("Idempotency-Key", "all-at-once");
    let new_key = json!({ "name": "At once", "scopes": ["read"] });
    for (client, path, body) in [(client, PROMPTS, prompt("At once")), (session, "/api/v2/api-keys", new_key)]
    {
        let barrier = Barrier::new(20);
        let answers: Vec<_> = thread::scope(|scope| {
            let senders: Vec<_> = (0..20)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        client.post(path, &body)
                    })
                })
                .collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| kept(answer) == kept(&answers[0])), "{}", answers[0].text());
        answers[0].expect(201);
        let replayed =
            answers.iter().filter(|answer| !answer.header("idempotency-replayed").is_empty()).count();
        assert_eq!(replayed, 19);
        let listed = client.get(path).text();
        assert_eq!(listed.matches("\"At once\"").count(), 1, "{listed}");
    }
}

#[test]
fn a_stored_answer_is_for_the_credential_that_asked() {
    let service = start();
    let maker = with_session(&service, "JWT_PLAIN").with("Idempotency-Key", "shared-word");
    let wanted = json!({ "name": "Shared word", "scopes": ["search"] });
    let made = maker.post("/api/v2/api-keys", &wanted).expect(201);
    assert_eq!(maker.post("/api/v2/api-keys", &wanted).expect(201), made, "its maker may see it again");
    for other in ["JWT_SEARCH", "JWT_OTHER_WORKSPACE"] {
        let answer = with_session(&service, other)
            .with("Idempotency-Key", "shared-word")
            .post("/api/v2/api-keys", &wanted);
        let own = answer.expect(201);
        assert_ne!((&own["id"], &own["secret"]), (&made["id"], &made["secret"]), "{other}");
        assert!(answer.header("idempotency-replayed").is_empty());
    }
}

#[test]
fn a_caller_who_may_no_longer_ask_gets_no_stored_answer() {
    let service = start();
    let session = with_session(&service, "JWT_PLAIN");
    let key = session.post("/api/v2/api-keys", &json!({ "name": "Brief", "scopes": ["write"] })).expect(201);
    let client =
        service.client().with("X-API-Key", key["secret"].as_str().unwrap()).with("Idempotency-Key", "brief");
    client.post(PROMPTS, &prompt("Brief")).expect(201);
    session.post(&format!("/api/v2/api-keys/{}/revoke", key["id"].as_str().unwrap()), &json!({})).expect(200);
    assert_eq!(client.post(PROMPTS, &prompt("Brief")).status, 401);
    let reader = with_key(&service, "KEY_READ").with("Idempotency-Key", "brief");
    assert_eq!(reader.post(PROMPTS, &prompt("Brief")).status, 403);
    assert_eq!(prompts_named(&reader, "Brief"), 1);
}

#[test]
fn a_stored_answer_outlives_the_process() {
    let mut service = start();
    let secret = service.variable("KEY_WRITE").to_owned();
    let client = |base: &example_testkit::Service| {
        base.client().with("X-API-Key", &secret).with("Idempotency-Key", "outlives")
    };
    let before = client(&service).post(PROMPTS, &prompt("Outlives"));
    service.restart();
    let after = client(&service).post(PROMPTS, &prompt("Outlives"));
    before.expect(201);
    assert_eq!(kept(&before), kept(&after));
    assert_eq!(after.header("idempotency-replayed"), ["true"]);
    assert_eq!(prompts_named(&client(&service), "Outlives"), 1);
}

#[test]
fn a_refusal_is_an_answer_too() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE").with("Idempotency-Key", "refused");
    let run = json!({ "index_id": "idx_archive", "prompt_id": "prm_5" });
    let first = client.post("/api/v2/runs", &run);
    assert_eq!(first.expect(422)["error"], "unknown_reference");
    // The prompt is there now; the answer to that request stays.
    assert_eq!(with_key(&service, "KEY_WRITE").post(PROMPTS, &prompt("Late")).expect(201)["id"], "prm_5");
    assert_eq!(kept(&client.post("/api/v2/runs", &run)), kept(&first));
    with_key(&service, "KEY_WRITE").with("Idempotency-Key", "again").post("/api/v2/runs", &run).expect(202);
}

#[test]
fn deletes_cancels_and_retries_are_writes() {
    let service = start();
    let admin = with_key(&service, "KEY_ADMIN");
    let cancel = admin.with("Idempotency-Key", "cancel");
    let first = cancel.call("POST", "/api/v2/runs/run_2/cancel", None);
    assert_eq!(first.expect(200)["state"], "cancelled");
    assert_eq!(kept(&cancel.call("POST", "/api/v2/runs/run_2/cancel", None)), kept(&first));
    assert_eq!(
        admin.call("POST", "/api/v2/runs/run_2/cancel", None).status,
        409,
        "without the key it is too late"
    );

    let delete = admin.with("Idempotency-Key", "delete");
    assert_eq!(delete.delete("/api/v2/webhooks/whk_1").status, 204);
    assert_eq!(delete.delete("/api/v2/webhooks/whk_1").status, 204);
    assert_eq!(admin.delete("/api/v2/webhooks/whk_1").status, 404);
}

#[test]
fn a_key_has_a_form() {
    let service = start();
    let client = with_key(&service, "KEY_WRITE");
    for bad in ["", "two words", &"k".repeat(256), "\"half"] {
        let answer = client.with("Idempotency-Key", bad).post(PROMPTS, &prompt("Malformed"));
        assert_eq!(answer.expect(400)["error"], "idempotency_key_malformed", "{bad}");
    }
    let twice = client.with("Idempotency-Key", "one").with("Idempotency-Key", "two");
    assert_eq!(twice.post(PROMPTS, &prompt("Malformed")).status, 400);
    assert_eq!(prompts_named(&client, "Malformed"), 0);
    // The form of the draft, a string in quotes, and the bare word are one key.
    let quoted = client.with("Idempotency-Key", "\"quoted\"").post(PROMPTS, &prompt("Quoted"));
    let bare = client.with("Idempotency-Key", "quoted").post(PROMPTS, &prompt("Quoted"));
    assert_eq!(kept(&quoted), kept(&bare));
}

#[test]
fn no_stored_answer_gives_a_secret_away() {
    let service = start();
    let client = with_session(&service, "JWT_PLAIN").with("Idempotency-Key", "a-key-nobody-guesses");
    let made = client.post("/api/v2/api-keys", &json!({ "name": "Sealed", "scopes": ["read"] })).expect(201);
    let secret = made["secret"].as_str().unwrap();
    for needle in [secret, "a-key-nobody-guesses"] {
        for file in ["service.sqlite", "service.sqlite-wal"] {
            let bytes = std::fs::read(service.folder().join(file)).unwrap();
            assert!(
                !bytes.windows(needle.len()).any(|window| window == needle.as_bytes()),
                "{file}: {needle}"
            );
        }
    }
}

/// A person signs in again, and is given a token that may do less: what the first one brought about is no reason to show
/// it again.
#[test]
fn an_answer_that_is_kept_is_decided_about_again() {
    let service = start();
    let [signer, _] = signers(&service);
    let session = |scope: &str| {
        let token = signer.sign(&claims(&json!({ "scope": scope }))).unwrap();
        service.client().bearer(&token).with("Idempotency-Key", "made-once")
    };
    let key = json!({ "name": "For the archive", "scopes": ["write"] });
    let first = session("admin").post("/api/v2/api-keys", &key);
    let secret = first.expect(201)["secret"].clone();
    let less = session("read").post("/api/v2/api-keys", &key);
    assert_eq!(less.expect(422)["error"], "scope_not_held");
    assert!(!less.text().contains(secret.as_str().unwrap()));
    let again = session("write").post("/api/v2/api-keys", &key);
    assert_eq!(
        (again.expect(201)["secret"].clone(), again.header("idempotency-replayed")),
        (secret, vec!["true"])
    );

    let id = first.json()["id"].as_str().unwrap().to_owned();
    let rotate = |scope: &str| {
        let token = signer.sign(&claims(&json!({ "scope": scope }))).unwrap();
        let client = service.client().bearer(&token).with("Idempotency-Key", "rotated-once");
        client.post(&format!("/api/v2/api-keys/{id}/rotate"), &json!({}))
    };
    assert_eq!(rotate("read").expect(422)["error"], "scope_not_held");
    let rotated = rotate("write").expect(200)["secret"].clone();
    assert_eq!(
        rotate("search").expect(422)["error"],
        "scope_not_held",
        "a refusal is not kept, nor is it forgotten"
    );
    assert_eq!(rotate("admin").expect(200)["secret"], rotated);
}

/// The guard is asked before an answer is looked for.
#[test]
fn a_session_without_the_scope_is_shown_no_kept_answer() {
    let service = start();
    let [signer, _] = signers(&service);
    let post = |scope: &str| {
        let token = signer.sign(&claims(&json!({ "scope": scope }))).unwrap();
        let client = service.client().bearer(&token).with("Idempotency-Key", "k");
        client.post(PROMPTS, &prompt("Guarded"))
    };
    assert_eq!(post("write").status, 201);
    assert_eq!(post("read").status, 403);
    assert_eq!(post("write").header("idempotency-replayed"), ["true"]);
}
