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

macro_rules! handler {
    ($name:ident, $path:literal) => {
        #[actix_web::get($path)]
        async fn $name() -> &'static str {
            "SECRET"
        }

        impl scopewright::actix::Annotated for $name {
            type Guard = scopes::Guard<scopewright::require::Is<{ Scope::WriteCameras as u16 }>>;
            const ROUTES: scopewright::actix::AnnotatedRoutes = &[];
        }
    };
}
handler!(secret, "/secret");

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| App::new().service(list_cameras).service(secret))?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
