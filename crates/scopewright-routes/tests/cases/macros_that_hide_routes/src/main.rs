use axum::{Router, routing::get};
async fn bare() {}
fn more(app: Router) -> Router { app.route("/secret", get(bare)) }
macro_rules! calls { ($app:ident) => { let $app = more($app); }; }
macro_rules! turbofish { ($app:ident) => { let $app = $app.route::<>("/turbofish", axum::routing::get(bare)); }; }
macro_rules! endless { ($($token:tt)*) => { endless!($($token)* $($token)*) }; }
macro_rules! within { () => { 1 + within!() }; }
macro_rules! two { () => { two!(); two!(); }; }
macro_rules! items { () => { items!(); items!(); }; }
items!();
macro_rules! no_arm { (never) => {}; }
macro_rules! unread { ($app:ident) => { let $app = ${concat(mo, re)}($app); }; }
#[cfg(feature = "x")]
macro_rules! either { ($app:ident) => { $app }; }
#[cfg(not(feature = "x"))]
macro_rules! either { ($app:ident) => { more($app) }; }
mod inner {
    macro_rules! part { () => { axum::Router::new().route("/inner", axum::routing::get(super::bare)) }; }
    pub fn router() -> axum::Router { part!() }
}
mod other {
    pub fn router() -> axum::Router { part!() }
}
#[tokio::main]
async fn main() {
    let app = Router::new();
    calls!(app);
    turbofish!(app);
    endless!(a b);
    within!();
    two!();
    no_arm!(app);
    unread!(app);
    let app = either!(app);
    let app = app.merge(inner::router()).merge(other::router());
    macro_rules! shadowed { () => { app.clone() }; }
    let app = Router::new().route("/later", get(bare)).merge(app);
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app.merge(shadowed!())).await.unwrap();
}
