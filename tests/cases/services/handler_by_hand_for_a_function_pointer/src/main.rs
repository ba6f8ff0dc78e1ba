use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

type Needed = scopes::Guard<scopewright::require::Is<{ Scope::ReadCameras as u16 }>>;

#[derive(Clone)]
struct State;

struct Told;

impl axum::handler::Handler<((), Needed), State> for fn(Needed) -> Told {
    type Future = std::future::Ready<axum::response::Response>;

    fn call(self, _: axum::extract::Request, _: State) -> Self::Future {
        std::future::ready(axum::response::IntoResponse::into_response("SECRET"))
    }
}

fn told(_: Needed) -> Told {
    Told
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret: fn(Needed) -> Told = told;
    let app = Router::new().route("/secret", get(secret)).with_state(State).guarded::<Scope>()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
