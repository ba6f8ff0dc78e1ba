use axum::routing::get;
use axum::Router;

const ROOT: &str = "/api";
const USERS: &str = concat!("/users", "/", "{id}");
static TEAMS: &'static str = paths::TEAMS;

mod paths {
    pub const TEAMS: &str = "/teams";
    pub struct Admin;
    impl Admin {
        pub const PATH: &'static str = "/admin";
        pub fn route() -> &'static str { "/by-function" }
        pub fn below(&self, name: &str) -> String { format!("{}/{name}", Self::PATH) }
    }
    pub enum Page { Home, About }
    impl Page {
        pub fn path(&self) -> &'static str {
            match self { Self::Home => "/home", Page::About => "/about" }
        }
    }
    impl AsRef<str> for Page {
        fn as_ref(&self) -> &str { self.path() }
    }
}
use paths::{Admin, Page};

async fn a() {}

#[tokio::main]
async fn main() {
    const LOCAL: &str = "/local";
    let version = 2;
    let prefix = format!("{ROOT}/v{}", version);
    let app = Router::new()
        .route(USERS, get(a))
        .route(TEAMS, get(a))
        .route(Admin::PATH, get(a))
        .route(Admin::route(), get(a))
        .route(&Admin.below("users"), get(a))
        .route(Page::Home.path(), get(a))
        .route(Page::About.as_ref(), get(a))
        .route(LOCAL, get(a))
        .route(&(String::from("/sum") + LOCAL), get(a))
        .route(&[ROOT, "/joined"].concat(), get(a))
        .nest(&prefix, Router::new().route(&format!("/{{id}}/{0}", "x"), get(a)));
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
