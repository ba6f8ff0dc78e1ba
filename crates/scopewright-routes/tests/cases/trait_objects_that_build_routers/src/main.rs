use axum::{Router, routing::get};
async fn a() {}
trait Module { fn mount(&self, router: Router) -> Router; }
struct Users;
struct Teams { prefix: String }
impl Module for Users { fn mount(&self, router: Router) -> Router { router.route("/users", get(a)) } }
impl Module for Teams { fn mount(&self, router: Router) -> Router { router.route("/teams", get(a)) } }
fn app() -> Router {
    let modules: Vec<Box<dyn Module>> = vec![Box::new(Users), Box::new(Teams { prefix: String::new() })];
    let known = modules.iter().fold(Router::new(), |router, module| module.mount(router));
    let unknown: Box<dyn Module> = pick();
    Router::new().nest("/known", known).merge(unknown.mount(Router::new()))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
