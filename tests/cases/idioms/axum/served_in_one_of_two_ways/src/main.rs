//! Over one transport or another, by what the configuration says; each time the same application.

use tokio::net::{TcpListener, UnixListener};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

fn router() -> Router {
    Router::new().route("/cameras", get(list_cameras).post(add_camera))
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

fn main() -> std::process::ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return std::process::ExitCode::FAILURE;
        }
    };
    match std::env::args().nth(1).as_deref() {
        Some("version") => println!("{}", env!("CARGO_PKG_VERSION")),
        None | Some("serve") => {
            if let Err(error) = runtime.block_on(run(std::env::var("SOCKET").ok())) {
                eprintln!("{error}");
                return std::process::ExitCode::FAILURE;
            }
        }
        Some(other) => eprintln!("what is {other}?"),
    }
    std::process::ExitCode::SUCCESS
}

async fn run(socket: Option<String>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let app = router().guarded::<Scope>()?.layer(keys());
    if let Some(path) = socket {
        let listener = UnixListener::bind(path)?;
        axum::serve(listener, app).await?;
        return Ok(());
    }
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).with_graceful_shutdown(std::future::pending()).await?;
    Ok(())
}
