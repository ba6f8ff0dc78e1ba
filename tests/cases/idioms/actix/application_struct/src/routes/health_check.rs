use actix_web::HttpResponse;
use scopewright::public;

#[public(reason = "health")]
pub async fn health_check() -> HttpResponse {
    HttpResponse::Ok().finish()
}
