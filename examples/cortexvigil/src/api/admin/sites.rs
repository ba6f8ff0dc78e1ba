//! Setting up an organisation's sites.

use axum::extract::State;
use scopewright::requires_auth;
use serde::{Deserialize, Serialize};

use crate::api::sites::Site;
use crate::db::Store;
use crate::error::ApiResult;
use crate::extract::Body;
use crate::organisations;
use crate::state::AppState;
use crate::tenant::{Created, created};
use crate::values::{Name, Note};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSite {
    /// Made if there is none of this name.
    #[serde(skip_serializing)]
    organisation: Name,
    name: Name,
    address: Option<Note>,
}

#[requires_auth(via = "operator")]
pub(super) async fn create_site(
    State(state): State<AppState>,
    Body(site): Body<NewSite>,
) -> ApiResult<Created<Site>> {
    state
        .database
        .write(move |transaction| {
            let organisation_id = organisations::by_name(transaction, &site.organisation)?;
            Store::new(transaction, organisation_id).insert(&site)
        })
        .await
        .map(created)
}
