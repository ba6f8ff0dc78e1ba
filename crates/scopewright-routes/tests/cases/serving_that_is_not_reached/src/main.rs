use axum::{Router, routing::get};

async fn home() {}
async fn bare() {}

struct Task {
    run: fn(),
}

async fn serve_on(listener: Listener, app: Router) {
    axum::serve(listener, app).await.unwrap();
}

#[tokio::main]
async fn main() {
    serve_on(listener().await, Router::new().route("/", get(home))).await;

    // Nothing that is seen calls these.
    let _ = Task { run: || drop(axum::serve(listener(), get(bare))) };
    let _ = Task { run: || drop(serve_on(listener(), Router::new())) };
    let _ = Task { run: || drop(actix_web::HttpServer::new(actix_web::App::new)) };
    let _ = Task { run: || drop(get(bare).into_make_service()) };
    other::call(axum::serve::<Listener, Router, Router>);

    // Nothing is in it that can be served.
    let nothing: Option<Router> = None;
    axum::serve(listener().await, nothing.unwrap()).await.unwrap();
    axum::serve(listener().await, axum::ServiceExt::<Request>::into_make_service(other::service())).await.unwrap();
    axum_server::bind(address()).serve(other::service()).await.unwrap();

    // Believed to be off, and looked at all the same.
    let is_open = false;
    if is_open {
        axum::serve(listener().await, Router::new().route("/branch", get(bare))).await.unwrap();
    }
    let mode = Mode::Closed;
    match mode {
        Mode::Closed => {}
        Mode::Open => serve_on(listener().await, Router::new().route("/arm", get(bare))).await,
    }
    match "closed" {
        "open" => axum::serve(listener().await, Router::new().route("/text", get(bare))).await.unwrap(),
        _ => {}
    }
}

enum Mode {
    Closed,
    Open,
}
