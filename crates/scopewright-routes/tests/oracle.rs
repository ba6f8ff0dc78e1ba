//! axum itself as the oracle: the `Debug` of a router it built prints every path and method, and the scan of the same
//! sources must find exactly those.

#![allow(clippy::unwrap_used, reason = "a test that can't read its files fails")]
#![allow(clippy::match_bool, clippy::unused_async, reason = "the scanned service has what services have")]

#[path = "oracle/src/lib.rs"]
mod service;
mod support;

use scopewright_model::Code;
use scopewright_model::core::Method;
use std::collections::{BTreeMap, BTreeSet};

type Endpoints = BTreeSet<(String, String)>;

#[test]
fn scan_and_axum_agree() {
    let scanned = scanned();
    let built = built(&format!("{:?}", service::app()));
    assert!(built.len() > 30, "{built:#?}");
    let difference: Vec<_> = scanned.symmetric_difference(&built).collect();
    assert!(difference.is_empty(), "only in one of both: {difference:#?}");
}

fn scanned() -> Endpoints {
    let (table, findings) = support::app_of("tests/oracle");
    assert_eq!(table.unresolved, []);
    assert_eq!(findings, [Code::CrossedRoutes]);
    table.routes.iter().map(|route| (route.method.to_string(), route.path.to_string())).collect()
}

/// The endpoints in the `Debug` of a router.
fn built(debug: &str) -> Endpoints {
    let (routes, fallbacks) = debug.split_once("fallback_router:").unwrap();
    let mut endpoints = endpoints(routes);
    // A service that is nested answers three paths, which are one endpoint in the table.
    let tail = "/{*__private__axum_nest_tail_param}";
    let nested: Vec<String> =
        endpoints.iter().filter_map(|(_, path)| path.strip_suffix(tail)).map(str::to_owned).collect();
    for prefix in nested {
        endpoints.retain(|(_, path)| {
            *path != prefix && *path != format!("{prefix}/") && *path != format!("{prefix}{tail}")
        });
        endpoints.insert(("ANY".to_owned(), format!("{prefix}/{{*rest}}")));
    }
    for (_, path) in self::endpoints(fallbacks) {
        if let Some(prefix) = path.strip_suffix("/{*__private__axum_fallback}") {
            endpoints.insert(("ANY".to_owned(), format!("{prefix}/{{*fallback}}")));
        }
    }
    endpoints
}

fn endpoints(debug: &str) -> Endpoints {
    let (mut paths, mut methods) = (BTreeMap::new(), BTreeMap::new());
    for piece in debug.split("RouteId(").skip(1) {
        let (id, rest) = piece.split_once(')').unwrap();
        let Some(rest) = rest.strip_prefix(": ") else { continue };
        match rest.strip_prefix('"') {
            Some(path) => {
                paths.insert(id.to_owned(), path.split('"').next().unwrap().to_owned());
            }
            None => {
                methods.insert(id.to_owned(), methods_of(rest));
            }
        }
    }
    let endpoint = |(id, path): (&String, &String)| {
        let methods = methods.get(id).cloned().unwrap_or_default();
        methods.into_iter().map(|method| (method, path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(endpoint).collect()
}

/// `MethodRouter { get: BoxedHandler, head: None, .. fallback: .. }`, or a service, which answers every method.
fn methods_of(endpoint: &str) -> Vec<String> {
    if !endpoint.starts_with("MethodRouter(") {
        return vec!["ANY".to_owned()];
    }
    let is_set = |field: &str| {
        let (_, value) = endpoint.split_once(&format!(" {field}: ")).unwrap();
        !value.starts_with("None") && !value.starts_with("Default")
    };
    let standard = Method::STANDARD.iter().map(|method| method.as_str());
    let mut methods: Vec<String> =
        standard.filter(|name| is_set(&name.to_lowercase())).map(str::to_owned).collect();
    if is_set("fallback") {
        methods.push("ANY".to_owned());
    }
    methods
}
