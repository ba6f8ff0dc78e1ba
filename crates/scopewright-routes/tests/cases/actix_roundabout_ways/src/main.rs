use actix_web as aw;
use actix_web::{HttpServer as Server, Resource, web};

async fn h() -> &'static str {
    ""
}

mod users {
    use actix_web::{Scope, get, web};

    pub struct Users;

    impl Users {
        const PATH: &'static str = "/users";

        pub fn scope(&self) -> Scope {
            web::scope(Self::PATH).configure(Self::config)
        }

        fn config(cfg: &mut web::ServiceConfig) {
            cfg.service(list);
        }
    }

    #[get("")]
    async fn list() -> &'static str {
        ""
    }
}

trait Controller {
    fn config(cfg: &mut web::ServiceConfig);
}

struct Teams;

impl Controller for Teams {
    fn config(cfg: &mut web::ServiceConfig) {
        cfg.service(web::resource("/teams").get(h));
    }
}

fn mount<C: Controller>(cfg: &mut web::ServiceConfig) {
    C::config(cfg);
}

fn resource(name: &str) -> Resource {
    web::resource(format!("/made/{name}")).route(web::get().to(h))
}

fn in_a_loop(cfg: &mut web::ServiceConfig) {
    ["a", "b"].iter().for_each(|name| {
        cfg.service(resource(name));
    });
    for path in ["/c", "/d"] {
        cfg.route(path, web::get().to(h));
    }
}

fn returns_early(cfg: &mut web::ServiceConfig) {
    cfg.route("/always", web::get().to(h));
    if std::env::var("SMALL").is_ok() {
        return;
    }
    cfg.route("/sometimes", web::get().to(h));
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let extra = move |cfg: &mut web::ServiceConfig| {
        cfg.route("/extra", web::get().to(h));
    };
    Server::new(move || {
        let mut app = aw::App::new().service(users::Users.scope());
        app = app.configure(mount::<Teams>).configure(in_a_loop).configure(returns_early);
        app.configure(extra).service(vec![resource("e"), resource("f")])
    })
    .bind("127.0.0.1:0")?
    .run()
    .await
}
