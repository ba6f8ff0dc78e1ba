use super::*;

pub mod cameras;
#[path = "zone_routes.rs"]
mod zones;

pub fn router() -> Router<SharedState> {
    Router::new().merge(cameras::router()).merge(zones::router())
}
