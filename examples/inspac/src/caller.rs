//! Whose rows a request may reach: those of the caller's organisation.

use std::fmt::Display;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use example_keyring::Database;
use serde::Serialize;

use crate::database::{Filter, Resource, Rows};
use crate::error::{ApiError, ApiResult};
use crate::page::{Listing, Page};
use crate::scopes::Grant;
use crate::state::AppState;

/// What a handler that made a row answers.
pub(crate) type Created<T> = (StatusCode, Json<T>);

/// What a grant's subject says: the organisation, and who acts for it (the id of a key, the address of a person).
pub(crate) struct Subject<'a> {
    pub(crate) organisation_id: i64,
    pub(crate) actor: &'a str,
}

impl<'a> Subject<'a> {
    pub(crate) fn written(organisation_id: impl Display, actor: &str) -> String {
        format!("{organisation_id}/{actor}")
    }

    pub(crate) fn of(grant: &'a Grant) -> Option<Self> {
        let (organisation_id, actor) = grant.subject()?.split_once('/')?;
        Some(Self { organisation_id: organisation_id.parse().ok()?, actor })
    }
}

/// The organisation a request acts for, whether by a key or by a person.
pub(crate) struct Organisation {
    pub(crate) database: Database,
    pub(crate) id: i64,
    /// Under which name the caller's doings are recorded.
    pub(crate) actor: String,
}

impl FromRequestParts<AppState> for Organisation {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let subject = parts.extensions.get::<Grant>().and_then(Subject::of);
        // The guard stands before every handler that asks for this.
        let subject = subject.ok_or_else(|| ApiError::internal("a guarded request carries no grant"))?;
        let (id, actor) = (subject.organisation_id, subject.actor.to_owned());
        Ok(Self { database: state.database.clone(), id, actor })
    }
}

impl Organisation {
    pub(crate) async fn read<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Rows<'_>) -> ApiResult<T> + Send + 'static,
    {
        let id = self.id;
        self.database.read(move |connection| work(Rows::new(connection, id))).await
    }

    /// All of it or, if it fails, nothing.
    pub(crate) async fn write<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Rows<'_>) -> ApiResult<T> + Send + 'static,
    {
        let id = self.id;
        self.database.write(move |transaction| work(Rows::new(transaction, id))).await
    }

    pub(crate) async fn list<F: Filter>(&self, filter: F, page: Page) -> ApiResult<Json<Listing<F::Row>>> {
        self.read(move |rows| rows.list(&filter, page)).await.map(Json)
    }

    pub(crate) async fn get<T: Resource>(&self, id: i64) -> ApiResult<Json<T>> {
        self.read(move |rows| rows.get(id)).await.map(Json)
    }

    pub(crate) async fn create<T: Resource>(
        &self,
        values: impl Serialize + Send + 'static,
    ) -> ApiResult<Created<T>> {
        self.write(move |rows| rows.insert(&values)).await.map(created)
    }

    pub(crate) async fn update<T: Resource>(
        &self,
        id: i64,
        changes: impl Serialize + Send + 'static,
    ) -> ApiResult<Json<T>> {
        self.write(move |rows| rows.update(id, &changes)).await.map(Json)
    }
}

/// 201 with what was made.
pub(crate) fn created<T>(made: T) -> Created<T> {
    (StatusCode::CREATED, Json(made))
}
