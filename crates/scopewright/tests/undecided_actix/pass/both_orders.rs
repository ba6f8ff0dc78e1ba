//! Our attributes above and below those of actix-web, without a warning.

#![deny(warnings, missing_docs)]

/// Generated.
#[path = "../../../../scopewright-emit/tests/golden/rust/cameras.rs"]
#[allow(dead_code)]
pub mod scopes;

/// actix-web's own attributes, ours above.
pub mod above {
    use actix_web::{get, routes};
    use scopewright::{public, requires_scope};

    /// Lists.
    #[requires_scope("read:cameras")]
    #[get("/cameras")]
    pub async fn list_cameras(grant: crate::scopes::Grant) -> String {
        format!("{grant:?}")
    }

    /// Is well.
    #[public(reason = "health")]
    #[routes]
    #[get("/health")]
    #[head("/health")]
    pub(crate) async fn health() -> &'static str {
        "ok"
    }

    #[cfg(any())]
    #[requires_scope("read:cameras")]
    #[get("/never")]
    async fn never() -> &'static str {
        "never"
    }

    #[requires_scope("read:cameras")]
    #[cfg(any())]
    #[get("/never")]
    async fn never() -> &'static str {
        "never"
    }
}

/// The attributes of this crate, in both orders.
pub mod beside {
    use scopewright::actix::{delete, route, web};
    use scopewright::{requires_auth, requires_scope};

    /// Deletes.
    #[delete("/cameras/{id}", name = "delete")]
    #[requires_scope("write:cameras", via = "api_key")]
    #[requires_auth(via = "operator")]
    pub async fn delete_camera(id: web::Path<u32>, _one: web::Bytes, _two: actix_web::HttpRequest) -> String {
        id.to_string()
    }

    /// Reads and writes.
    #[requires_auth]
    #[route("/both", method = "GET", method = "PUT")]
    pub async fn both() -> &'static str {
        "both"
    }
}

/// A part that is given to an application.
pub fn part() -> scopewright::actix::Scope {
    scopewright::actix::web::scope("/api").service((beside::delete_camera, beside::both))
}

/// One resource.
pub fn resource() -> scopewright::actix::Resource {
    scopewright::actix::web::resource("/x").get(scopes::public(scopes::PublicReason::Health, || async { "x" }))
}

fn main() {
    let app = scopewright::actix::App::new()
        .service((above::list_cameras, above::health))
        .service(part().wrap(actix_web::middleware::Logger::default()))
        .service(resource());
    let registered: Vec<_> = app.registrations().iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    assert_eq!(
        registered,
        [
            "GET /cameras",
            "GET /health",
            "HEAD /health",
            "DELETE /api/cameras/{id}",
            "GET /api/both",
            "PUT /api/both",
            "GET /x",
        ]
    );
}
