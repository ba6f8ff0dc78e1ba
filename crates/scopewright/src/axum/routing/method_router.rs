//! axum's `MethodRouter` for decided handlers, which remembers what was registered.

use super::MethodFilter;
use crate::axum::decided::{Decided, DecidedService};
use crate::decided::HandlerDecision;
use ::axum::extract::Request;
use ::axum::handler::Handler;
use ::axum::response::IntoResponse;
use ::axum::routing::Route;
use scopewright_core::Method;
use std::convert::Infallible;
use std::fmt;
use tower_layer::Layer;
use tower_service::Service;

/// axum's [`MethodRouter`](::axum::routing::MethodRouter) for decided handlers.
pub struct MethodRouter<S = (), E = Infallible> {
    inner: ::axum::routing::MethodRouter<S, E>,
    registered: Vec<(Method, HandlerDecision)>,
}

impl<S, E> MethodRouter<S, E> {
    pub(in crate::axum) fn into_parts(
        self,
    ) -> (::axum::routing::MethodRouter<S, E>, Vec<(Method, HandlerDecision)>) {
        (self.inner, self.registered)
    }
}

/// The methods of a filter. A filter can't be asked what is in it, but joining what is in it changes nothing.
fn methods(filter: MethodFilter) -> impl Iterator<Item = Method> {
    let known = [
        (Method::Get, MethodFilter::GET),
        (Method::Head, MethodFilter::HEAD),
        (Method::Post, MethodFilter::POST),
        (Method::Put, MethodFilter::PUT),
        (Method::Patch, MethodFilter::PATCH),
        (Method::Delete, MethodFilter::DELETE),
        (Method::Options, MethodFilter::OPTIONS),
        (Method::Trace, MethodFilter::TRACE),
        (Method::Connect, MethodFilter::CONNECT),
    ];
    known.into_iter().filter(move |(_, one)| filter.or(*one) == filter).map(|(method, _)| method)
}

/// The bounds come from the invocation, so that rustc's errors show them and not the inside of a macro.
macro_rules! handler_methods {
    ($bounds:tt $($name:ident $method:ident $shown:literal;)*) => {
        $(handler_method!($bounds $name $method $shown);)*
    };
}

macro_rules! handler_method {
    ({$($bounds:tt)*} $name:ident $method:ident $shown:literal) => {
        #[doc = concat!("Chains a decided handler for `", $shown, "` requests.")]
        #[must_use]
        #[track_caller]
        pub fn $name<H, T>(mut self, handler: H) -> Self
        where
            $($bounds)*
            T: 'static,
        {
            self.registered.push((Method::$method, handler.decided()));
            self.inner = self.inner.$name(handler);
            self
        }
    };
}

macro_rules! service_methods {
    ($bounds:tt $($name:ident $method:ident $shown:literal;)*) => {
        $(service_method!($bounds $name $method $shown);)*
    };
}

macro_rules! service_method {
    ({$($bounds:tt)*} $name:ident $method:ident $shown:literal) => {
        #[doc = concat!("Chains a decided service for `", $shown, "` requests.")]
        #[must_use]
        #[track_caller]
        pub fn $name<T>(mut self, service: T) -> Self
        where
            $($bounds)*
            T::Response: IntoResponse + 'static,
            T::Future: Send + 'static,
        {
            self.registered.push((Method::$method, service.decided()));
            self.inner = self.inner.$name(service);
            self
        }
    };
}

