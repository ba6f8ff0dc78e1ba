//! axum-login: a session in memory, a user with permissions, `permission_required!` before the route.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, Request, header};
use axum::routing::{get, post};
use axum_login::tower_sessions::SessionManagerLayer;
use axum_login::{
    AuthManagerLayerBuilder, AuthSession, AuthUser, AuthnBackend, AuthzBackend, permission_required,
};
use std::collections::HashSet;
use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tower_service::Service;
use tower_sessions_memory_store::MemoryStore;

#[derive(Debug, Clone)]
struct User;

impl AuthUser for User {
    type Id = i64;

    fn id(&self) -> i64 {
        1
    }

    fn session_auth_hash(&self) -> &[u8] {
        b"hash"
    }
}

#[derive(Clone)]
struct Backend;

impl AuthnBackend for Backend {
    type User = User;
    type Credentials = ();
    type Error = Infallible;

    async fn authenticate(&self, (): ()) -> Result<Option<User>, Infallible> {
        Ok(Some(User))
    }

    async fn get_user(&self, _: &i64) -> Result<Option<User>, Infallible> {
        Ok(Some(User))
    }
}

impl AuthzBackend for Backend {
    type Permission = &'static str;

    async fn get_user_permissions(&self, _: &User) -> Result<HashSet<&'static str>, Infallible> {
        Ok(HashSet::from(["read:cameras", "read:events"]))
    }
}

async fn log_in(mut session: AuthSession<Backend>) {
    session.login(&User).await.expect("a session in memory");
}

async fn show_camera(Path(id): Path<u32>) -> String {
    id.to_string()
}

/// The router, its requests carrying the cookie of a session that was logged in before.
pub fn app() -> impl Service<Request<Body>, Response = axum::response::Response> {
    let sessions = SessionManagerLayer::new(MemoryStore::default()).with_secure(false);
    let mut router = Router::new()
        .route("/api/v1/cameras/{id}", get(show_camera))
        .route_layer(permission_required!(Backend, "read:cameras"))
        .route("/log-in", post(log_in))
        .layer(AuthManagerLayerBuilder::new(Backend, sessions).build());
    let cookie = cookie_of(&mut router);
    WithCookie { router, cookie }
}

fn cookie_of(router: &mut Router) -> HeaderValue {
    let request = Request::post("/log-in").body(Body::empty()).expect("a request");
    let mut answer = pin!(router.call(request));
    loop {
        if let Poll::Ready(Ok(answer)) = answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            let cookie = answer.headers().get(header::SET_COOKIE).expect("a session").to_str().expect("text");
            let cookie = cookie.split(';').next().unwrap_or_default();
            return HeaderValue::from_str(cookie).expect("a cookie");
        }
    }
}

struct WithCookie {
    router: Router,
    cookie: HeaderValue,
}

impl Service<Request<Body>> for WithCookie {
    type Response = axum::response::Response;
    type Error = Infallible;
    type Future = <Router as Service<Request<Body>>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request<Body>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        request.headers_mut().insert(header::COOKIE, self.cookie.clone());
        self.router.call(request)
    }
}
