//! What a plain axum router registers, read off its `Debug`: axum shows it nowhere else, and a door has to know.
//!
//! What axum 0.8.9 prints is understood wholly or not at all; then a door knows nothing, and lets in less.

use crate::shape::Shape;
use std::collections::BTreeMap;

/// How axum spells what it adds to the path of a nested service and of a fallback (0.8.9).
const NESTED: &str = "/{*__private__axum_nest_tail_param}";
const FALLBACK: &str = "/{*__private__axum_fallback}";
/// The methods a method router keeps apart.
const METHODS: [&str; 9] = ["GET", "HEAD", "DELETE", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "CONNECT"];

/// What a plain router registers.
#[derive(Debug)]
pub(in crate::axum) struct Part {
    routes: BTreeMap<String, Endpoint>,
    /// By path, the prefix whose fallback answers; none for a prefix whose fallback is axum's 404.
    fallbacks: matchit::Router<String>,
}

/// What is registered at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::axum) enum Endpoint {
    /// A method router.
    Methods {
        /// The methods with a handler.
        methods: Vec<&'static str>,
        /// What answers the others.
        others: Others,
    },
    /// A service, for every method.
    Service,
    /// A service at this prefix, reached by its bare prefix.
    Nested(String),
}

/// What answers the methods that a method router has no handler for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::axum) enum Others {
    /// axum, by 405.
    Nothing,
    /// A handler of every method (`any`).
    Own,
    /// A fallback: of this method router, or of a router around it (`method_not_allowed_fallback`). axum does not tell.
    Somebody,
}

impl Part {
    /// None if what the router prints is not understood.
    pub(in crate::axum) fn of<S>(router: &::axum::Router<S>) -> Option<Self> {
        Self::read(&Shape::of(router)?)
    }

    fn read(router: &Shape) -> Option<Self> {
        let mut endpoints = BTreeMap::new();
        for (path, endpoint) in paths(router.field("Router", "path_router")?)? {
            endpoints.insert(path.to_owned(), read_endpoint(endpoint)?);
        }
        let prefixes: Vec<String> =
            endpoints.keys().filter_map(|path| path.strip_suffix(NESTED).map(str::to_owned)).collect();
        for prefix in prefixes {
            // axum takes no two services at one path: both are the service's own.
            for bare in [prefix.clone(), format!("{prefix}/")] {
                if let Some(endpoint) = endpoints.get_mut(&bare).filter(|it| **it == Endpoint::Service) {
                    *endpoint = Endpoint::Nested(prefix.clone());
                }
            }
        }
        let is_own_default = router.field("Router", "default_fallback")?.flag()?;
        let mut fallbacks = matchit::Router::new();
        for (path, _) in paths(router.field("Router", "fallback_router")?)? {
            let prefix = path.strip_suffix(FALLBACK).unwrap_or(path).trim_end_matches('/');
            if !(prefix.is_empty() && is_own_default) {
                fallbacks.insert(path, prefix.to_owned()).ok()?;
            }
        }
        Some(Self { routes: endpoints, fallbacks })
    }

    /// What is registered at a path, spelled as it was registered.
    pub(in crate::axum) fn endpoint(&self, path: &str) -> Option<&Endpoint> {
        self.routes.get(path)
    }

    /// Whether a service is nested at a prefix.
    pub(in crate::axum) fn has_nested(&self, prefix: &str) -> bool {
        self.routes.contains_key(&format!("{prefix}{NESTED}"))
    }

    /// The prefix whose fallback answers a path that no route fits.
    pub(in crate::axum) fn fallback(&self, path: &str) -> Option<&str> {
        let path = if path.is_empty() { "/" } else { path };
        self.fallbacks.at(path).ok().map(|found| found.value.as_str())
    }

    /// Whether something is registered for all below a prefix that is a route's.
    pub(in crate::axum) fn has_tail(&self, prefix: &str) -> bool {
        let is_tail = |path: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("/{*"));
        self.routes.keys().any(|path| is_tail(path) && !path.ends_with(NESTED))
    }
}

