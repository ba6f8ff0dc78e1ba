//! The pages of External Apps: the list, and one app with its scopes, what they open, and its keys.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;
use scopewright::requires_auth;
use serde::Deserialize;

use super::forms::Form;
use super::html::Page;
use super::opens::{self, ScopeLine};
use crate::credentials::apps::{self, ExternalApp, NewApp};
use crate::credentials::keys::{self, IssuedKey, Key, NewKey};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Path, Query};
use crate::page::{self, Listing};
use crate::state::AppState;
use crate::values::{Name, Note};

#[derive(Template)]
#[template(path = "external_apps.html")]
pub(super) struct AppsPage {
    apps: Vec<AppLine>,
    next: Option<i64>,
}

struct AppLine {
    app: ExternalApp,
    opened: usize,
}

#[derive(Template)]
#[template(path = "external_app.html")]
pub(super) struct AppPage {
    app: ExternalApp,
    scopes: Vec<ScopeLine>,
    opened: usize,
    keys: Vec<Key>,
    /// Shown on the page that answers its making, and never again.
    issued: Option<IssuedKey>,
}

#[derive(Deserialize)]
pub(super) struct KeyPath {
    id: i64,
    key_id: i64,
}

#[requires_auth(via = "operator")]
pub(super) async fn show_apps(
    State(state): State<AppState>,
    Query(page): Query<page::Page>,
) -> ApiResult<Page<AppsPage>> {
    let listing = state.database.read(move |connection| apps::list(connection, page)).await?;
    let Listing { items, next_cursor } = listing;
    let apps = items.into_iter().map(|app| AppLine { opened: opened(&app), app }).collect();
    Ok(Page(AppsPage { apps, next: next_cursor }))
}

#[requires_auth(via = "operator")]
pub(super) async fn add_app(State(state): State<AppState>, form: Form) -> ApiResult<Response> {
    let app = NewApp {
        organisation: name_in(&form, "organisation")?,
        name: name_in(&form, "name")?,
        description: note_in(&form, "description")?,
        scopes: form.scopes()?,
    };
    let app = state.database.write(move |transaction| apps::create(transaction, &app)).await?;
    Ok(see(app.id))
}

#[requires_auth(via = "operator")]
pub(super) async fn show_app(State(state): State<AppState>, Path(id): Path<i64>) -> ApiResult<Page<AppPage>> {
    state.database.read(move |connection| app_page(connection, id, None)).await.map(Page)
}

#[requires_auth(via = "operator")]
pub(super) async fn grant_scopes(
    State(state): State<AppState>,
    Path(id): Path<i64>,
    form: Form,
) -> ApiResult<Response> {
    let scopes = form.scopes()?;
    state.database.write(move |transaction| apps::replace_scopes(transaction, id, &scopes)).await?;
    Ok(see(id))
}

#[requires_auth(via = "operator")]
pub(super) async fn make_key(
    State(state): State<AppState>,
    Path(id): Path<i64>,
    form: Form,
) -> ApiResult<Page<AppPage>> {
    let key = NewKey { label: name_in(&form, "label")?, scopes: None, expires_in_days: None };
    let write = state.database.write(move |transaction| {
        let issued = keys::issue(transaction, id, &key)?;
        app_page(transaction, id, Some(issued))
    });
    write.await.map(Page)
}

/// A new secret; the ticked scopes are added to the key, and to its app if that does not hold them yet.
#[requires_auth(via = "operator")]
pub(super) async fn rotate_app_key(
    State(state): State<AppState>,
    Path(KeyPath { id, key_id }): Path<KeyPath>,
    form: Form,
) -> ApiResult<Page<AppPage>> {
    let additional = form.scopes()?;
    let write = state.database.write(move |transaction| {
        let issued = keys::rotate(transaction, id, key_id, &additional)?;
        app_page(transaction, id, Some(issued))
    });
    write.await.map(Page)
}

#[requires_auth(via = "operator")]
pub(super) async fn revoke_app_key(
    State(state): State<AppState>,
    Path(KeyPath { id, key_id }): Path<KeyPath>,
) -> ApiResult<Response> {
    state.database.write(move |transaction| keys::revoke(transaction, id, key_id)).await?;
    Ok(see(id))
}

fn app_page(connection: &Connection, id: i64, issued: Option<IssuedKey>) -> ApiResult<AppPage> {
    let app = apps::get(connection, id)?;
    let scopes = opens::lines(&app.scopes);
    let opened = opened(&app);
    Ok(AppPage { app, scopes, opened, keys: keys::list_of_app(connection, id)?, issued })
}

fn opened(app: &ExternalApp) -> usize {
    let scopes: Vec<&str> = app.scopes.iter().map(String::as_str).collect();
    opens::opened_by(&scopes).count()
}

/// The page of an app, to be asked for with `GET`: a form that is reloaded is not sent again.
fn see(id: i64) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, format!("/admin/external-apps/{id}"))]).into_response()
}

fn name_in(form: &Form, field: &str) -> ApiResult<Name> {
    let text = form.value(field).unwrap_or_default().to_owned();
    Name::try_from(text).map_err(|problem| ApiError::Invalid(format!("{field}: {problem}")))
}

fn note_in(form: &Form, field: &str) -> ApiResult<Option<Note>> {
    let text = form.value(field).filter(|text| !text.trim().is_empty());
    let note = text.map(|text| Note::try_from(text.to_owned()));
    note.transpose().map_err(|problem| ApiError::Invalid(format!("{field}: {problem}")))
}
