//! Who am I, as a handler of axum.

use crate::catalogue::Catalogue;
use crate::grant::Grant;
use crate::who_am_i::WhoAmI;
use ::axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

/// A ready handler that tells a caller what it holds and which operations it may call: see
/// [`who_am_i`](crate::who_am_i) for an answer of the service's own.
///
/// ```
/// # scopewright::doc_example!();
/// use scopewright::axum::{Router, routing::get, who_am_i};
/// let app: Router = Router::new().route("/me", get(scopes::authenticated(who_am_i::<scopes::Scope>)));
/// ```
pub async fn who_am_i<C: Catalogue>(grant: Grant<C>) -> WhoAmI {
    crate::who_am_i::who_am_i(&grant)
}

impl IntoResponse for WhoAmI {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            // It depends on the credential, and a shared cache does not know where that is.
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, self.to_json()).into_response()
    }
}
