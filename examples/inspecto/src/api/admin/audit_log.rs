//! The audit log: every call that a write scope let in.

use actix_web::web::{Data, Json};
use example_keyring::Database;
use scopewright::requires_auth;
use serde::{Deserialize, Serialize};

use crate::body::{Query, shape};
use crate::db::{Filter, entity, read_json};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Moment, Text};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
struct AuditEntry {
    id: i64,
    occurred_at: String,
    method: String,
    route: String,
    mode: String,
    api_key_id: Option<String>,
    /// The audited scopes the call was let in by.
    #[serde(deserialize_with = "read_json")]
    scopes: Vec<String>,
}

entity!(AuditEntry, "audit entry" => "audit_log");

shape! {
    struct AuditFilter {
        optional api_key_id: Text<64>,
        optional method: Text<16>,
        optional from: Moment,
        optional to: Moment,
    }
}

impl Filter for AuditFilter {
    type Row = AuditEntry;

    fn condition(member: &str) -> String {
        match member {
            "from" => "occurred_at >= :from".to_owned(),
            "to" => "occurred_at < :to".to_owned(),
            other => format!("{other} = :{other}"),
        }
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(web::resource("/audit-log").route(web::get().to(list_audit_log)));
}

#[requires_auth(via = "administrator")]
async fn list_audit_log(
    database: Data<Database>,
    query: Query<AuditFilter>,
) -> ApiResult<Json<Listing<AuditEntry>>> {
    crate::api::list(&database, query).await
}
