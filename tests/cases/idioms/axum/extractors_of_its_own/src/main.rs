//! `FromRequestParts` for the tenant, `FromRequest` for bodies that are checked, and the caller's grant.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::StatusCode;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{optional_auth, requires_auth, requires_scope};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

scopewright::include_scopes!();
use scopes::{AuthMode, Grant, Scope};

struct Tenant(String);

impl<S: Send + Sync> FromRequestParts<S> for Tenant {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        match parts.headers.get("x-tenant") {
            Some(name) => Ok(Self(String::from_utf8_lossy(name.as_bytes()).into_owned())),
            None => Err((StatusCode::BAD_REQUEST, "which tenant?")),
        }
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Tenant {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<S>>::from_request_parts(parts, state).await.ok())
    }
}

struct Valid<T>(T);

trait Validate {
    fn validate(&self) -> bool;
}

impl<S, T> FromRequest<S> for Valid<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Validate,
    Json<T>: FromRequest<S, Rejection = JsonRejection>,
{
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Self, StatusCode> {
        let Json(value) = Json::<T>::from_request(request, state).await.map_err(|it| it.status())?;
        if value.validate() { Ok(Self(value)) } else { Err(StatusCode::UNPROCESSABLE_ENTITY) }
    }
}

#[derive(Deserialize)]
struct NewCamera {
    name: String,
}

impl Validate for NewCamera {
    fn validate(&self) -> bool {
        !self.name.is_empty()
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras(tenant: Option<Tenant>) -> String {
    tenant.map_or_else(|| "all".to_owned(), |Tenant(name)| name)
}

#[requires_scope("write:cameras")]
async fn add_camera(tenant: Tenant, Valid(camera): Valid<NewCamera>) -> String {
    format!("{}/{}", tenant.0, camera.name)
}

#[requires_auth]
async fn me(grant: Grant) -> String {
    format!("{:?}", grant.mode())
}

#[optional_auth]
async fn start(grant: Option<Grant>) -> &'static str {
    if grant.is_some() { "known" } else { "stranger" }
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
    let app = Router::new()
        .route("/cameras", get(list_cameras).post(add_camera))
        .route("/me", get(me))
        .route("/start", get(start))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
