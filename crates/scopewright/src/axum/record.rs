//! What the typed router writes down about each registration.

use super::decided::HandlerDecision;
use crate::catalogue::CompiledPolicy;
use scopewright_core::{Method, Operation};

/// One registration: a method on a path, who answers it and what it asks for.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The method, or [`Method::Any`].
    pub method: Method,
    /// The full path, as axum spells it. The fallback of a router has the path `{prefix}/{*fallback}`.
    pub path: String,
    /// What it asks for.
    pub operation: &'static Operation<'static>,
    /// The handler's type name: for a function, its path.
    pub handler: &'static str,
    /// The policy the decision was made under.
    pub policy: &'static CompiledPolicy,
    /// Whether it answers what no route does, instead of a route.
    pub is_fallback: bool,
}

impl HandlerDecision {
    pub(super) fn at(self, method: Method, path: &str) -> Registration {
        let Self { operation, handler, policy } = self;
        Registration { method, path: path.to_owned(), operation, handler, policy, is_fallback: false }
    }

    /// For requests that no route answers.
    pub(super) fn at_fallback(self) -> Registration {
        Registration { is_fallback: true, ..self.at(Method::Any, FALLBACK) }
    }
}

/// The path that the fallback of a router is written down with.
pub(super) const FALLBACK: &str = "/{*fallback}";

/// The path of a route inside a nested router, as axum 0.8 joins it: `/ui` and `/` make `/ui`.
pub(super) fn nested(prefix: &str, path: &str) -> String {
    if prefix.ends_with('/') {
        format!("{prefix}{}", path.trim_start_matches('/'))
    } else if path == "/" {
        prefix.to_owned()
    } else {
        format!("{prefix}{path}")
    }
}
