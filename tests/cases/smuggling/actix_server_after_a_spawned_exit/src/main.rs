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

fn open() -> actix_web::App<impl actix_web::dev::ServiceFactory<actix_web::dev::ServiceRequest, Config = (), Response = actix_web::dev::ServiceResponse, Error = actix_web::Error, InitError = ()>> {
    use actix_web::dev::Service;
    actix_web::App::new().wrap_fn(|request, inner| {
        let answer = inner.call(request);
        async move { Ok(answer.await?.into_response(actix_web::HttpResponse::Ok().body("SECRET"))) }
    })
}

fn api() -> Result<actix_web::dev::Server, Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| App::new().service(list_cameras))?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    Ok(server.run())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    actix_web::rt::spawn(api()?);

    actix_web::rt::spawn(async {
        actix_web::rt::time::sleep(std::time::Duration::from_secs(3600)).await;
        std::process::exit(0)
    });
    let server = actix_web::HttpServer::new(open).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
