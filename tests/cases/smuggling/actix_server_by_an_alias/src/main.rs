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

type Web<F, I, S, B> = actix_web::HttpServer<F, I, S, B>;

fn api() -> Result<actix_web::dev::Server, Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| App::new().service(list_cameras))?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    Ok(server.run())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    actix_web::rt::spawn(api()?);
    let server = Web::new(|| actix_web::App::new().route("/secret", actix_web::web::get().to(bare))).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
