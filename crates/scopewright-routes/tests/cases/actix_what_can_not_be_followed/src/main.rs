use actix_web::{App, HttpServer, web};

async fn h() -> &'static str {
    ""
}

async fn no_attribute() -> &'static str {
    ""
}

struct Own;

fn never_configured(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/never").to(h));
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let base = std::env::var("BASE").unwrap_or_default();
    HttpServer::new(move || {
        App::new()
            .service(other::service())
            .service(no_attribute)
            .service(Own)
            .configure(other::configure)
            .route(&base, web::get().to(h))
            .route("/handler", web::get().to(other::handler))
            .service(web::scope(&base).route("/below", web::get().to(h)))
            .route("", web::get().to(h))
            .with_magic()
    })
    .bind("127.0.0.1:0")?
    .run()
    .await
}
