use axum::routing::{get, post};
use axum::Router;

async fn a() {}
async fn b() {}
async fn c() {}

struct Config { admin: bool, mode: Mode }
enum Mode { Full, Small(u8) }

#[cfg(feature = "extra")]
fn extra() -> Router { Router::new().route("/extra", get(a)) }
#[cfg(not(feature = "extra"))]
fn extra() -> Router { Router::new().route("/no-extra", get(a)) }

fn chosen(config: &Config) -> Router {
    let base = Router::new().route("/always", get(a));
    if !config.admin {
        return base;
    }
    base.route("/admin", get(b))
}

fn tail() -> Router {
    #[cfg(feature = "tail")]
    { Router::new().route("/tail", get(a)) }
    #[cfg(not(feature = "tail"))]
    { Router::new() }
}

#[tokio::main]
async fn main() {
    let config: Config = load();
    let mut app = chosen(&config).merge(extra()).merge(tail());
    if config.admin {
        app = app.route("/more", get(c));
    } else if cfg!(debug_assertions) {
        app = app.route("/debug", get(c));
    }
    let modal = match config.mode {
        Mode::Full => Router::new().route("/full", get(a)).route("/fuller", get(b)),
        Mode::Small(n) if n > 3 => Router::new().route("/small", post(a)),
        Mode::Small(_) => Router::new(),
    };
    app = app.nest("/modal", modal);
    #[cfg(feature = "metrics")]
    let app = app.route("/metrics", get(a));
    #[cfg(test)]
    let app = app.route("/test", get(a));
    let app = if let Some(dir) = option() { app.route("/dir", get(|| async { dir })) } else { app };
    let path = if config.admin { "/x" } else { "/y" };
    let app = app.route(path, if config.admin { get(a) } else { get(b).post(c) });
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