impl<S: Clone + Send + Sync + 'static> MethodRouter<S, Infallible> {
    handler_methods! {
        { H: Handler<T, S> + Decided<T, S>, }
        get Get "GET` and `HEAD";
        head Head "HEAD";
        post Post "POST";
        put Put "PUT";
        patch Patch "PATCH";
        delete Delete "DELETE";
        options Options "OPTIONS";
        trace Trace "TRACE";
        connect Connect "CONNECT";
    }

    /// Chains a decided handler for requests of the given methods.
    #[must_use]
    #[track_caller]
    pub fn on<H, T>(mut self, filter: MethodFilter, handler: H) -> Self
    where
        H: Handler<T, S> + Decided<T, S>,
        T: 'static,
    {
        let decision = handler.decided();
        self.registered.extend(methods(filter).map(|method| (method, decision)));
        self.inner = self.inner.on(filter, handler);
        self
    }

    /// A decided handler for all methods: what [`any`](super::any) is made of.
    pub(super) fn any<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, S> + Decided<T, S>,
        T: 'static,
    {
        self.registered.push((Method::Any, handler.decided()));
        self.inner = ::axum::routing::any(handler);
        self
    }

    /// A decided handler for the methods that have no other.
    #[must_use]
    pub fn fallback<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, S> + Decided<T, S>,
        T: 'static,
    {
        self.registered.push((Method::Any, handler.decided()));
        self.inner = self.inner.fallback(handler);
        self
    }
}

impl<S: Clone, E> MethodRouter<S, E> {
    /// A method router that answers 405 to everything.
    pub fn new() -> Self {
        Self { inner: ::axum::routing::MethodRouter::new(), registered: Vec::new() }
    }

    service_methods! {
        { T: Service<Request, Error = E> + DecidedService + Clone + Send + Sync + 'static, }
        get_service Get "GET` and `HEAD";
        head_service Head "HEAD";
        post_service Post "POST";
        put_service Put "PUT";
        patch_service Patch "PATCH";
        delete_service Delete "DELETE";
        options_service Options "OPTIONS";
        trace_service Trace "TRACE";
        connect_service Connect "CONNECT";
        fallback_service Any "all other";
    }

    /// Chains a decided service for requests of the given methods.
    #[must_use]
    #[track_caller]
    pub fn on_service<T>(mut self, filter: MethodFilter, service: T) -> Self
    where
        T: Service<Request, Error = E> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse + 'static,
        T::Future: Send + 'static,
    {
        let decision = service.decided();
        self.registered.extend(methods(filter).map(|method| (method, decision)));
        self.inner = self.inner.on_service(filter, service);
        self
    }

    /// A decided service for all methods: what [`any_service`](super::any_service) is made of.
    pub(super) fn any_service<T>(mut self, service: T) -> Self
    where
        T: Service<Request, Error = E> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse + 'static,
        T::Future: Send + 'static,
    {
        self.registered.push((Method::Any, service.decided()));
        self.inner = ::axum::routing::any_service(service);
        self
    }

    /// Provides the state, leaving handlers that need another.
    pub fn with_state<S2>(self, state: S) -> MethodRouter<S2, E> {
        MethodRouter { inner: self.inner.with_state(state), registered: self.registered }
    }

    /// Wraps everything registered so far, the fallback included.
    pub fn layer<L, NewError>(self, layer: L) -> MethodRouter<S, NewError>
    where
        L: Layer<Route<E>> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<NewError> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
        E: 'static,
        S: 'static,
        NewError: 'static,
    {
        MethodRouter { inner: self.inner.layer(layer), registered: self.registered }
    }

    /// Wraps everything registered so far, but not the fallback.
    #[must_use]
    #[track_caller]
    pub fn route_layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route<E>> + Clone + Send + Sync + 'static,
        L::Service: Service<Request, Error = E> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
        E: 'static,
        S: 'static,
    {
        Self { inner: self.inner.route_layer(layer), registered: self.registered }
    }

    /// Takes in what another method router has.
    #[must_use]
    #[track_caller]
    pub fn merge(mut self, other: Self) -> Self {
        self.inner = self.inner.merge(other.inner);
        self.registered.extend(other.registered);
        self
    }
}

impl<S: Clone, E> Default for MethodRouter<S, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone, E> Clone for MethodRouter<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), registered: self.registered.clone() }
    }
}

impl<S, E> fmt::Debug for MethodRouter<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
