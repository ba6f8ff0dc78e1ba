use axum::{Router, routing::get};

struct Config {
    prefix: &'static str,
}

impl From<Config> for Router {
    fn from(config: Config) -> Self {
        Router::new().nest(config.prefix, Router::new().route("/from", get(from)))
    }
}

struct Parts;

impl From<Parts> for Router {
    fn from(_: Parts) -> Router {
        Router::new().route("/into", get(into))
    }
}

#[derive(Default)]
struct App {
    name: String,
    router: Router,
    inner: Inner,
}

#[derive(Default)]
struct Inner {
    more: Option<Router>,
    all: Vec<Router>,
}

impl App {
    fn register(&mut self, part: Router) -> &mut Self {
        self.router = std::mem::take(&mut self.router).merge(part);
        self
    }

    fn also(&mut self, part: Router) -> &mut Self {
        self.inner.all.push(part);
        self
    }
}

#[tokio::main]
async fn main() {
    let router: Router = Parts.into();
    let app = Router::from(Config { prefix: "/v1" }).merge(router).merge(Router::from(Router::new().route("/own", get(own))));
    let mut built = App::default();
    built.register(Router::new().route("/one", get(one))).register(Router::new().route("/two", get(two)));
    built.also(Router::new().route("/three", get(three))).also(Router::new().route("/four", get(four)));
    let mut all = app.merge(built.router);
    for part in built.inner.all {
        all = all.merge(part);
    }
    axum::serve(listener, all).await.unwrap();
}

async fn from() {}
async fn into() {}
async fn own() {}
async fn one() {}
async fn two() {}
async fn three() {}
async fn four() {}
