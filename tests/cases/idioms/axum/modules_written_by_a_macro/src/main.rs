//! A macro at item level writes a module with handlers and its `router()`.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

macro_rules! resource {
    ($module:ident, $path:literal) => {
        mod $module {
            use scopewright::axum::{Router, routing::get};
            use scopewright::requires_scope;

            pub fn router() -> Router {
                Router::new().route($path, get(list).post(create))
            }

            #[requires_scope("read:cameras")]
            async fn list() -> &'static str {
                stringify!($module)
            }

            #[requires_scope("write:cameras")]
            async fn create() -> &'static str {
                "created"
            }
        }
    };
}

resource!(cameras, "/cameras");
resource!(zones, "/zones");

#[requires_scope("read:cameras")]
async fn index() -> &'static str {
    "cameras, zones"
}

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
        .route("/", get(index))
        .merge(cameras::router())
        .merge(zones::router())
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
