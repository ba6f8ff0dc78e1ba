//! What the typed routers write down about each registration.

use crate::catalogue::CompiledPolicy;
use crate::decided::HandlerDecision;
use scopewright_core::{Method, Operation};

/// One registration: a method on a path, who answers it and what it asks for.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The method, or [`Method::Any`].
    pub method: Method,
    /// The full path, as the framework spells it. The fallback of a router has the path `{prefix}/{*fallback}`.
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
    pub(crate) fn at(self, method: Method, path: &str) -> Registration {
        let Self { operation, handler, policy } = self;
        Registration { method, path: path.to_owned(), operation, handler, policy, is_fallback: false }
    }

    /// For requests that no route answers.
    pub(crate) fn at_fallback(self) -> Registration {
        Registration { is_fallback: true, ..self.at(Method::Any, FALLBACK) }
    }
}

/// The path that the fallback of a router is written down with.
const FALLBACK: &str = "/{*fallback}";
