//! A route of actix-web's own for what nothing else answers.

use scopewright::actix::App;

fn main() {
    let _ = App::new().default_service(actix_web::web::to(|| async { "everything" }));
}
