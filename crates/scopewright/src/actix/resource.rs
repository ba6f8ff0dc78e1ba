//! The metadata of the protected resource (RFC 9728) as a service of actix-web.

use crate::record::Registration;
use crate::resource::ResourceMetadata;
use actix_web::dev::{ServiceFactory, ServiceRequest};
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{App, Error, HttpResponse, web};

/// The application with the metadata as its last service, unless the policy has none or the service has registered
/// one of its own there.
pub(super) fn mounted<T>(
    app: App<T>,
    metadata: Option<&'static ResourceMetadata>,
    registered: &[Registration],
) -> App<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    let Some(metadata) = metadata.filter(|metadata| !metadata.is_registered(registered)) else { return app };
    // Public by the policy's word, which is what its row of the table says: there is nothing to ask.
    let answer = move || async move {
        let mut response = HttpResponse::Ok().body(metadata.document);
        let content_type = HeaderValue::from_static(ResourceMetadata::CONTENT_TYPE);
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    };
    app.service(web::resource(metadata.path).route(web::get().to(answer)).route(web::head().to(answer)))
}
