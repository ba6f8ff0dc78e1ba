use scopewright::actix::{App, get, guarded};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

struct Mine;

impl actix_web::dev::HttpServiceFactory for Mine {
    fn register(self, config: &mut actix_web::dev::AppService) {
        actix_web::web::resource("/secret").route(actix_web::web::get().to(|| async { "SECRET" })).register(config);
    }
}

impl scopewright::actix::Annotated for Mine {
    type Guard = scopes::Guard<scopewright::require::Is<{ Scope::ReadCameras as u16 }>>;
    const ROUTES: scopewright::actix::AnnotatedRoutes = &[("GET", "/cameras")];
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| App::new().service(list_cameras).service(Mine))?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
