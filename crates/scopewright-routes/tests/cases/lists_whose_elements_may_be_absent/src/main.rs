use axum::routing::{MethodRouter, get};
use axum::Router;
async fn a() {}
fn part(path: &str) -> Router { Router::new().route(path, get(a)) }
fn pair(on: bool) -> Option<(&'static str, MethodRouter)> { if on { Some(("/pair", get(a))) } else { None } }
fn all(parts: Vec<Router>) -> Router { parts.into_iter().fold(Router::new().route("/all", get(a)), Router::merge) }
fn each(parts: &[Router]) -> Router { parts.iter().cloned().reduce(Router::merge).unwrap_or_default() }
fn generic(parts: impl IntoIterator<Item = Router>) -> Router { parts.into_iter().fold(Router::new(), |all, one| all.merge(one)) }
fn named(parts: Vec<(String, Router)>) -> Router { let mut app = Router::new(); for (name, part) in parts { app = app.nest(&name, part); } app }
#[tokio::main]
async fn main() {
    let on = std::env::var("ON").is_ok();
    let mut app = [Some(part("/one")), on.then(|| part("/two"))].into_iter().flatten().fold(Router::new(), Router::merge);
    let mut parts = vec![part("/three")];
    parts.extend(on.then(|| part("/four")));
    if on { parts.push(part("/five")); }
    app = app.merge(all(parts)).merge(each(&[part("/six"), part("/seven")])).merge(generic([part("/eight")]));
    app = [(true, part("/nine")), (on, part("/ten"))].into_iter().filter(|(on, _)| *on).fold(app, |app, (_, one)| app.merge(one));
    app = [(true, part("/eleven")), (on, part("/twelve"))].into_iter().filter_map(|(on, one)| on.then_some(one)).fold(app, |app, one| app.merge(one));
    for (path, methods) in [pair(on)].into_iter().flatten() { app = app.route(path, methods); }
    app = app.merge(named(vec![("/named".to_owned(), part("/x"))]));
    let mut queue = vec![part("/last"), part("/first")];
    while let Some(one) = queue.pop() { app = app.merge(one); }
    // A list that is taken apart runs to its end, a range within bounds as well.
    // What has no certain place, or no end in sight, is a finding.
    for v in 1..=2 { app = app.nest(&format!("/v{v}"), part("/y")); }
    for (i, one) in [Some(part("/z")), on.then(|| part("/z")), Some(part("/z"))].into_iter().flatten().enumerate() { app = app.nest(&format!("/n{i}"), one); }
    for v in 0..1_000_000_000 { app = app.nest(&format!("/huge{v}"), part("/y")); }
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
