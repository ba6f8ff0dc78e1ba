//! A service whose every endpoint answers with what discovery should call it: its method as registered, and its path.

use actix_web::dev::HttpServiceFactory;
use actix_web::{
    App, HttpRequest, HttpResponse, Responder, delete, get, guard, http::Method, post, route, routes, web,
};

async fn says(request: HttpRequest) -> impl Responder {
    HttpResponse::Ok().body(request.match_pattern().unwrap_or_else(|| "default".to_owned()))
}

#[get("/attribute")]
async fn attribute(request: HttpRequest) -> impl Responder {
    says(request).await
}

#[post("without-slash")]
async fn without_slash(request: HttpRequest) -> impl Responder {
    says(request).await
}

#[delete("/number/{id:\\d+}")]
async fn number(request: HttpRequest) -> impl Responder {
    says(request).await
}

#[route("/several", method = "GET", method = "PATCH")]
async fn several(request: HttpRequest) -> impl Responder {
    says(request).await
}

#[routes]
#[get("/one")]
#[put("/two")]
async fn one_and_two(request: HttpRequest) -> impl Responder {
    says(request).await
}

#[actix_web::scope("/module")]
mod module {
    use actix_web::{HttpRequest, Responder, get};

    #[get("/bare")]
    pub async fn bare(request: HttpRequest) -> impl Responder {
        super::says(request).await
    }

    #[actix_web::get("/qualified")]
    pub async fn qualified(request: HttpRequest) -> impl Responder {
        super::says(request).await
    }
}

fn configured(config: &mut web::ServiceConfig) {
    config.route("/configured", web::put().to(says));
    config.service(web::resource("/configured/resource").get(says).post(says));
    for name in ["a", "b"] {
        config.route(&format!("/looped/{name}"), web::get().to(says));
    }
}

fn scope() -> impl HttpServiceFactory {
    web::scope("/scope")
        .service(web::resource("").get(says))
        .service(web::resource("/").route(web::post().to(says)))
        .route("below", web::method(Method::OPTIONS).to(says))
        .service(web::scope("deeper").configure(configured).service(attribute))
}

/// The app. Discovery reads this file; the test runs it.
pub fn app() -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .service((attribute, without_slash))
        .service(actix_web::services![number, several, one_and_two])
        .service(module::bare)
        .service(module::qualified)
        .configure(configured)
        .configure(|config| {
            config.service(scope());
        })
        .route("/same", web::get().to(says))
        .route("/same", web::post().to(says))
        .service(web::resource(["/first", "/second/{x}"]).route(web::route().guard(guard::Delete()).to(says)))
        .service(web::resource("/every").to(says))
        .service(web::scope("/slash/").route("/twice", web::get().to(says)).route("", web::put().to(says)))
        .service(
            web::scope("/guarded")
                .guard(guard::Any(guard::Get()).or(guard::Post()))
                .route("/get", web::get().to(says))
                .route("/dead", web::put().to(says))
                .service(web::resource("/open").to(says)),
        )
        .service(web::scope("/root-of/{name}").service(web::scope("").route("", web::get().to(says))))
        .route("/tail/{rest:.*}", web::get().to(says))
        .route("/star/{rest}*", web::get().to(says))
        .service(web::redirect("/old", "/new"))
        .service(web::resource("/defaulted").get(says).default_service(web::put().to(says)))
        .service(web::scope("/fallen").route("/in", web::get().to(says)).default_service(web::get().to(says)))
}
