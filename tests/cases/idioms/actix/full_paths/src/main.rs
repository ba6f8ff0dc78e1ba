//! Nothing is imported.

scopewright::include_scopes!();

#[scopewright::actix::get("/cameras")]
#[scopewright::requires_scope("read:cameras")]
async fn list_cameras() -> impl actix_web::Responder {
    "cameras"
}

#[scopewright::requires_scope("write:cameras")]
async fn add_camera(_body: scopewright::actix::web::Bytes) -> actix_web::HttpResponse {
    actix_web::HttpResponse::Created().finish()
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = scopewright::actix::AuthenticateMiddleware::new(scopewright::actix::authenticate_with::<
        crate::scopes::Scope,
        _,
    >(|presented| match presented.secret() {
        "reader" => Ok(scopewright::Grant::from_scopes(crate::scopes::AuthMode::ApiKey, ["read:cameras"])),
        "writer" => Ok(scopewright::Grant::from_scopes(crate::scopes::AuthMode::ApiKey, ["write:cameras"])),
        "nobody" => Ok(scopewright::Grant::new(crate::scopes::AuthMode::ApiKey)),
        _ => Err(scopewright::actix::Rejection::Invalid),
    }));
    let app = scopewright::actix::guarded::<crate::scopes::Scope, _>(move || {
        scopewright::actix::App::new()
            .service(list_cameras)
            .service(scopewright::actix::web::resource("/cameras/new").post(add_camera))
            .wrap(keys.clone())
    })?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
