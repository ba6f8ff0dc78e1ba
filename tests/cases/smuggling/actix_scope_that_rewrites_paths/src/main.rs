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

use actix_web::dev::Service;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(|| {
        App::new().service(list_cameras).service_actix::<Scope>(
            actix_web::web::scope("/x")
                .wrap_fn(|mut request, inner| {
                    if request.path() == "/x/old" {
                        let uri: http::Uri = "/x/secret".parse().unwrap();
                        let uri: actix_web::http::Uri = uri.to_string().parse().unwrap();
                        request.head_mut().uri = uri.clone();
                        request.match_info_mut().get_mut().update(&uri);
                    }
                    inner.call(request)
                })
                .route("/secret", actix_web::web::get().to(bare))
                .route("/{tail:.*}", actix_web::web::get().to(|| async { "LISTED" })),
        )
    })?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
