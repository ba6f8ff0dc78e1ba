use axum::routing::{get, post, MethodRouter};
use axum::Router;
async fn a() {}
async fn b() {}
fn table() -> Vec<(&'static str, MethodRouter)> { vec![("/one", get(a)), ("/two", post(b))] }
struct Part { prefix: &'static str, build: fn() -> Router }
fn users() -> Router { Router::new().route("/users", get(a)) }
fn teams() -> Router { Router::new().route("/teams", get(a)) }
#[tokio::main]
async fn main() {
    let mut app = Router::new();
    for (path, methods) in table() { app = app.route(path, methods); }
    let parts = [Part { prefix: "/p", build: users }, Part { prefix: "/q", build: teams }];
    for part in parts.iter() { app = app.nest(part.prefix, (part.build)()); }
    let merged = [users(), teams()].into_iter().fold(Router::new(), |all, one| all.merge(one));
    let mut routers = Vec::new();
    routers.push(Router::new().route("/pushed", get(b)));
    routers.into_iter().for_each(|one| app = app.clone().merge(one));
    for name in ["x", "y"] { app = app.route(&format!("/each/{name}"), get(a)); }
    for plugin in plugins() { app = app.nest(&plugin.path, plugin.router()); }
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app.nest("/merged", merged)).await.unwrap();
}
