//! Setting up an organisation's sites.

use serde::{Deserialize, Serialize};

use super::Administration;
use crate::api::sites::Site;
use crate::db::Store;
use crate::error::ApiResult;
use crate::extract::Body;
use crate::organisations;
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

// decision: requires_auth(via = "operator")
pub(super) async fn create_site(
    admin: Administration,
    Body(site): Body<NewSite>,
) -> ApiResult<Created<Site>> {
    admin
        .database
        .write(move |transaction| {
            let organisation_id = organisations::by_name(transaction, &site.organisation)?;
            Store::new(transaction, organisation_id).insert(&site)
        })
        .await
        .map(created)
}
