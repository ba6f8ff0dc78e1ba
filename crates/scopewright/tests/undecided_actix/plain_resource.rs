//! A resource of actix-web's own.

use actix_web::web;
use scopewright::actix::App;

fn main() {
    let _ = App::new().service(web::resource("/cameras").to(|| async { "[]" }));
}
