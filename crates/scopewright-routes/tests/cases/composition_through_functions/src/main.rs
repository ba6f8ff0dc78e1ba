use axum::routing::get;
use axum::Router;

async fn a() {}
async fn generic<T: Send>() {}

trait Controller {
    const PATH: &'static str;
    fn routes() -> Router;
    fn described() -> Router { Router::new().route("/described", get(a)) }
}
struct Users;
impl Controller for Users {
    const PATH: &'static str = "/users";
    fn routes() -> Router { Router::new().route("/", get(a)).route("/{id}", get(Self::show)) }
}
impl Users { async fn show() {} }
struct Teams;
impl Controller for Teams {
    const PATH: &'static str = "/teams";
    fn routes() -> Router { Router::new().route("/{id}", get(generic::<u8>)) }
    fn described() -> Router { Router::new().route("/own", get(a)) }
}

fn mount<C: Controller>(router: Router) -> Router {
    router.nest(C::PATH, C::routes()).nest(&format!("/docs{}", C::PATH), C::described())
}

fn fallible() -> Result<Router, String> { Ok(Router::new().route("/fallible", get(a))) }
fn pair() -> (Router, u8) { (Router::new().route("/pair", get(a)), 1) }
fn inner(router: &mut Router) { *router = std::mem::take(router).route("/by-reference", get(a)); }
fn add(mut router: Router, path: &str) -> Router { inner(&mut router); router.route(path, get(a)) }

struct App { router: Router, name: String }
impl App {
    fn new() -> Self { Self { router: Router::new().route("/app", get(a)), name: String::new() } }
    fn with_more(mut self) -> Self { self.router = self.router.route("/more", get(a)); self }
    fn add_health(&mut self) { self.router = self.router.clone().route("/health", get(a)); }
    async fn run(self) {
        let listener = tokio::net::TcpListener::bind("x").await.unwrap();
        axum::serve(listener, self.router).await.unwrap();
    }
}

#[tokio::main]
async fn main() {
    let mut app = App::new().with_more();
    app.add_health();
    let (paired, _) = pair();
    app.router = mount::<Teams>(mount::<Users>(app.router)).merge(fallible().unwrap()).merge(paired);
    app.router = add(app.router, "/argument");
    app.run().await;
}
