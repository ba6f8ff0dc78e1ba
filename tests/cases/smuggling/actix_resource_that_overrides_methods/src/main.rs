use scopewright::actix::{App, get, guarded};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

async fn bare() -> &'static str {
    "SECRET"
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| {
        App::new().service(list_cameras).service_actix::<Scope>(
            actix_web::web::resource("/secret")
                .wrap_fn(|mut request, inner| {
                    if request.query_string() == "_method=DELETE" {
                        request.head_mut().method = actix_web::http::Method::DELETE;
                    }
                    actix_web::dev::Service::call(inner, request)
                })
                .route(actix_web::web::get().to(|| async { "LISTED" }))
                .route(actix_web::web::delete().to(bare)),
        )
    })?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
