//! The same with the attribute of `scopewright::actix`.

use scopewright::actix::{get, web};

#[get("/cameras")]
async fn list_cameras() -> &'static str {
    "[]"
}

fn configure(config: &mut web::ServiceConfig) {
    config.service(list_cameras);
}

fn main() {
    let _ = scopewright::actix::App::new().configure(configure);
}
