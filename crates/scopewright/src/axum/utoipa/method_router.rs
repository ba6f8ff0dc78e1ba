//! What `routes!` makes: the documented paths of some handlers, and the method router that answers there.

use crate::axum::routing::MethodRouter;
use ::axum::extract::Request;
use ::axum::response::IntoResponse;
use ::axum::routing::Route;
use std::convert::Infallible;
use tower_layer::Layer;
use tower_service::Service;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};

/// utoipa-axum's [`UtoipaMethodRouter`](utoipa_axum::router::UtoipaMethodRouter) for decided handlers: the schemas they
/// name, their documented paths, and what answers.
pub type UtoipaMethodRouter<S = (), E = Infallible> =
    (Vec<(String, RefOr<Schema>)>, Paths, MethodRouter<S, E>);

/// utoipa-axum's [`UtoipaMethodRouterExt`](utoipa_axum::router::UtoipaMethodRouterExt) for decided handlers.
pub trait UtoipaMethodRouterExt<S, E>: Sized
where
    S: Send + Sync + Clone + 'static,
{
    /// Wraps the handlers.
    fn layer<L, NewError>(self, layer: L) -> UtoipaMethodRouter<S, NewError>
    where
        L: Layer<Route<E>> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<NewError> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
        E: 'static,
        NewError: 'static;

    /// Provides the state, leaving handlers that need another.
    fn with_state<S2>(self, state: S) -> UtoipaMethodRouter<S2, E>;

    /// Changes the method router by whatever it can do.
    fn map<NewError>(
        self,
        change: impl FnOnce(MethodRouter<S, E>) -> MethodRouter<S, NewError>,
    ) -> UtoipaMethodRouter<S, NewError>;
}

impl<S, E> UtoipaMethodRouterExt<S, E> for UtoipaMethodRouter<S, E>
where
    S: Send + Sync + Clone + 'static,
{
    fn layer<L, NewError>(self, layer: L) -> UtoipaMethodRouter<S, NewError>
    where
        L: Layer<Route<E>> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<NewError> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
        E: 'static,
        NewError: 'static,
    {
        self.map(|method_router| method_router.layer(layer))
    }

    fn with_state<S2>(self, state: S) -> UtoipaMethodRouter<S2, E> {
        let (schemas, paths, method_router) = self;
        (schemas, paths, method_router.with_state(state))
    }

    fn map<NewError>(
        self,
        change: impl FnOnce(MethodRouter<S, E>) -> MethodRouter<S, NewError>,
    ) -> UtoipaMethodRouter<S, NewError> {
        let (schemas, paths, method_router) = self;
        (schemas, paths, change(method_router))
    }
}
