//! What the tests send requests to.

use axum::extract::Request;
use axum::response::Response;
use std::convert::Infallible;
use tower_service::Service;

/// What can be served: axum's own router, a guarded service, either with layers around it.
pub trait Served:
    Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<T> Served for T where
    T: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}
