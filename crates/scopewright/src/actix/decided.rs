//! The type-level questions the typed registration asks: does this handler, does this service carry a decision?

use super::registered::DecidedEndpoint;
use crate::catalogue::CompiledPolicy;
use crate::decided::{Guarded, HandlerDecision, each_beginning};
use crate::record::Registration;
use crate::sealed::{SealedArgs, SealedService};
use actix_web::dev::HttpServiceFactory;

/// A handler that carries a decision: because its first parameter is a [`Guard`](crate::Guard), which the attributes put
/// there, or because it is [`Registered`](super::Registered) with one. `Args` are its extractors, as actix-web's
/// `Handler<Args>` names them; there is nothing to implement.
#[diagnostic::on_unimplemented(
    message = "this handler has no access decision",
    label = "no `#[requires_scope(..)]` above the `fn` of this handler",
    note = "say above the `fn` who may call it, by one of:\n    #[requires_scope(\"scope:name\")]    a scope of scopes.toml\n    #[requires_auth]                  any valid credential\n    #[public(reason = \"reason\")]      nobody is asked\n    #[scope_todo(\"ticket\")]           denied until decided",
    note = "a closure has no `fn` of its own: wrap it where it is registered, as in `web::get().to(scopes::requires(Scope::Name, ..))`"
)]
pub trait DecidedHandler<Args>: SealedArgs<Args> {
    /// What is decided about the handler.
    fn decided(&self) -> HandlerDecision;
}

macro_rules! decided {
    ($($extractor:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<H, G: Guarded, $($extractor),*> SealedArgs<(G, $($extractor,)*)> for H {}

        #[diagnostic::do_not_recommend]
        impl<H, G: Guarded, $($extractor),*> DecidedHandler<(G, $($extractor,)*)> for H {
            fn decided(&self) -> HandlerDecision {
                HandlerDecision::of::<H, G>()
            }
        }
    };
}

// actix-web's `Handler` takes up to sixteen extractors.
each_beginning!(decided: ; T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16);

/// What can be given to `.service(..)`: a [`Resource`](super::Resource) or a [`Scope`](super::Scope) of this module, a
/// handler with `#[get("/path")]` and a decision, several of them as a tuple or a `Vec`.
#[diagnostic::on_unimplemented(
    message = "this service has no access decision",
    label = "nothing says who may call it",
    note = "a handler with `#[get(\"/path\")]` needs a second attribute, by one of:\n    #[requires_scope(\"scope:name\")]    a scope of scopes.toml\n    #[requires_auth]                  any valid credential\n    #[public(reason = \"reason\")]      nobody is asked\n    #[scope_todo(\"ticket\")]           denied until decided",
    note = "if it has one below actix-web's own `#[get(..)]`, import `get` from `scopewright::actix`, or put the decision above it",
    note = "resources and scopes are made with `scopewright::actix::web`, not with `actix_web::web`"
)]
pub trait DecidedFactory: SealedService {
    /// actix-web's own service.
    type Factory: HttpServiceFactory + 'static;

    /// actix-web's own service, and what it answers, paths relative to where it is put.
    fn into_parts(self) -> (Self::Factory, Registrations);
}

/// What a service answers.
#[derive(Debug, Clone, Default)]
pub struct Registrations {
    pub(crate) known: Vec<Registration>,
    /// The policies that the doors in front of plain parts ask: what those parts register is not known.
    pub(crate) doors: Vec<&'static CompiledPolicy>,
}

impl Registrations {
    pub(super) fn extend(&mut self, other: Self) {
        self.known.extend(other.known);
        self.doors.extend(other.doors);
    }

    /// actix-web's own of a service whose answers are written down here.
    pub(super) fn take_in<F: DecidedFactory>(&mut self, service: F) -> F::Factory {
        let (factory, registered) = service.into_parts();
        self.extend(registered);
        factory
    }

    /// The same for what answers where nothing else does.
    pub(super) fn take_in_fallback<E: DecidedEndpoint>(&mut self, service: E) -> E::Factory {
        let (factory, decision) = service.into_parts();
        self.known.extend(decision.map(HandlerDecision::at_fallback));
        factory
    }
}

impl<T> SealedService for Vec<T> {}

impl<T: DecidedFactory> DecidedFactory for Vec<T> {
    type Factory = Vec<T::Factory>;

    fn into_parts(self) -> (Self::Factory, Registrations) {
        let mut all = Registrations::default();
        (self.into_iter().map(|one| all.take_in(one)).collect(), all)
    }
}

macro_rules! tuple {
    ($($member:ident)+) => {
        impl<$($member),+> SealedService for ($($member,)+) {}

        #[diagnostic::do_not_recommend]
        impl<$($member: DecidedFactory),+> DecidedFactory for ($($member,)+) {
            type Factory = ($($member::Factory,)+);

            #[expect(non_snake_case, reason = "the members are named as their types")]
            fn into_parts(self) -> (Self::Factory, Registrations) {
                let mut all = Registrations::default();
                let ($($member,)+) = self;
                (($(all.take_in($member),)+), all)
            }
        }
    };
}

// actix-web takes tuples of up to twelve services.
each_beginning!(tuple: A; B C D E F G H I J K L);
