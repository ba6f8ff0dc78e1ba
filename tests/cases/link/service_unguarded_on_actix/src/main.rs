use actix_web::{App, HttpServer, web};
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let app = || App::new().route("/cameras", web::get().to(list)).route("/cameras", web::post().to(create));
    HttpServer::new(app).bind("127.0.0.1:0")?.run().await
}
