use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

async fn bare() -> &'static str {
    "SECRET"
}

async fn bound() -> std::io::Result<tokio::net::TcpListener> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    Ok(listener)
}

type Boxed = tower::util::BoxCloneSyncService<axum::extract::Request, axum::response::Response, std::convert::Infallible>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;

    let app: Boxed = 'pick: {
        if std::env::args().count() > 0 {
            break 'pick Boxed::new(axum::routing::get(bare));
        }
        Boxed::new(app)
    };
    axum::serve(bound().await?, axum::ServiceExt::<axum::extract::Request>::into_make_service(app)).await?;
    Ok(())
}
