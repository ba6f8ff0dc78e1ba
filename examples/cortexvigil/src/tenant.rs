//! The rows a request may reach: those of one organisation.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;

use crate::credentials::keys::Caller;
use crate::db::{Database, Entity, Filter, Store};
use crate::error::{ApiError, ApiResult};
use crate::identity::Identity;
use crate::organisations;
use crate::page::{Listing, Page};
use crate::state::AppState;

/// What a handler that made a row answers.
pub(crate) type Created<T> = (StatusCode, Json<T>);

const ORGANISATION_HEADER: &str = "x-organisation";
const OPERATOR: &str = "operator";

/// The rows of the organisation a request acts for.
pub(crate) struct Tenant {
    database: Database,
    organisation_id: i64,
    actor: String,
}

impl Tenant {
    /// The name under which the caller's doings are recorded.
    pub(crate) fn actor(&self) -> String {
        self.actor.clone()
    }

    pub(crate) async fn read<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Store<'_>) -> ApiResult<T> + Send + 'static,
    {
        let organisation_id = self.organisation_id;
        self.database.read(move |connection| work(Store::new(connection, organisation_id))).await
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Store<'_>) -> ApiResult<T> + Send + 'static,
    {
        let organisation_id = self.organisation_id;
        self.database.write(move |transaction| work(Store::new(transaction, organisation_id))).await
    }

    pub(crate) async fn list<F: Filter>(&self, filter: F, page: Page) -> ApiResult<Json<Listing<F::Row>>> {
        self.read(move |store| store.list(&filter, page)).await.map(Json)
    }

    /// The rows that belong to one `P`; a 404 when there is no such `P`.
    pub(crate) async fn list_of<P: Entity, F: Filter>(
        &self,
        parent_id: i64,
        filter: F,
        page: Page,
    ) -> ApiResult<Json<Listing<F::Row>>> {
        self.read(move |store| {
            store.get::<P>(parent_id)?;
            store.list(&filter, page)
        })
        .await
        .map(Json)
    }

    pub(crate) async fn get<T: Entity>(&self, id: i64) -> ApiResult<Json<T>> {
        self.read(move |store| store.get(id)).await.map(Json)
    }

    pub(crate) async fn create<T: Entity>(
        &self,
        values: impl Serialize + Send + 'static,
    ) -> ApiResult<Created<T>> {
        self.write(move |store| store.insert(&values)).await.map(created)
    }

    pub(crate) async fn amend<T: Entity>(
        &self,
        id: i64,
        changes: impl Serialize + Send + 'static,
    ) -> ApiResult<Json<T>> {
        self.write(move |store| store.update(id, &changes)).await.map(Json)
    }

    pub(crate) async fn remove<T: Entity>(&self, id: i64) -> ApiResult<StatusCode> {
        self.write(move |store| store.remove::<T>(id)).await?;
        Ok(StatusCode::NO_CONTENT)
    }
}

/// 201 with what was made.
pub(crate) fn created<T>(made: T) -> Created<T> {
    (StatusCode::CREATED, Json(made))
}

impl FromRequestParts<AppState> for Tenant {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let database = state.database.clone();
        match Identity::from_request_parts(parts, state).await? {
            Identity::Key(Caller { organisation_id, app_name, .. }) => {
                Ok(Self { database, organisation_id, actor: app_name })
            }
            Identity::Operator => {
                let name = organisation_named_in(&parts.headers)?;
                let organisation_id =
                    database.read(move |connection| organisations::find(connection, &name)).await?;
                Ok(Self { database, organisation_id, actor: OPERATOR.to_owned() })
            }
        }
    }
}

/// A key has one organisation; the operator has to say which one is meant.
fn organisation_named_in(headers: &HeaderMap) -> ApiResult<String> {
    let name = headers.get(ORGANISATION_HEADER).and_then(|value| str::from_utf8(value.as_bytes()).ok());
    name.map(str::to_owned).ok_or_else(|| {
        ApiError::Invalid(format!("the operator names an organisation in the header `{ORGANISATION_HEADER}`"))
    })
}
