//! `crud!` writes the routes of one resource, another macro its handlers.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

macro_rules! crud {
    ($module:ident) => {
        Router::new()
            .route("/", get($module::list).post($module::create))
            .route("/{id}", get($module::show).put($module::replace).delete($module::remove))
    };
}

macro_rules! handlers {
    ($($module:ident),* $(,)?) => {
        $(mod $module {
            use axum::extract::Path;
            use scopewright::requires_scope;

            #[requires_scope("read:cameras")]
            pub async fn list() -> &'static str {
                stringify!($module)
            }

            #[requires_scope("write:cameras")]
            pub async fn create() -> &'static str {
                "created"
            }

            #[requires_scope("read:cameras")]
            pub async fn show(Path(id): Path<u32>) -> String {
                id.to_string()
            }

            #[requires_scope("write:cameras")]
            pub async fn replace(Path(id): Path<u32>) -> String {
                id.to_string()
            }

            #[requires_scope("write:cameras")]
            pub async fn remove(Path(id): Path<u32>) -> String {
                id.to_string()
            }
        })*
    };
}

handlers!(cameras, zones);

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new()
        .nest("/cameras", crud!(cameras))
        .nest("/zones", crud!(zones))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