/// Paths and what is registered at them.
fn paths(router: &Shape) -> Option<Vec<(&str, &Shape)>> {
    let endpoints = router.field("PathRouter", "routes")?.entries()?;
    let named = router.field("PathRouter", "node")?.field("Node", "paths")?.entries()?;
    if endpoints.len() != named.len() {
        return None;
    }
    let of = |id: &Shape| endpoints.iter().find_map(|(known, endpoint)| (known == id).then_some(endpoint));
    named.iter().map(|(id, path)| Some((path.text()?, of(id)?))).collect()
}

fn read_endpoint(endpoint: &Shape) -> Option<Endpoint> {
    if endpoint.inside("Route").is_some() {
        return Some(Endpoint::Service);
    }
    let router = endpoint.inside("MethodRouter")?;
    // A method that axum learns later would be a field that is not known here.
    if router.fields("MethodRouter")?.len() != METHODS.len() + 2 {
        return None;
    }
    // Where every method has a handler, axum adds no `Allow`.
    let is_any = match router.field("MethodRouter", "allow_header")?.name()? {
        "Skip" => true,
        "None" | "Bytes" => false,
        _ => return None,
    };
    let mut methods = Vec::new();
    for method in METHODS {
        let field = method.to_ascii_lowercase();
        let registered = router.field("MethodRouter", &field)?.name()?;
        match registered {
            "None" => {}
            "Route" | "BoxedHandler" => methods.push(method),
            _ => return None,
        }
    }
    let others = match router.field("MethodRouter", "fallback")?.name()? {
        "Default" => Others::Nothing,
        "Service" | "BoxedHandler" if is_any => Others::Own,
        "Service" | "BoxedHandler" => Others::Somebody,
        _ => return None,
    };
    Some(Endpoint::Methods { methods, others })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::axum::Router;
    use ::axum::routing::{any, get, post_service};

    /// axum may print something else one day. Then this says so, and doors deny what they can't tell.
    #[test]
    fn what_axum_prints_is_understood() {
        let inner = Router::new().route("/", get(|| async {})).fallback(|| async {});
        let router: Router<u8> = Router::new()
            .route("/a/{id}", get(|| async {}).head(|| async {}))
            .route("/b", any(|| async {}))
            .route("/c/{*rest}", post_service(any(|| async {})))
            .route_service("/d", any(|| async {}))
            .nest_service("/files", any(|| async {}))
            .nest("/api", inner)
            .route("/e", get(|| async {}).fallback(|| async {}))
            .layer(tower_layer::Identity::new());
        let part = Part::of(&router).unwrap();
        let methods =
            |methods: &[&'static str], others| Some(Endpoint::Methods { methods: methods.to_vec(), others });
        let at = |path| part.endpoint(path).cloned();
        assert_eq!(at("/a/{id}"), methods(&["GET", "HEAD"], Others::Nothing));
        assert_eq!(at("/b"), methods(&[], Others::Own));
        assert_eq!(at("/c/{*rest}"), methods(&["POST"], Others::Nothing));
        assert_eq!(at("/d"), Some(Endpoint::Service));
        assert_eq!(at("/files"), Some(Endpoint::Nested("/files".to_owned())));
        assert_eq!(at("/files/"), Some(Endpoint::Nested("/files".to_owned())));
        assert_eq!(at("/api"), methods(&["GET"], Others::Nothing));
        assert_eq!(at("/e"), methods(&["GET"], Others::Somebody));
        assert_eq!(at("/nowhere"), None);
        assert!(part.has_nested("/files") && !part.has_nested("/c"));
        assert!(part.has_tail("/c") && !part.has_tail("/a"));
        assert_eq!(part.fallback("/api/x"), Some("/api"));
        assert_eq!(part.fallback("/x"), None, "axum's own 404");
        let part = Part::of(&router.fallback(|| async {}).with_state::<()>(1)).unwrap();
        assert_eq!(part.fallback("/x/y"), Some(""));
        assert_eq!(part.fallback("/"), Some(""));
        assert_eq!(part.fallback("/api/x"), Some("/api"));
    }
}
