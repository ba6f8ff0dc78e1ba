//! Who may call what: every operation, with every scope but the one it needs.

use serde_json::json;

use crate::document::{document, operations};
use crate::support::{ALL_SCOPES, OPERATOR, Service};

/// The scope an operation needs by the rule `read` for GET and `write` for all else, if it needs one.
fn needed(method: &str, path: &str) -> Option<String> {
    let verb = if method == "get" { "read" } else { "write" };
    match path.trim_start_matches("/api/v1/").split('/').next() {
        _ if path == "/mcp" => Some("mcp:invoke".to_owned()),
        Some(resource) if path.starts_with("/api/v1/") && !matches!(resource, "auth" | "admin") => {
            Some(format!("{verb}:{resource}"))
        }
        _ => None,
    }
}

#[test]
fn the_answer_to_a_missing_scope_is_the_documented_one() {
    let service = Service::start();
    let answer = service.app(&["read:events", "read:cameras"]).post("/api/v1/cameras", &json!({}));
    answer.expect(403);
    assert_eq!(
        answer.json(),
        json!({
            "detail": "insufficient_scope",
            "required": "write:cameras",
            "granted": ["read:cameras", "read:events"],
        })
    );
}

#[test]
fn no_operation_is_answered_without_its_scope() {
    let service = Service::start();
    let (anonymous, stranger) = (service.anonymous(), service.with_key("cv_nobodys"));
    let operations = operations(&document());
    let mut scoped = 0;
    for scope in ALL_SCOPES.iter() {
        let others: Vec<&str> = ALL_SCOPES.iter().copied().filter(|other| other != scope).collect();
        let organisation = format!("All but {scope}");
        let lacking = service.app_of(&organisation, &others);
        for (method, path, _) in &operations {
            if needed(method, path).as_deref() != Some(*scope) {
                continue;
            }
            let (method, path) = (method.to_uppercase(), path.replace("{id}", "1"));
            let denied = lacking.call(&method, &path, None);
            denied.refused(403, "insufficient_scope");
            assert_eq!(denied.json()["required"], *scope, "{method} {path}");
            anonymous.call(&method, &path, None).refused(401, "not_authenticated");
            stranger.call(&method, &path, None).refused(401, "not_authenticated");
            scoped += 1;
        }
    }
    assert_eq!(scoped, 78, "operations that need a scope");
}

#[test]
fn one_scope_is_enough_for_its_operations_and_no_other() {
    let service = Service::start();
    let operations = operations(&document());
    for scope in ALL_SCOPES.iter() {
        let client = service.app_of(scope, &[scope]);
        for (method, path, _) in &operations {
            let Some(needed) = needed(method, path) else { continue };
            let status = client.call(&method.to_uppercase(), &path.replace("{id}", "0"), None).status;
            assert_eq!(status == 403, needed != *scope, "{method} {path} with {scope}: {status}");
        }
    }
}

#[test]
fn a_denied_request_changes_nothing() {
    let service = Service::start();
    let site = service.site();
    let camera = json!({ "site_id": site, "name": "Yard" });
    let camera = service.app(&["write:cameras"]).post("/api/v1/cameras", &camera).created();
    let path = format!("/api/v1/cameras/{}", camera["id"]);
    let reader = service.app(&["read:cameras"]);
    reader.delete(&path).expect(403);
    reader.patch(&path, &json!({ "name": "Mine" })).expect(403);
    assert_eq!(reader.get(&path).ok(), camera);
}

#[test]
fn two_credentials_are_refused() {
    let service = Service::start();
    let both = service.app(&ALL_SCOPES).with("Authorization", &format!("Bearer {OPERATOR}"));
    both.get("/api/v1/sites").expect(400);
    both.get("/api/v1/admin/external-apps").expect(400);
    both.get("/healthz").expect(200);
}
