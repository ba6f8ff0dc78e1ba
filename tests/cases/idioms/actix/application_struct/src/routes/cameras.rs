use crate::application::ApplicationBaseUrl;
use actix_web::HttpResponse;
use scopewright::actix::web;
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
pub async fn list_cameras(base_url: web::Data<ApplicationBaseUrl>) -> HttpResponse {
    HttpResponse::Ok().body(format!("http://{}/cameras", base_url.0))
}

#[requires_scope("write:cameras")]
pub async fn add_camera() -> HttpResponse {
    HttpResponse::Created().finish()
}
