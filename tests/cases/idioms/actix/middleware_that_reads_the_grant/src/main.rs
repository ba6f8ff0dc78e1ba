//! A middleware inside of authentication looks at who the caller is.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpMessage, HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Debug, Clone)]
struct Tenant(String);

async fn tenant(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let subject = req.extensions().get::<Grant<Scope>>().and_then(|grant| grant.subject().map(str::to_owned));
    let tenant = subject.unwrap_or_else(|| "none".to_owned());
    req.extensions_mut().insert(Tenant(tenant.clone()));
    let mut res = next.call(req).await?;
    if let Ok(value) = HeaderValue::from_str(&tenant) {
        res.headers_mut().insert(HeaderName::from_static("x-tenant"), value);
    }
    Ok(res)
}

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(tenant: web::ReqData<Tenant>) -> String {
    tenant.0.clone()
}

#[get("/zones")]
#[requires_scope("read:cameras")]
async fn zones(request: HttpRequest) -> String {
    format!("{:?}", request.extensions().get::<Tenant>())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new().service(list_cameras).service(zones).wrap(from_fn(tenant)).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
