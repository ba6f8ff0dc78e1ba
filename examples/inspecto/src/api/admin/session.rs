//! The administrator's own session.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use example_keyring::Database;
use scopewright::requires_auth;

use crate::api::{read, write};
use crate::credentials::sessions::{self, Session};
use crate::error::{ApiError, ApiResult};
use crate::scopes::Grant;
use scopewright::actix::web::{self, ServiceConfig};

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::resource("/session").route(web::get().to(get_session)).route(web::delete().to(close_session)),
    );
}

#[requires_auth(via = "administrator")]
async fn get_session(database: Data<Database>, grant: Grant) -> ApiResult<Json<Session>> {
    let id = id(&grant)?;
    read(&database, move |store| sessions::get(store.0, id)).await.map(Json)
}

#[requires_auth(via = "administrator")]
async fn close_session(database: Data<Database>, grant: Grant) -> ApiResult<HttpResponse> {
    let id = id(&grant)?;
    write(&database, move |store| sessions::close(store.0, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The authenticator makes the session's id the subject of its grant.
fn id(grant: &Grant) -> ApiResult<i64> {
    let id = grant.subject().and_then(|subject| subject.parse().ok());
    id.ok_or_else(|| ApiError::internal("a session's grant has no session"))
}
