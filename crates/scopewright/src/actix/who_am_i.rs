//! Who am I, as a handler of actix-web.

use crate::catalogue::Catalogue;
use crate::grant::Grant;
use crate::who_am_i::WhoAmI;
use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};

/// A ready handler that tells a caller what it holds and which operations it may call: see
/// [`who_am_i`](crate::who_am_i) for an answer of the service's own.
///
/// ```
/// # scopewright::doc_example!();
/// use scopewright::actix::{App, web, who_am_i};
/// let app = App::new().route("/me", web::get().to(scopes::authenticated(who_am_i::<scopes::Scope>)));
/// # let _ = app;
/// ```
pub async fn who_am_i<C: Catalogue>(grant: Grant<C>) -> WhoAmI {
    crate::who_am_i::who_am_i(&grant)
}

impl Responder for WhoAmI {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok().body(self.to_json());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // It depends on the credential, and a shared cache does not know where that is.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
