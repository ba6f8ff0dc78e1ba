//! actix-web itself as the oracle: each endpoint the scan finds is asked for with every method, and answers exactly those
//! it was found with.

#![allow(clippy::unwrap_used, reason = "a test that can't read its files fails")]
#![allow(clippy::unused_async, reason = "the scanned service has what services have")]

#[path = "actix_oracle/src/lib.rs"]
mod service;
mod support;

use actix_web::body::to_bytes;
use actix_web::dev::Service as _;
use actix_web::http::{Method as HttpMethod, StatusCode};
use actix_web::test::{TestRequest, init_service};
use scopewright_model::Code;
use scopewright_model::core::{Method, MixedPart, RoutePattern, Segment};
use std::collections::{BTreeMap, BTreeSet};

type Endpoints = BTreeMap<String, BTreeSet<Method>>;

#[actix_web::test]
async fn what_is_found_is_what_answers() {
    let found = scanned();
    assert!(found.len() > 30, "{found:#?}");
    let app = init_service(service::app()).await;
    let mut differences = Vec::new();
    let paths = found.keys().map(|path| example(&path.parse().unwrap()));
    // The paths that are found, and others that are nearly those.
    let paths: BTreeSet<String> =
        paths.flat_map(|path| [format!("{path}/"), format!("{path}/x"), path]).collect();
    for path in &paths {
        for method in Method::STANDARD {
            // A server does not answer these as it does others.
            if matches!(method, Method::Connect) {
                continue;
            }
            let uri = format!("http://localhost{path}");
            let request = TestRequest::with_uri(&uri).method(method.as_str().parse::<HttpMethod>().unwrap());
            let answer = app.call(request.to_request()).await.unwrap();
            let status = answer.status();
            let is_answered = status == StatusCode::OK || status.is_redirection();
            let body = to_bytes(answer.into_body()).await.unwrap_or_default();
            let is_found = answers(&found, path, method);
            if is_answered != is_found {
                differences.push(format!("{method} {uri}: found {is_found}, {status} {body:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

fn scanned() -> Endpoints {
    let (table, findings) = support::app_of("tests/actix_oracle");
    assert_eq!(table.unresolved, []);
    // What no guard lets through is no endpoint, and that is said.
    assert_eq!(findings, [Code::UnservedRouter]);
    let mut found = Endpoints::new();
    for route in &table.routes {
        found.entry(route.path.to_string()).or_default().insert(route.method);
    }
    found
}

/// Whether an endpoint that was found says that it answers.
fn answers(found: &Endpoints, path: &str, method: Method) -> bool {
    found.iter().any(|(pattern, methods)| {
        let is_asked_for = methods.contains(&method) || methods.contains(&Method::Any);
        is_asked_for && matches(&pattern.parse().unwrap(), path)
    })
}

fn matches(pattern: &RoutePattern, path: &str) -> bool {
    let mut parts = path.split('/').skip(1).peekable();
    for segment in pattern.segments() {
        match segment {
            // The default service of `/fallen` answers `/fallen` too.
            Segment::Tail(name) => return parts.peek().is_some() || name == "fallback",
            Segment::Literal(text) => {
                if parts.next() != Some(text) {
                    return false;
                }
            }
            Segment::Parameter(_) | Segment::Mixed(_) => {
                if parts.next().is_none_or(str::is_empty) {
                    return false;
                }
            }
        }
    }
    parts.next().is_none()
}

/// A path that a pattern matches.
fn example(pattern: &RoutePattern) -> String {
    let mut path = String::new();
    for segment in pattern.segments() {
        path.push('/');
        match segment {
            Segment::Literal(text) => path.push_str(text),
            Segment::Parameter(_) => path.push('1'),
            Segment::Tail(_) => path.push_str("a/b"),
            Segment::Mixed(parts) => parts.iter().for_each(|part| match part {
                MixedPart::Text(text) => path.push_str(text),
                MixedPart::Parameter(_) => path.push('1'),
            }),
        }
    }
    path
}
