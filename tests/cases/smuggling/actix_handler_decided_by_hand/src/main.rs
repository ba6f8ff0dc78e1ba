use scopewright::actix::{App, get, guarded};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

async fn bare() -> &'static str {
    "SECRET"
}

#[derive(Clone)]
struct Mine;

struct Nothing;

impl actix_web::FromRequest for Nothing {
    type Error = actix_web::Error;
    type Future = std::future::Ready<Result<Self, Self::Error>>;

    fn from_request(_: &actix_web::HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        std::future::ready(Ok(Self))
    }
}

impl actix_web::Handler<Nothing> for Mine {
    type Output = &'static str;
    type Future = std::future::Ready<&'static str>;

    fn call(&self, _: Nothing) -> Self::Future {
        std::future::ready("SECRET")
    }
}

impl scopewright::actix::DecidedHandler<Nothing> for Mine {
    fn decided(&self) -> scopewright::actix::HandlerDecision {
        scopewright::actix::HandlerDecision {
            operation: &<scopewright::require::Is<{ Scope::WriteCameras as u16 }> as scopewright::require::Require>::OPERATION,
            handler: "mine",
            policy: <Scope as scopewright::Catalogue>::policy(),
        }
    }
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| App::new().service(list_cameras).route("/secret", scopewright::actix::web::get().to(Mine)))?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
