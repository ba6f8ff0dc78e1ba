//! The type-level question the typed router asks: does this handler carry a decision?

use crate::decided::{Guarded, HandlerDecision, each_beginning};
use crate::sealed::{Sealed, SealedHandler};
use ::axum::extract::{FromRequest, FromRequestParts};
use ::axum::handler::Layered;
use ::axum::response::IntoResponse;
use std::future::Future;

/// A handler that carries a decision: because its first parameter is a [`Guard`](crate::Guard), which the attributes put
/// there, or because it is [`Registered`](super::Registered) with one. `T` are its extractors and `S` its state, as axum's
/// `Handler<T, S>` names them; there is nothing to implement.
///
/// INVARIANT: the bounds are those of axum's own implementation of `Handler` for functions. Where they hold, that one
/// applies and no other can exist, so the guard is extracted before the function is called. A `Handler` written by hand
/// may name a guard in `T` and never make one: it is not decided.
#[diagnostic::on_unimplemented(
    message = "this handler has no access decision",
    label = "no `#[requires_scope(..)]` above the `fn` of this handler",
    note = "say above the `fn` who may call it, by one of:\n    #[requires_scope(\"scope:name\")]    a scope of scopes.toml\n    #[requires_auth]                  any valid credential\n    #[public(reason = \"reason\")]      nobody is asked\n    #[scope_todo(\"ticket\")]           denied until decided",
    note = "a closure, a constant or a service has no `fn` of its own: wrap it where it is registered, as in `get(scopes::requires(Scope::Name, ..))`"
)]
pub trait Decided<T, S>: SealedHandler<T, S> {
    /// What is decided about the handler.
    fn decided(&self) -> HandlerDecision;
}

macro_rules! decided {
    ($($extractor:ident)*) => {
        decided!(@last [] G $($extractor)*);
    };
    (@last [$($extractor:ident)*] $next:ident $($rest:ident)+) => {
        decided!(@last [$($extractor)* $next] $($rest)+);
    };
    (@last [$($extractor:ident)*] $last:ident) => {
        #[diagnostic::do_not_recommend]
        impl<H, Fut, Res, S, M, $($extractor,)* $last> SealedHandler<(M, $($extractor,)* $last,), S> for H
        where
            H: FnOnce($($extractor,)* $last) -> Fut + Clone + Send + Sync + 'static,
            Fut: Future<Output = Res> + Send,
            Res: IntoResponse,
            S: Send + Sync + 'static,
            G: Guarded,
            $($extractor: FromRequestParts<S> + Send,)*
            $last: FromRequest<S, M> + Send,
        {
        }

        #[diagnostic::do_not_recommend]
        impl<H, Fut, Res, S, M, $($extractor,)* $last> Decided<(M, $($extractor,)* $last,), S> for H
        where
            H: FnOnce($($extractor,)* $last) -> Fut + Clone + Send + Sync + 'static,
            Fut: Future<Output = Res> + Send,
            Res: IntoResponse,
            S: Send + Sync + 'static,
            G: Guarded,
            $($extractor: FromRequestParts<S> + Send,)*
            $last: FromRequest<S, M> + Send,
        {
            fn decided(&self) -> HandlerDecision {
                HandlerDecision::of::<H, G>()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<L, H, S, M, $($extractor,)* $last> SealedHandler<(M, $($extractor,)* $last,), S>
            for Layered<L, H, (M, $($extractor,)* $last,), S>
        where
            H: Decided<(M, $($extractor,)* $last,), S>,
            G: Guarded,
        {
        }

        /// `handler.layer(..)`: the layer sees the request before the guard does, and can't give it to anything else.
        #[diagnostic::do_not_recommend]
        impl<L, H, S, M, $($extractor,)* $last> Decided<(M, $($extractor,)* $last,), S>
            for Layered<L, H, (M, $($extractor,)* $last,), S>
        where
            H: Decided<(M, $($extractor,)* $last,), S>,
            G: Guarded,
        {
            fn decided(&self) -> HandlerDecision {
                HandlerDecision::of::<H, G>()
            }
        }
    };
}

// axum's `Handler` takes up to sixteen extractors.
each_beginning!(decided: ; T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16);

/// A service that carries a decision: a [`Registered`](super::Registered) one.
#[diagnostic::on_unimplemented(
    message = "this service has no access decision",
    label = "decide about it here",
    note = "wrap it where it is registered: `scopes::requires(Scope::Name, service)`, `scopes::public(PublicReason::Name, service)`, `scopes::authenticated(service)`"
)]
pub trait DecidedService: Sealed {
    /// What is decided about the service.
    fn decided(&self) -> HandlerDecision;
}
