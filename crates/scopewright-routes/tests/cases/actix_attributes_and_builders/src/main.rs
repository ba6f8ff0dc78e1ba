use actix_web::{App, HttpResponse, HttpServer, Responder, delete, get, guard, http::Method, post, route, web};

#[get("/cameras")]
async fn list() -> impl Responder {
    HttpResponse::Ok()
}

/// Documented, with a name.
#[post("/cameras", name = "create camera")]
async fn create() -> impl Responder {
    HttpResponse::Ok()
}

#[delete("/cameras/{id:\\d+}")]
async fn remove() -> impl Responder {
    HttpResponse::Ok()
}

#[route("/both", method = "GET", method = "HEAD")]
async fn both() -> impl Responder {
    HttpResponse::Ok()
}

#[actix_web::routes]
#[get("/one")]
#[put("/two")]
async fn several() -> impl Responder {
    HttpResponse::Ok()
}

#[actix_web::scope("/inside")]
mod inside {
    use actix_web::{Responder, get};
    #[get("/bare")]
    pub async fn bare() -> impl Responder {
        ""
    }
    #[actix_web::get("/qualified")]
    pub async fn qualified() -> impl Responder {
        ""
    }
}

async fn plain() -> &'static str {
    ""
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(1))
            .wrap(actix_web::middleware::Logger::default())
            .service(list)
            .service((create, remove))
            .service(actix_web::services![both, several])
            .service(inside::bare)
            .service(inside::qualified)
            .route("/plain", web::get().to(plain))
            .route("no-slash", web::method(Method::PATCH).to(plain))
            .route("/any", web::to(plain))
            .route("/tail/{tail:.*}", web::route().guard(guard::Post()).to(plain))
            .service(web::resource("/resource").route(web::get().to(plain)).route(web::put().to(plain)))
            .service(web::resource("/to").to(plain))
            .service(web::resource(["/m1", "/m2"]).get(plain).default_service(web::to(plain)))
            .service(
                web::scope("/api")
                    .guard(guard::Header("host", "x"))
                    .service(web::resource("").to(|| async { "own" }))
                    .service(web::resource("/").get(plain))
                    .service(web::scope("v1").service(list).route("x", web::delete().to(plain)))
                    .default_service(web::get().to(plain)),
            )
            .service(web::scope("/t/").route("/b", web::get().to(plain)).route("c", web::get().to(plain)))
            .service(web::redirect("/old", "/new"))
            .service(actix_files::Files::new("/static/", "public").show_files_listing())
            .external_resource("youtube", "https://youtube.com/watch/{video_id}")
            .default_service(web::route().to(plain))
    })
    .bind("127.0.0.1:0")?
    .run()
    .await
}
