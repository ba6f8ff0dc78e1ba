//! The metadata of the protected resource (RFC 9728) as a route of axum.

use crate::record::Registration;
use crate::resource::ResourceMetadata;
use ::axum::response::IntoResponse;
use ::axum::routing::get;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

/// The router with the route of the metadata, unless the service has registered one of its own there.
pub(super) fn mount<S: Clone + Send + Sync + 'static>(
    router: ::axum::Router<S>,
    metadata: &'static ResourceMetadata,
    registered: &[Registration],
) -> ::axum::Router<S> {
    if metadata.is_registered(registered) {
        return router;
    }
    let content_type = HeaderValue::from_static(ResourceMetadata::CONTENT_TYPE);
    // Public by the policy's word, which is what its row of the table says: there is nothing to ask.
    let answer = move || async move { ([(CONTENT_TYPE, content_type)], metadata.document).into_response() };
    router.route(metadata.path, get(answer))
}
