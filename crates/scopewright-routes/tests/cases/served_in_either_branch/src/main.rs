use axum::routing::get;
use axum::Router;

async fn a() {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/a", get(a));
    let metrics = Router::new().route("/metrics", get(a));
    if std::env::var("METRICS").is_ok() {
        tokio::spawn(async move {
            let listener = tokio::net::TcpListener::bind("y").await.unwrap();
            axum::serve(listener, metrics).await.unwrap();
        });
    }
    if let Some(tls) = tls() {
        axum_server::bind_rustls(address(), tls).serve(app.into_make_service()).await?;
    } else {
        tokio::select! {
            result = axum::serve(listener().await?, app.into_make_service_with_connect_info::<Address>()) => result?,
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    Ok(())
}
