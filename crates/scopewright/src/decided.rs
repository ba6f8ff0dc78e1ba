//! What is decided about a handler, and the parameter that decides.

use crate::catalogue::{Catalogue, CompiledPolicy};
use crate::guard::Guard;
use crate::require::Require;
use crate::sealed::Sealed;
use scopewright_core::Operation;

/// A parameter that decides about its handler: a [`Guard`], and nothing else.
pub trait Guarded: Sealed {
    /// The generated `Scope`.
    type Catalogue: Catalogue;
    /// What it asks for.
    const OPERATION: &'static Operation<'static>;
}

impl<C, R> Sealed for Guard<C, R> {}

impl<C: Catalogue, R: Require> Guarded for Guard<C, R> {
    type Catalogue = C;
    const OPERATION: &'static Operation<'static> = &R::OPERATION;
}

/// What is decided about a handler or a service.
#[derive(Debug, Clone, Copy)]
pub struct HandlerDecision {
    /// What it asks for.
    pub(crate) operation: &'static Operation<'static>,
    /// Its type's name: for a function, its path.
    pub(crate) handler: &'static str,
    /// The policy the decision was made under.
    pub(crate) policy: &'static CompiledPolicy,
}

impl HandlerDecision {
    /// The decision that the guard `G` makes about the handler `H`.
    pub(crate) fn of<H, G: Guarded>() -> Self {
        Self { operation: G::OPERATION, handler: std::any::type_name::<H>(), policy: G::Catalogue::policy() }
    }
}

/// Calls a macro with the names before the `;`, then with one more of those after it, until with all: for traits that
/// frameworks implement for lists of extractors, or tuples of services, up to a length.
macro_rules! each_beginning {
    ($each:ident: $($first:ident)*;) => {
        $each!($($first)*);
    };
    ($each:ident: $($first:ident)*; $next:ident $($rest:ident)*) => {
        $each!($($first)*);
        each_beginning!($each: $($first)* $next; $($rest)*);
    };
}
pub(crate) use each_beginning;
