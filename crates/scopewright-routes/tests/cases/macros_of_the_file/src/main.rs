use axum::{Router, routing::{get, post}};
scopewright::include_scopes!();
use scopewright::requires_scope;
#[requires_scope("read:a")]
async fn list() {}
async fn bare() {}
macro_rules! part { ($handler:ident) => { Router::new().route("/part", get($handler)).route("/part/more", get(bare)) }; }
macro_rules! add { ($router:ident, $path:literal, $handler:path) => { $router = $router.route($path, get($handler)); }; }
macro_rules! read { ($handler:path) => { get($handler) }; }
macro_rules! api { ($path:literal) => { concat!("/api/", $path) }; }
macro_rules! module {
    ($module:ident, $path:literal) => {
        mod $module {
            use axum::{Router, routing::get};
            pub fn router() -> Router { Router::new().route($path, get(list)) }
            #[scopewright::requires_scope("read:a")]
            async fn list() {}
        }
    };
}
module!(cameras, "/cameras");
module!(zones, "/zones");
macro_rules! table {
    (@one $router:expr;) => { $router };
    (@one $router:expr; $method:ident $path:literal => $handler:path, $($rest:tt)*) => {
        table!(@one $router.route($path, axum::routing::$method($handler)); $($rest)*)
    };
    ($($all:tt)*) => { table!(@one Router::new(); $($all)*) };
}
macro_rules! repeated {
    ($($path:literal: [$($method:ident $handler:path),*]);* $(;)?) => {
        Router::new()$(.route($path, axum::routing::MethodRouter::new()$(.$method($handler))*))*
    };
}
struct Api;
macro_rules! method { ($name:ident, $path:literal) => { fn $name() -> Router { Router::new().route($path, get(Self::handler)) } }; }
impl Api {
    method!(one, "/impl/one");
    method! { two, "/impl/two" }
    async fn handler() {}
}
// What a rule declares is not the caller's variable of that name.
macro_rules! aside { ($handler:path) => {{ let router = Router::new().route("/aside", get($handler)); drop(router); }}; }
macro_rules! wrapped { ($inner:expr) => {{ let router = Router::new().route("/wrapped", get(bare)); router.merge($inner) }}; }
fn app() -> Router { Router::new().route("/item", get(bare)) }
macro_rules! of_item { () => { app() }; }

#[tokio::main]
async fn main() {
    let mut router = part!(list);
    add!(router, "/added", list);
    add! { router, "/added/too", self::bare }
    aside!(bare);
    let router = router.route("/read", read!(list)).route(api!("cameras"), read! { bare });
    let router = router.merge(cameras::router()).merge(zones::router());
    let router = router.merge(table! { get "/table/1" => list, post "/table/2" => bare, });
    let router = router.merge(repeated! { "/repeated/1": [get list, post bare]; "/repeated/2": [put list]; });
    let router = router.merge(Api::one()).merge(Api::two());
    let router = wrapped!(router);
    let app = router;
    let mut app = app.merge(of_item!());
    macro_rules! local { ($path:literal) => { app = app.route($path, post(list)) }; }
    local!("/local/1");
    local!("/local/2");
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
