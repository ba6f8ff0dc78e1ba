//! What the typed router writes down about each registration.

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

/// What is known of a handler before it has a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decision {
    pub(super) operation: &'static Operation<'static>,
    pub(super) handler: &'static str,
    pub(super) policy: &'static CompiledPolicy,
}

impl Decision {
    pub(super) const fn at(self, method: Method, path: String, is_fallback: bool) -> Registration {
        let Self { operation, handler, policy } = self;
        Registration { method, path, operation, handler, policy, is_fallback }
    }
}

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
