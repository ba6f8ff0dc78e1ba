//! Decisions made where something is registered, for what has no signature to put a guard in: closures, constants,
//! services, fallbacks. One wrapper for every framework.

use crate::catalogue::{Catalogue, PublicReason};
use crate::decided::HandlerDecision;
use crate::require::{Authenticated, Deferred, Public, Require};
use crate::sealed::Sealed;
use scopewright_core::{Decision, Operation, Requirement, ScopeIndex};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

/// A handler or a service behind a decision that was made at its registration.
pub struct Registered<C, T> {
    pub(crate) inner: T,
    pub(crate) operation: &'static Operation<'static>,
    catalogue: PhantomData<fn() -> C>,
}

impl<C, T> Sealed for Registered<C, T> {}

impl<C, T: Clone> Clone for Registered<C, T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), operation: self.operation, catalogue: PhantomData }
    }
}

impl<C, T> fmt::Debug for Registered<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registered").field("operation", self.operation).finish_non_exhaustive()
    }
}

/// The scopes a registration asks for: one scope, an array of scopes that are all needed, or [`any_of`] an array.
pub trait Need {
    /// The generated `Scope`.
    type Catalogue: Catalogue;

    /// Any of the alternatives, all scopes of it. Never empty, no empty alternative.
    fn alternatives(self) -> Vec<Vec<ScopeIndex>>;
}

impl<C: Catalogue> Need for C {
    type Catalogue = C;

    fn alternatives(self) -> Vec<Vec<ScopeIndex>> {
        vec![vec![self.index()]]
    }
}

impl<C: Catalogue, const N: usize> Need for [C; N] {
    type Catalogue = C;

    fn alternatives(self) -> Vec<Vec<ScopeIndex>> {
        const { assert!(N > 0, "an empty list of scopes decides nothing: use `authenticated(..)`") };
        vec![self.iter().map(|scope| scope.index()).collect()]
    }
}

/// Alternatives, one of which is needed. Made by [`any_of`].
#[derive(Debug, Clone, Copy)]
pub struct AnyOf<C, const N: usize>([C; N]);

/// Scopes of which one is needed.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::Scope;
/// use scopewright::registration::{any_of, requires};
/// let handler = requires(any_of([Scope::ReadCameras, Scope::WriteCameras]), || async { "[]" });
/// # let _ = handler;
/// ```
pub const fn any_of<C: Catalogue, const N: usize>(scopes: [C; N]) -> AnyOf<C, N> {
    const { assert!(N > 0, "an empty list of scopes decides nothing: use `authenticated(..)`") };
    AnyOf(scopes)
}

impl<C: Catalogue, const N: usize> Need for AnyOf<C, N> {
    type Catalogue = C;

    fn alternatives(self) -> Vec<Vec<ScopeIndex>> {
        self.0.iter().map(|scope| vec![scope.index()]).collect()
    }
}

/// A handler or service that asks for scopes.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::Scope;
/// use scopewright::axum::{Router, requires, routing::get};
/// let app: Router = Router::new().route("/cameras/count", get(requires(Scope::ReadCameras, || async { "3" })));
/// ```
pub fn requires<N: Need, T>(need: N, inner: T) -> Registered<N::Catalogue, T> {
    Registered { inner, operation: interned(need.alternatives()), catalogue: PhantomData }
}

/// A handler or service that needs no credential, for a declared reason.
pub const fn public<R: PublicReason, T>(reason: R, inner: T) -> Registered<R::Catalogue, T> {
    let _ = reason;
    Registered { inner, operation: &Public::<0>::OPERATION, catalogue: PhantomData }
}

/// A handler or service that asks for a valid credential and no scope. A policy's own `scopes::authenticated` knows
/// which policy is meant; here it is a type argument.
pub const fn authenticated<C: Catalogue, T>(inner: T) -> Registered<C, T> {
    Registered { inner, operation: &Authenticated::OPERATION, catalogue: PhantomData }
}

/// A handler or service nobody has decided about: denied for everybody. The ticket says where it will be.
pub const fn scope_todo<C: Catalogue, T>(ticket: &'static str, inner: T) -> Registered<C, T> {
    let _ = ticket;
    Registered { inner, operation: &Deferred::OPERATION, catalogue: PhantomData }
}

/// The operation of a requirement that is known only when a router is built. Each different one is kept for the rest
/// of the process, once: there are as many as the source has different registrations.
fn interned(alternatives: Vec<Vec<ScopeIndex>>) -> &'static Operation<'static> {
    type Known = BTreeMap<Vec<Vec<ScopeIndex>>, &'static Operation<'static>>;
    static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());

    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(alternatives).or_insert_with_key(|alternatives| {
        let all_of = |scopes: &Vec<ScopeIndex>| -> &'static [ScopeIndex] { scopes.clone().leak() };
        let any_of: Vec<_> = alternatives.iter().map(all_of).collect();
        Box::leak(Box::new(Operation::uniform(Decision::Scoped(Requirement::new(any_of.leak())))))
    })
}

impl<C: Catalogue, T> Registered<C, T> {
    pub(crate) fn decision(&self) -> HandlerDecision {
        HandlerDecision {
            operation: self.operation,
            handler: std::any::type_name::<T>(),
            policy: C::policy(),
        }
    }
}
