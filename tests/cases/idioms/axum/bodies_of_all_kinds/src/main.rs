//! Json, Query, Form, Path, bytes, text, headers, multipart, the request itself.

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Form, Json, Multipart, OriginalUri, Path, Query, RawQuery, Request};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::{get, post, put}};
use scopewright::{Grant, requires_scope};
use serde::Deserialize;
use std::collections::HashMap;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Page {
    limit: usize,
    offset: usize,
}

#[derive(Deserialize)]
struct Login {
    name: String,
}

#[requires_scope("read:cameras")]
async fn list_cameras(Query(page): Query<Page>, RawQuery(raw): RawQuery, headers: HeaderMap) -> String {
    format!("{} {} {raw:?} {}", page.limit, page.offset, headers.len())
}

#[requires_scope("write:cameras")]
async fn import(Json(all): Json<Vec<HashMap<String, serde_json::Value>>>) -> (StatusCode, String) {
    (StatusCode::CREATED, all.len().to_string())
}

#[requires_scope("write:cameras")]
async fn form(Form(login): Form<Login>) -> Redirect {
    Redirect::to(&format!("/cameras?name={}", login.name))
}

#[requires_scope("write:cameras")]
async fn picture(Path((id, kind)): Path<(u64, String)>, bytes: Bytes) -> String {
    format!("{id} {kind} {}", bytes.len())
}

#[requires_scope("write:cameras")]
async fn note(OriginalUri(uri): OriginalUri, text: String) -> String {
    format!("{uri} {text}")
}

#[requires_scope("write:cameras")]
async fn upload(mut parts: Multipart) -> Result<String, StatusCode> {
    let mut length = 0;
    while let Some(field) = parts.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        length += field.bytes().await.map_err(|_| StatusCode::BAD_REQUEST)?.len();
    }
    Ok(length.to_string())
}

#[requires_scope("write:cameras")]
async fn echo(method: Method, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    (StatusCode::OK, [("x-method", method.to_string())], Body::new(body)).into_response().map(|body| {
        let _ = &parts;
        body
    })
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
        .route("/cameras", get(list_cameras).post(import))
        .route("/form", post(form))
        .route("/cameras/{id}/{kind}", put(picture).layer(DefaultBodyLimit::max(8 * 1024 * 1024)))
        .route("/notes", post(note))
        .route("/upload", post(upload).layer(DefaultBodyLimit::disable()))
        .route("/echo", post(echo))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
