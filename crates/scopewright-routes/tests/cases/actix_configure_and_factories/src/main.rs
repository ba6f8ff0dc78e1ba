use actix_web::dev::HttpServiceFactory;
use actix_web::web::{ServiceConfig, delete, get, resource, scope};
use actix_web::{App, HttpServer, Scope, web};

async fn h() -> &'static str {
    ""
}

#[actix_web::get("/me")]
async fn me() -> &'static str {
    ""
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/a", get().to(h));
    cfg.service(me).service(resource("/b").route(delete().to(h)));
    if std::env::var("ADMIN").is_ok() {
        cfg.service(scope("/admin").configure(admin));
    }
    more(cfg);
}

fn more(cfg: &mut ServiceConfig) {
    cfg.service(web::resource("/more").get(h));
}

fn admin(cfg: &mut ServiceConfig) {
    cfg.service(web::resource("").get(h)).default_service(web::to(h));
}

fn users() -> Scope {
    let scope = web::scope("/users").route("", web::get().to(h));
    scope.route("/{id}", web::get().to(h))
}

fn teams(prefix: &str) -> impl HttpServiceFactory + use<> {
    web::scope(prefix).service(web::resource("/{id}").route(web::get().to(h)))
}

fn app() -> App<impl actix_web::dev::ServiceFactory<actix_web::dev::ServiceRequest, Config = (), Error = actix_web::Error, InitError = ()>> {
    App::new().configure(config).service(users()).service(teams("/teams"))
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut server = HttpServer::new(|| {
        app().configure(|cfg| {
            cfg.service(web::scope("/closure").route("/x", web::get().to(h)));
        })
    });
    server = server.workers(2);
    server.bind("127.0.0.1:0")?.run().await
}
