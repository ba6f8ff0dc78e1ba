scopewright::include_scopes!();

async fn bare() -> &'static str {
    "SECRET"
}

fn routes(config: &mut actix_web::web::ServiceConfig) {
    config.service(actix_web::web::resource("/secret").route(actix_web::web::get().to(bare)));
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = actix_web::HttpServer::new(|| actix_web::App::new().configure(routes)).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
