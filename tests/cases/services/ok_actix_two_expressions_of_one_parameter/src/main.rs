use scopewright::actix::{App, get, guarded, web};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn admin() -> &'static str {
    "SECRET"
}

#[scopewright::public(reason = "health")]
async fn open() -> &'static str {
    "OPEN"
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| App::new().service(list_cameras).service(web::resource("/z/{id:[0-9]+}").get(open)).service(web::resource("/z/{id:[a-z]+}").get(admin)))?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
