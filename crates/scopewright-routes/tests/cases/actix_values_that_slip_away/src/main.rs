use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::{App, HttpServer, web};

async fn h() -> &'static str {
    ""
}

fn by_another_name(cfg: &mut web::ServiceConfig) {
    let other = cfg;
    other.route("/by/another/name", web::get().to(h));
}

struct Holder<'a> {
    config: &'a mut web::ServiceConfig,
}

fn in_a_field(cfg: &mut web::ServiceConfig) {
    let holder = Holder { config: cfg };
    holder.config.route("/in/a/field", web::get().to(h));
}

fn through_a_method(cfg: &mut web::ServiceConfig) {
    let mut holder = Holder { config: cfg };
    holder.add();
}

impl Holder<'_> {
    fn add(&mut self) {
        self.config.route("/through/a/method", web::get().to(h));
    }
}

struct Own;

impl HttpServiceFactory for Own {
    fn register(self, config: &mut AppService) {
        web::resource("/own").to(h).register(config);
    }
}

macro_rules! routes_of {
    ($cfg:ident, $path:literal) => {
        $cfg.route($path, web::get().to(h));
    };
}

fn by_macro(cfg: &mut web::ServiceConfig) {
    routes_of!(cfg, "/by/macro");
}

fn handed_over(cfg: &mut web::ServiceConfig) {
    other::configure(cfg);
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| {
        App::new()
            .configure(by_another_name)
            .configure(in_a_field)
            .configure(through_a_method)
            .configure(by_macro)
            .configure(handed_over)
            .configure(|cfg| other::configure(cfg))
            .service(Own)
    })
    .bind("127.0.0.1:0")?
    .run()
    .await
}
