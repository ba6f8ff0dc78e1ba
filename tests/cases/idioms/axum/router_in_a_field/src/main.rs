//! The application holds its router and grows it, in place and by value.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[derive(Default)]
struct App {
    router: Router,
    names: Vec<&'static str>,
}

impl App {
    fn register(&mut self, name: &'static str, part: Router) -> &mut Self {
        self.names.push(name);
        self.router = std::mem::take(&mut self.router).merge(part);
        self
    }

    fn mount(mut self, prefix: &str, part: Router) -> Self {
        self.router = self.router.nest(prefix, part);
        self
    }
}

fn health(router: &mut Router) {
    *router = std::mem::take(router).route("/ready", get(list_cameras));
}

fn cameras() -> Router {
    Router::new().route("/cameras", get(list_cameras).post(add_camera))
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut app = App::default();
    app.register("cameras", cameras()).register("zones", Router::new().route("/zones", get(list_cameras)));
    health(&mut app.router);
    let app = app.mount("/v1", cameras());
    eprintln!("{}", app.names.join(", "));
    let app = app.router.guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
