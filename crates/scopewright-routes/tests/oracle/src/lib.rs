//! A service that is both compiled into a test and scanned. Paths are relative: here it is a crate, there a module.

mod api;

use self::api::{self as web, cameras as cams};
use axum::Router;
use axum::routing::{self as r, MethodFilter, MethodRouter, any, get, on};

const PREFIX: &str = concat!("/api", "/v", 1);

/// All routes; the conditional ones are there.
pub fn app() -> Router {
    let mut app = Router::new()
        .route("/", get(|| async { "home" }))
        .nest(PREFIX, versioned())
        .nest("/ui", Router::new().route("/", get(web::page)).route("/deep/", get(web::page)))
        .nest("/slash/", Router::new().route("/", get(web::page)).route("/x", get(web::page)))
        .merge(cams::routes())
        .merge(documented::routes())
        .nest_service("/assets", tower_service())
        .route_service("/one", tower_service());
    if std::env::var_os("NEVER_SET_BY_ANYBODY").is_none() {
        app = app.route("/conditional", r::put(web::page));
    }
    for (path, methods) in [("/listed/{a}", get(web::page)), ("/listed/{a}/b", r::patch(web::page))] {
        app = app.route(path, methods);
    }
    let app = add(app, "/added");
    let parts = [part("/p1"), part("/p2")];
    let parts = parts.into_iter().fold(Router::new(), |all, one| all.merge(one));
    app.merge(parts).fallback(web::missing)
}

fn versioned() -> Router {
    Router::new().merge(web::more::<web::Users>()).merge(web::more::<web::Teams>()).fallback(web::missing)
}

fn add(router: Router, path: &str) -> Router {
    router.route(path, all()).route(&format!("{path}/{{*tail}}"), any(web::page))
}

fn all() -> MethodRouter {
    on(MethodFilter::GET.or(MethodFilter::DELETE), web::page).post(web::page).merge(r::options(web::page))
}

fn part(path: &str) -> Router {
    Router::new().route(path, MethodRouter::new().trace(web::page).fallback(web::missing))
}

fn tower_service() -> MethodRouter {
    any(|| async { "a file" })
}

mod documented {
    use axum::Router;
    use utoipa_axum::router::OpenApiRouter;
    use utoipa_axum::routes;

    const BY_NAME: &str = "/by/name";

    #[utoipa::path(get, path = "")]
    async fn list() {}

    #[utoipa::path(post, path = "")]
    async fn create() {}

    #[utoipa::path(method(put, head), path = "/{id}", params(("id" = u32, Path, description = "path = \"/not\"")))]
    async fn replace() {}

    #[utoipa::path(delete, path = BY_NAME, context_path = "/context")]
    async fn by_name() {}

    #[utoipa::path(patch, path = "/crossed/a")]
    async fn crossed_a() {}

    #[utoipa::path(trace, path = "/crossed/b")]
    async fn crossed_b() {}

    pub fn routes() -> Router {
        let items = OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(replace));
        let (router, _document) = OpenApiRouter::new()
            .nest("/documented/items", items)
            .routes(routes!(by_name))
            .routes(routes!(crossed_a, crossed_b))
            .split_for_parts();
        router
    }
}
