//! A closure, which has no place for an attribute.

use scopewright::actix::web;

fn main() {
    let _ = web::resource("/cameras").to(|| async { "[]" });
}
