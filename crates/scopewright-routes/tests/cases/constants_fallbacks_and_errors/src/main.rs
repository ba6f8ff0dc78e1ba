use axum::{Router, routing::get};

const DEBUG: bool = false;

async fn home() {}
async fn bare() {}

#[derive(Default)]
struct Settings {
    is_verbose: bool,
}

struct Parts {
    router: Router,
}

impl Default for Parts {
    fn default() -> Self {
        Self { router: Router::new().route("/default", get(bare)) }
    }
}

fn full() -> Option<Parts> {
    std::env::var("FULL").ok().map(|_| Parts { router: Router::new().route("/full", get(home)) })
}

#[tokio::main]
async fn main() -> Result<(), String> {
    let mut settings = Settings::default();
    other::read(&mut settings).map_err(|error| error.to_string())?;
    let limited = std::env::var("LIMITED").ok().map(|_| Router::new().route("/limited", get(home)));
    let mut routes = limited.or_else(|| Some(Router::new().route("/free", get(home)))).ok_or_else(|| "none".to_owned())?;
    if DEBUG {
        routes = routes.route("/debug", get(home));
    }
    if settings.is_verbose {
        routes = routes.route("/verbose", get(home));
    }
    routes = routes.merge(full().unwrap_or_default().router);

    let admin = listener().map_err(|_| {
        tokio::spawn(axum::serve(spare(), Router::new().route("/admin", get(bare))));
    });
    drop(admin);
    let started = std::env::var("TLS").ok().map_or_else(
        || axum::serve(listener(), Router::new().route("/first", get(bare))),
        |_| axum::serve(listener(), Router::new().route("/second", get(bare))),
    );
    started.await;
    axum::serve(listener(), routes).await.map_err(|error| error.to_string())
}

async fn serve(listener: Listener, app: Router) -> Result<(), Error> {
    axum::serve(listener, app).await
}

fn run_until_stopped<F>(serve: impl FnOnce(Listener) -> F) {
    runtime().block_on(async { serve(bound()?).await })
}

fn start() {
    run_until_stopped(|listener| serve(listener, Router::new().route("/started", get(home))));
}
