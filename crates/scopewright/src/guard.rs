//! The guard in a handler's signature.

#[cfg(feature = "_framework")]
mod future;

#[cfg(feature = "_framework")]
pub use future::GuardFuture;

use crate::catalogue::Catalogue;
use crate::require::Require;
use std::fmt;
use std::marker::PhantomData;

/// Proof, in a handler's signature, that the caller met the requirement `R` of the policy `C`.
///
/// The attributes put it there as the first parameter; a framework's extractor makes it after asking
/// [`decide`](scopewright_core::decide). There is no other way to get one, except [`Guard::for_test`].
///
/// Because it stands in the handler's own signature, no trick with the request's path or method separates a request
/// from its check.
pub struct Guard<C, R> {
    of: PhantomData<fn() -> (C, R)>,
}

impl<C: Catalogue, R: Require> Guard<C, R> {
    /// Called by the framework integrations once the decision is made.
    #[cfg_attr(
        not(feature = "_framework"),
        expect(dead_code, reason = "each framework integration calls it")
    )]
    pub(crate) const fn met() -> Self {
        Self { of: PhantomData }
    }

    /// A guard for calling a handler directly in a unit test, where no request was decided. In a service it proves
    /// nothing: do not call it outside tests.
    ///
    /// ```
    /// # scopewright::doc_example!();
    /// # use scopewright::require::Is;
    /// // What `#[requires_scope("read:cameras")] async fn count() -> usize` expands to:
    /// async fn count(_: scopes::Guard<Is<{ scopes::Scope::ReadCameras as u16 }>>) -> usize {
    ///     3
    /// }
    ///
    /// # futures_executor::block_on(async {
    /// assert_eq!(count(scopewright::Guard::for_test()).await, 3);
    /// # });
    /// ```
    pub const fn for_test() -> Self {
        Self { of: PhantomData }
    }
}

impl<C, R> Clone for Guard<C, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C, R> Copy for Guard<C, R> {}

impl<C, R> fmt::Debug for Guard<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}
