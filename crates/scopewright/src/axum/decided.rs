//! The type-level question the typed router asks: does this handler carry a decision?

use crate::catalogue::{Catalogue, CompiledPolicy};
use crate::guard::Guard;
use crate::require::Require;
use scopewright_core::Operation;

/// A parameter that decides about its handler: a [`Guard`].
#[diagnostic::on_unimplemented(
    message = "this handler has no access decision: its first parameter is `{Self}`, not a scope guard",
    label = "no `#[requires_scope(..)]` on this handler",
    note = "say above the handler's `fn` who may call it:\n    #[requires_scope(\"scope:name\")]     // a scope of scopes.toml\n    #[requires_auth]                     // any valid credential\n    #[public(reason = \"reason\")]         // nobody is asked\n    #[scope_todo(\"ticket\")]              // denied until decided",
    note = "a closure, a constant or a service has no place for an attribute; decide where it is registered: `scopes::requires(Scope::Name, handler)`"
)]
pub trait Guarded {
    /// The generated `Scope`.
    type Catalogue: Catalogue;
    /// What it asks for.
    const OPERATION: &'static Operation<'static>;
}

impl<C: Catalogue, R: Require> Guarded for Guard<C, R> {
    type Catalogue = C;
    const OPERATION: &'static Operation<'static> = &R::OPERATION;
}

/// A handler's extractors, as axum's `Handler<T, S>` names them in `T`, that carry a decision: because the first one
/// is a [`Guard`], or because the handler is [`Registered`](super::Registered) with one.
#[diagnostic::on_unimplemented(
    message = "this handler has no access decision",
    label = "no `#[requires_scope(..)]` on this handler",
    note = "say above the handler's `fn` who may call it:\n    #[requires_scope(\"scope:name\")]     // a scope of scopes.toml\n    #[requires_auth]                     // any valid credential\n    #[public(reason = \"reason\")]         // nobody is asked\n    #[scope_todo(\"ticket\")]              // denied until decided",
    note = "a closure, a constant or a service has no place for an attribute; decide where it is registered: `scopes::requires(Scope::Name, handler)`"
)]
pub trait Decided<H> {
    /// What the handler asks for.
    fn operation(handler: &H) -> &'static Operation<'static>;

    /// The policy the decision was made under.
    fn policy() -> &'static CompiledPolicy;

    /// The name of the handler.
    fn name() -> &'static str {
        std::any::type_name::<H>()
    }
}

macro_rules! decided {
    ($($extractor:ident)*) => {
        impl<H, M, G: Guarded, $($extractor),*> Decided<H> for (M, G, $($extractor,)*) {
            fn operation(_: &H) -> &'static Operation<'static> {
                G::OPERATION
            }

            fn policy() -> &'static CompiledPolicy {
                G::Catalogue::policy()
            }
        }
    };
}

// axum's `Handler` takes up to sixteen extractors.
decided!();
decided!(T2);
decided!(T2 T3);
decided!(T2 T3 T4);
decided!(T2 T3 T4 T5);
decided!(T2 T3 T4 T5 T6);
decided!(T2 T3 T4 T5 T6 T7);
decided!(T2 T3 T4 T5 T6 T7 T8);
decided!(T2 T3 T4 T5 T6 T7 T8 T9);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15);
decided!(T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16);

/// A service that carries a decision: a [`Registered`](super::Registered) one.
#[diagnostic::on_unimplemented(
    message = "this service has no access decision",
    label = "decide about it here",
    note = "wrap it where it is registered: `scopes::requires(Scope::Name, service)`, `scopes::public(PublicReason::Name, service)`, `scopes::authenticated(service)`"
)]
pub trait DecidedService {
    /// What the service asks for.
    fn operation(&self) -> &'static Operation<'static>;

    /// The policy the decision was made under.
    fn policy() -> &'static CompiledPolicy;

    /// The name of the service.
    fn name() -> &'static str;
}
