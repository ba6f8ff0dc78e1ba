//! A handler with extractors, none of which decides.

use scopewright::actix::web;

async fn get_camera(id: web::Path<u32>, query: web::Query<Vec<(String, String)>>) -> String {
    format!("{id} {}", query.len())
}

fn main() {
    let _ = web::resource("/cameras/{id}").get(get_camera);
}
