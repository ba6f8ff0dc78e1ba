use axum::routing::{MethodRouter, get};
use std::sync::LazyLock;
async fn a() {}
async fn b() {}
async fn c() {}
async fn d() {}
async fn e() {}
pub fn methods() -> MethodRouter { get(a) }
pub fn list() -> Vec<(&'static str, MethodRouter)> { vec![("/b", get(b))] }
pub fn extend(app: axum::Router) -> axum::Router { app.route("/c", get(c)) }
pub fn change(app: &mut axum::Router) { *app = std::mem::take(app).route("/d", get(d)); }
pub struct Extra;
impl From<Extra> for axum::Router {
    fn from(_: Extra) -> Self { Self::new().route("/e", get(e)) }
}
pub static ALL: LazyLock<axum::Router> = LazyLock::new(|| axum::Router::new().route("/f", get(a)));
pub fn logged(app: axum::Router) -> axum::Router { app.layer(()) }
