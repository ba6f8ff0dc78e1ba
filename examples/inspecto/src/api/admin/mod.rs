//! What administrators do: keep the API keys and the vehicle fields, read the audit log. Never open to an API key.

mod api_keys;
mod audit_log;
mod session;
mod vehicle_fields;

use scopewright::actix::web::ServiceConfig;

pub(super) fn configure(service: &mut ServiceConfig) {
    service
        .configure(api_keys::configure)
        .configure(audit_log::configure)
        .configure(session::configure)
        .configure(vehicle_fields::configure);
}
