use actix_web::{Scope, web};

async fn zones() -> &'static str {
    "zones"
}

pub fn scope() -> Scope {
    web::scope("/legacy").route("/zones", web::get().to(zones))
}
