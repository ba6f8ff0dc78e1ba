//! Two halves, one with a middleware in front of it, and a login that hands out a cookie.

use axum::extract::{Form, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use scopewright::axum::routing::post;
use scopewright::public;
use serde::Deserialize;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Deserialize)]
struct Login {
    name: String,
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[public(reason = "health")]
async fn start() -> Html<&'static str> {
    Html("<form method=post action=/login></form>")
}

#[public(reason = "health")]
async fn login(Form(login): Form<Login>) -> impl IntoResponse {
    ([(header::SET_COOKIE, format!("name={}; HttpOnly", login.name))], Redirect::to("/"))
}

#[public(reason = "health")]
async fn logout() -> (StatusCode, [(header::HeaderName, &'static str); 1]) {
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, "name=; Max-Age=0")])
}

async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let public_routes = Router::new()
        .route("/", get(start))
        .route("/login", post(login))
        .route("/logout", post(logout));
    let protected_routes = Router::new()
        .route("/cameras", get(list_cameras).post(add_camera))
        .route_layer(middleware::from_fn(no_store));
    let app = Router::new()
        .merge(public_routes)
        .merge(protected_routes)
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
