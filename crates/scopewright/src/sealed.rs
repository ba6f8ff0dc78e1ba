//! What keeps the proofs of a decision from being imitated.

/// A supertrait that only this crate can name: a trait with it is implemented here and nowhere else.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand for a decision",
    label = "made by hand",
    note = "decisions come from the attributes (`#[requires_scope(..)]` and its kin) and from `scopes::requires(..)` and its kin alone"
)]
pub trait Sealed {}

/// The same for handlers of axum, with the type arguments of the trait: without them a local type among those of a foreign
/// trait would make an `impl` by hand possible.
#[cfg(feature = "axum")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand for a decided handler",
    label = "made by hand",
    note = "decisions come from the attributes (`#[requires_scope(..)]` and its kin) and from `scopes::requires(..)` and its kin alone"
)]
pub trait SealedHandler<T, S> {}

/// The same for handlers of actix-web.
#[cfg(feature = "actix")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand for a decided handler",
    label = "made by hand",
    note = "decisions come from the attributes (`#[requires_scope(..)]` and its kin) and from `scopes::requires(..)` and its kin alone"
)]
pub trait SealedArgs<Args> {}

/// The same for services, which the attributes make decided by an `impl` in the service's own crate: a type that has one
/// is a service and proves nothing else.
#[cfg(feature = "actix")]
pub trait SealedService {}
