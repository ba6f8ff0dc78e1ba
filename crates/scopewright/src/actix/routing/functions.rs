//! `web::get()` and its siblings.

use super::{Resource, Route, Scope};
use crate::actix::decided::DecidedHandler;
use actix_router::IntoPatterns;
use actix_web::dev::Handler;
use actix_web::http::Method;
use actix_web::{FromRequest, Responder};

/// A resource at one path, or at several.
pub fn resource<T: IntoPatterns>(path: T) -> Resource {
    Resource::new(path)
}

/// A scope with this prefix.
pub fn scope(path: &str) -> Scope {
    Scope::new(path)
}

/// A route for every request.
pub fn route() -> Route {
    Route::new()
}

/// A route for requests of one method.
pub fn method(method: Method) -> Route {
    Route::new().method(method)
}

/// A route for every request, with a decided handler.
#[track_caller]
pub fn to<F, Args>(handler: F) -> Route
where
    F: Handler<Args> + DecidedHandler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Route::new().to(handler)
}

macro_rules! functions {
    ($($name:ident $method:ident;)*) => {$(
        #[doc = concat!("A route for `", stringify!($method), "` requests.")]
        pub fn $name() -> Route {
            method(Method::$method)
        }
    )*};
}

functions! {
    get GET;
    post POST;
    put PUT;
    patch PATCH;
    delete DELETE;
    head HEAD;
    trace TRACE;
}
