//! A handler with actix-web's attribute and none of ours.

use actix_web::get;
use scopewright::actix::App;

#[get("/cameras")]
async fn list_cameras() -> &'static str {
    "[]"
}

fn main() {
    let _ = App::new().service(list_cameras);
}
