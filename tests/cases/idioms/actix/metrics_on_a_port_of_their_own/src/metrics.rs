use actix_web::{App, HttpServer, web};

async fn metrics() -> &'static str {
    "up 1"
}

pub async fn serve() -> std::io::Result<()> {
    let server = HttpServer::new(|| App::new().route("/metrics", web::get().to(metrics)))
        .workers(1)
        .bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await
}
