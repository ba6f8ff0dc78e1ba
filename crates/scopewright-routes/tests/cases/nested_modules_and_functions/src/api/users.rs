use axum::Router;
use axum::routing::get as read;

pub fn routes(router: Router) -> Router {
    router.route("/users", read(self::all))
}

async fn all() {}
