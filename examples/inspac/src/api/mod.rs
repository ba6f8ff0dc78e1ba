//! The HTTP surface: one module for each resource, put together here.

#![expect(unused_qualifications, reason = "`params(..)` of `#[utoipa::path]` expands to such")]

mod assets;
mod attachments;
mod calendar;
mod checkins;
mod integrations;
mod issues;
mod logs;
mod media;
mod organization;
mod public;
mod runs;
mod schedules;
mod sensors;
mod sites;
mod templates;
mod users;
mod works;

use scopewright::axum::utoipa::OpenApiRouter;
use utoipa::OpenApi;

use crate::state::AppState;

/// What the document says about the service as a whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "insp.ac API",
        description = "Inspections and maintenance of an organisation's sites.\n\n\
            A method that a path does not have is answered 405, with those it has in `Allow`. A body that does not come in \
            time is a 408, one that is too long a 413, one of another media type a 415."
    ),
    servers((url = "/", description = "Where this document was read.")),
    // `Problems` names it in every response, and does not register it.
    components(schemas(crate::error::Problem)),
    tags(
        (name = "issues", description = "What somebody found to be wrong."),
        (name = "works", description = "Work orders."),
        (name = "sites", description = "Where everything else is."),
        (name = "assets", description = "What stands on a site and is looked after."),
        (name = "users", description = "Profiles of the people of the organisation."),
        (name = "checkins", description = "Who was at which site."),
        (name = "logs", description = "Comments."),
        (name = "sensors", description = "What sensors measure."),
        (name = "templates", description = "The questions of an inspection."),
        (name = "runs", description = "Inspections, answered."),
        (name = "schedules", description = "Everything that has a date."),
        (name = "calendar", description = "The schedule, as calendars read it."),
        (name = "media", description = "Attachments, on their way."),
        (name = "integrations", description = "What an integration platform offers and listens to."),
        (name = "organization", description = "The organisation's settings: its keys and their scopes."),
        (name = "service", description = "Whether the service is alive, and what it offers."),
    )
)]
struct Document;

/// Every endpoint of the service.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi()).merge(public::routes()).nest("/v1", version_1())
}

fn version_1() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .merge(issues::routes())
        .merge(works::routes())
        .merge(sites::routes())
        .merge(assets::routes())
        .merge(users::routes())
        .merge(checkins::routes())
        .merge(logs::routes())
        .merge(sensors::routes())
        .merge(templates::routes())
        .merge(runs::routes())
        .merge(schedules::routes())
        .merge(calendar::routes())
        .merge(media::routes())
        .merge(integrations::routes())
        .merge(organization::routes())
}
