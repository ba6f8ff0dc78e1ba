//! `get(handler)` and its siblings.

use super::{MethodFilter, MethodRouter};
use crate::axum::decided::{Decided, DecidedService};
use ::axum::extract::Request;
use ::axum::handler::Handler;
use ::axum::response::IntoResponse;
use std::convert::Infallible;
use tower_service::Service;

/// The bounds come from the invocation, so that rustc's errors show them and not the inside of a macro.
macro_rules! functions {
    ($handler:tt $service:tt $($name:ident $name_service:ident $method:literal;)*) => {
        $(function!($handler $service $name $name_service $method);)*
    };
}

macro_rules! function {
    ({$($handler:tt)*} {$($service:tt)*} $name:ident $name_service:ident $method:literal) => {
        #[doc = concat!("Routes `", $method, "` requests to a decided handler.")]
        #[track_caller]
        pub fn $name<H, T, S>(handler: H) -> MethodRouter<S, Infallible>
        where
            $($handler)*
            T: 'static,
            S: Clone + Send + Sync + 'static,
        {
            MethodRouter::new().$name(handler)
        }

        #[doc = concat!("Routes `", $method, "` requests to a decided service.")]
        #[track_caller]
        pub fn $name_service<T, S>(service: T) -> MethodRouter<S, T::Error>
        where
            $($service)*
            T::Response: IntoResponse + 'static,
            T::Future: Send + 'static,
            S: Clone,
        {
            MethodRouter::new().$name_service(service)
        }
    };
}

functions! {
    { H: Handler<T, S> + Decided<T, S>, }
    { T: Service<Request> + DecidedService + Clone + Send + Sync + 'static, }
    get get_service "GET` and `HEAD";
    head head_service "HEAD";
    post post_service "POST";
    put put_service "PUT";
    patch patch_service "PATCH";
    delete delete_service "DELETE";
    options options_service "OPTIONS";
    trace trace_service "TRACE";
    connect connect_service "CONNECT";
    any any_service "all";
}

/// Routes requests of the given methods to a decided handler.
#[track_caller]
pub fn on<H, T, S>(filter: MethodFilter, handler: H) -> MethodRouter<S, Infallible>
where
    H: Handler<T, S> + Decided<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    MethodRouter::new().on(filter, handler)
}

/// Routes requests of the given methods to a decided service.
#[track_caller]
pub fn on_service<T, S>(filter: MethodFilter, service: T) -> MethodRouter<S, T::Error>
where
    T: Service<Request> + DecidedService + Clone + Send + Sync + 'static,
    T::Response: IntoResponse + 'static,
    T::Future: Send + 'static,
    S: Clone,
{
    MethodRouter::new().on_service(filter, service)
}
