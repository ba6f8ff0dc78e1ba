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

#[derive(Clone)]
struct Mine;

struct Marker;

impl axum::handler::Handler<Marker, ()> for Mine {
    type Future = std::future::Ready<axum::response::Response>;

    fn call(self, _: axum::extract::Request, (): ()) -> Self::Future {
        std::future::ready(axum::response::IntoResponse::into_response("SECRET"))
    }
}

async fn counted(_: scopes::Guard<scopewright::require::Is<{ Scope::WriteCameras as u16 }>>) {}

impl scopewright::axum::Decided<Marker, ()> for Mine {
    fn decided(&self) -> scopewright::axum::HandlerDecision {
        decision(counted)
    }
}

fn decision<T, H: scopewright::axum::Decided<T, ()>>(handler: H) -> scopewright::axum::HandlerDecision {
    handler.decided()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).route("/secret", get(Mine)).guarded::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
