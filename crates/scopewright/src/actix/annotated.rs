//! Handlers with `#[get("/path")]` and a decision: actix-web makes a unit struct of the function.

use super::decided::{DecidedFactory, Registrations};
use super::path::joined;
use crate::decided::{Guarded, HandlerDecision};
use crate::sealed::SealedService;
use actix_web::dev::HttpServiceFactory;
use scopewright_core::Method;

/// Methods and paths.
pub type AnnotatedRoutes = &'static [(&'static str, &'static str)];

/// A handler with `#[get("/path")]` and a decision. Our attributes implement it; there is nothing to write.
pub trait Annotated {
    /// The guard in the handler's signature.
    type Guard: Guarded;
    /// What the handler answers.
    const ROUTES: AnnotatedRoutes;
}

#[diagnostic::do_not_recommend]
impl<T: Annotated> SealedService for T {}

#[diagnostic::do_not_recommend]
impl<T: Annotated + HttpServiceFactory + 'static> DecidedFactory for T {
    type Factory = T;

    fn into_parts(self) -> (T, Registrations) {
        let decision = HandlerDecision::of::<T, T::Guard>();
        let at = |(method, path): &(&str, &str)| {
            // A method that has no name here (`QUERY`) is written down as any.
            decision.at(method.parse().unwrap_or(Method::Any), &joined("", path))
        };
        (self, Registrations { known: T::ROUTES.iter().map(at).collect(), doors: Vec::new() })
    }
}
