use axum::{Router, routing::get};

async fn bare() {}

async fn stop() {
    tokio::signal::ctrl_c().await;
    std::process::exit(0)
}

async fn fatal() -> ! {
    std::process::exit(1)
}

async fn open() -> Option<Router> {
    let open = async { Some(Router::new().route("/asked", get(bare))) };
    let app = async {
        if std::env::args().count() > 1 {
            return Router::new().route("/returned", get(bare));
        }
        Router::new().route("/last", get(bare))
    }
    .await;
    Some(app.merge(open.await?))
}

async fn main() {
    tokio::spawn(async {
        tokio::signal::ctrl_c().await;
        std::process::exit(0)
    });
    tokio::spawn(stop());
    tokio::spawn(async move { panic!("stopped") });
    let later = async || todo!();
    later().await;
    let mut is_open = true;
    let other = async move { is_open = false };
    if is_open {
        axum::serve(listener(), Router::new().route("/open", get(bare))).await;
    }
    other.await;
    let app = match open().await {
        Some(app) => app,
        None => fatal().await,
    };
    tokio::spawn(async move { axum::serve(listener(), app.route("/spawned", get(bare))).await });
    axum::serve(listener(), Router::new().route("/after", get(bare))).await;
    async { panic!() }.await;
    axum::serve(listener(), Router::new().route("/never", get(bare))).await
}
