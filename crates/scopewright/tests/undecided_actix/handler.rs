//! A handler that says nothing, in a route.

use scopewright::actix::{App, web};

async fn list_cameras() -> &'static str {
    "[]"
}

fn main() {
    let _ = App::new().route("/cameras", web::get().to(list_cameras));
}
