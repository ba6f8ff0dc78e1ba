//! What `guarded()` hands out: an application that can be served, and on which nothing can be registered.

use actix_http::Request;
use actix_service::{IntoServiceFactory, ServiceFactory};
use std::fmt;

/// An application whose services were compared with the policy's table. Made by [`guarded`](super::guarded()) and
/// [`App::guarded`](super::App::guarded).
///
/// It goes where actix-web's [`App`](actix_web::App) went: `HttpServer::new` takes what makes it, and
/// `actix_web::test::init_service` takes it. Nothing can be registered on it, and there is no way back to an `App`, so
/// what was compared is what answers. Middleware is added before, by `wrap`.
#[must_use = "it answers nothing until it is served"]
pub struct GuardedApp<T> {
    inner: actix_web::App<T>,
}

impl<T> GuardedApp<T> {
    /// Of an application that was compared, or that is only tested.
    pub(in crate::actix) const fn new(inner: actix_web::App<T>) -> Self {
        Self { inner }
    }

    /// **Gives the guarantee up.** actix-web's application, on which anything can be registered that nobody decided about.
    ///
    /// Written to the log as a warning with `why`, and a finding of every build (`unguarded-service`), which `deny` makes
    /// an error.
    pub fn into_actix_unguarded(self, why: &'static str) -> actix_web::App<T> {
        tracing::warn!(why, "a guarded service was made into a plain actix-web application");
        self.inner
    }
}

/// What `HttpServer::new` asks of what it is given.
impl<T, F> IntoServiceFactory<F, Request> for GuardedApp<T>
where
    actix_web::App<T>: IntoServiceFactory<F, Request>,
    F: ServiceFactory<Request>,
{
    fn into_factory(self) -> F {
        self.inner.into_factory()
    }
}

impl<T> fmt::Debug for GuardedApp<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuardedApp")
    }
}
