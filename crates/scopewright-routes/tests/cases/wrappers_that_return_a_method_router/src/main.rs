use axum::handler::Handler;
use axum::routing::{get, post, MethodRouter};
use axum::Router;
async fn a() {}
#[scopewright::requires_scope("b")]
async fn b() {}
fn get_internal<H, T>(handler: H) -> MethodRouter where H: Handler<T, ()>, T: 'static {
    get(handler).layer(tower::layer::layer_fn(|x| x))
}
fn crud() -> MethodRouter { get(a).post(b) }
trait MethodsExt { fn and_delete<H: Handler<T, ()>, T: 'static>(self, handler: H) -> Self; }
impl MethodsExt for MethodRouter { fn and_delete<H: Handler<T, ()>, T: 'static>(self, handler: H) -> Self { self.delete(handler) } }
trait RouterExt { fn health(self) -> Self; fn twice(self, path: &str) -> Self; }
impl RouterExt for Router {
    fn health(self) -> Self { self.route("/health", get(a)) }
    fn twice(self, path: &str) -> Self { self.route(path, get_internal(a)) }
}
#[tokio::main]
async fn main() {
    let shared = post(a);
    let app = Router::new()
        .route("/internal", get_internal(b))
        .route("/crud", crud().and_delete(a))
        .route("/one", shared.clone())
        .route("/two", shared)
        .health()
        .twice("/twice");
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
