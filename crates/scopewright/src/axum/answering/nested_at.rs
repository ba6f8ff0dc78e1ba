//! Asks axum which nested service a request was routed to.

use ::axum::Router;
use ::axum::body::Body;
use ::axum::extract::{MatchedPath, Request};
use ::axum::response::Response;
use ::axum::routing::any;
use std::future::Future;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};
use tower_service::Service;

/// The prefix of the nested service that a request was given to, as it was registered, if it was given to one.
///
/// Such a request has no [`MatchedPath`]; but what axum says of a route *inside* of a nested service begins with the
/// prefix. So a router of one route is asked, as if it were nested there.
pub(super) fn nested_at(request: &Request) -> Option<String> {
    static ASKED: LazyLock<Router> = LazyLock::new(|| {
        let told = |path: MatchedPath| async move {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(path);
            response
        };
        Router::new().route("/", any(told))
    });
    let mut asking = Request::new(Body::empty());
    *asking.extensions_mut() = request.extensions().clone();
    let answer = pin!(ASKED.clone().call(asking));
    // Nothing in it waits.
    let Poll::Ready(Ok(response)) = answer.poll(&mut Context::from_waker(Waker::noop())) else { return None };
    let path = response.extensions().get::<MatchedPath>()?.as_str();
    let prefix = path.strip_suffix('/')?;
    (!prefix.is_empty()).then(|| prefix.to_owned())
}
