use axum::Router;
use axum::routing::get;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

const VERSIONED: &str = "/v1/items";

#[utoipa::path(get, path = "", responses((status = 200, description = "all, and more", body = [String])))]
async fn list() {}

#[utoipa::path(post, path = "", request_body = String)]
async fn create() {}

/// Documented twice over.
#[utoipa::path(
    method(get, head),
    params(("id" = u32, Path, description = "path = \"/not/this\"")),
    path = "/{id}",
    tag = "items"
)]
async fn show() {}

#[utoipa::path(put, path = VERSIONED, context_path = "/api")]
async fn replace() {}

#[utoipa::path(delete, path = "/a")]
async fn remove_a() {}

#[utoipa::path(patch, path = "/b")]
async fn change_b() {}

#[utoipa::path(get, path = "/never/registered")]
async fn only_documented() {}

#[utoipa::path(get, path = "/wrong/in/the/document")]
async fn plain() {}

async fn undocumented() {}

fn items() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show).layer(tower::layer::layer_fn(|s| s)))
}

#[tokio::main]
async fn main() {
    let (router, api) = OpenApiRouter::with_openapi(document())
        .nest("/items", items())
        .routes(routes!(replace))
        .routes(routes!(remove_a, change_b))
        .routes(routes!(undocumented, other::handler))
        .route("/plain", get(plain))
        .split_for_parts();
    let app = Router::new().merge(router).route("/openapi.json", get(|| async move { axum::Json(api) }));
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}

fn document() -> utoipa::openapi::OpenApi {
    Default::default()
}
