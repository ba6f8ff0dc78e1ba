//! Joins the policy to the discovered routes.
//!
//! In: a validated [`Policy`] and a [`RouteTable`]. Out: a [`Plan`] in which every operation has exactly one decision
//! for every auth mode. An endpoint without one, with two, or with a wrong one is a finding. Only a rule that a person
//! wrote makes an endpoint public; nothing here does.

mod coverage;
mod decide;
mod duplicates;
mod endpoints;
mod families;
mod head;
mod mcp;
mod names;
mod operation_ids;
mod propose;
mod resource;
mod ruling;
mod servers;
mod strictness;
mod undecided;
mod words;

pub(crate) use coverage::report_unresolved;
pub use words::requirement;

use coverage::report_unreached;
use decide::Outcome;
use duplicates::Decided;
use endpoints::Endpoint;
use families::{Families, FamilyRulings};
use names::Names;
use scopewright_model::core::ScopeIndex;
use scopewright_model::policy::RouteStatus;
use scopewright_model::{MayRequire, ModeRule, Operation, Plan, Policy, RouteTable, Sink};
use undecided::Undecided;

/// Links. The plan holds the operations that are decided; if the sink has errors it is not the whole service, and
/// good only for what does not depend on completeness (the scope enum).
pub fn link(policy: Policy, table: &RouteTable, sink: &mut Sink) -> Plan {
    let operations = operations(&policy, table, sink);
    servers::report(&policy, table, sink);
    let mcp = mcp::decide(table, &Names::new(&policy), sink);
    // What a scope is needed for is known only once every endpoint is decided.
    if !sink.has_errors() {
        coverage::report_unused(&policy, &operations, &mcp, sink);
    }
    let servers = servers::rows(&operations, table);
    Plan { policy, operations, mcp, servers }
}

fn operations(policy: &Policy, table: &RouteTable, sink: &mut Sink) -> Vec<Operation> {
    let names = Names::new(policy);
    // What a rule does not match may be among what could not be read or followed.
    let whole = table.unresolved.is_empty() && !sink.has_errors();
    let mut endpoints = endpoints::collect(policy, table, whole, sink);
    if endpoints.is_empty() {
        // That nothing is registered is one finding, not one for every handler.
        coverage::report_none(table, policy, sink);
    } else {
        report_unreached(table, sink);
        endpoints.extend(resource::endpoint(policy));
    }
    let whole = whole && !endpoints.is_empty();
    let families = Families::apply(&names, &endpoints, whole, sink);
    let mut decided: Vec<Decided<'_>> = Vec::new();
    let mut open: Vec<(&Endpoint<'_>, &FamilyRulings<'_>)> = Vec::new();
    for (endpoint, families) in endpoints.iter().zip(families.iter()) {
        match decide::decide(endpoint, families, &names, sink) {
            Outcome::Decided { ruling, decided_by, apart } => {
                let servers = endpoint.route.servers.clone();
                let conditions = endpoint.route.conditions.clone();
                decided.push(Decided { endpoint, ruling, place: decided_by, apart, servers, conditions });
            }
            Outcome::Undecided => open.push((endpoint, families)),
            Outcome::Wrong => {}
        }
    }
    report_undecided(&open, &decided, policy, sink);
    servers::report_unenforced(&decided, sink);
    let decided = duplicates::merge(decided, policy, sink);
    head::report(&decided, policy, sink);
    finish(decided, &names, sink)
}

fn report_undecided(
    open: &[(&Endpoint<'_>, &FamilyRulings<'_>)],
    decided: &[Decided<'_>],
    policy: &Policy,
    sink: &mut Sink,
) {
    let neighbours: Vec<_> = decided.iter().map(|found| (&found.endpoint.route, &found.ruling)).collect();
    let undecided: Vec<Undecided<'_>> = open
        .iter()
        .map(|(endpoint, families)| Undecided {
            endpoint,
            proposal: propose::propose(&endpoint.route, families, &neighbours),
        })
        .collect();
    undecided::report(&undecided, policy, sink);
}

/// Names the operations, looks up their notes and puts them in order.
fn finish(decided: Vec<Decided<'_>>, names: &Names<'_>, sink: &mut Sink) -> Vec<Operation> {
    let ids = operation_ids::assign(
        &decided.iter().map(|found| (&found.endpoint.route, stated_id(found.endpoint))).collect::<Vec<_>>(),
    );
    let mut operations: Vec<Operation> = decided
        .into_iter()
        .zip(ids)
        .map(|(found, operation_id)| {
            let Decided { endpoint, ruling, place, apart, servers, conditions } = found;
            let route = &endpoint.route;
            let operation = Operation {
                method: route.method,
                kind: route.kind,
                path: route.path.clone(),
                operation_id,
                handler: route.handler.clone(),
                registered: route.registered.clone(),
                framework: route.framework,
                by_mode: ruling.by_mode,
                otherwise: ruling.otherwise,
                decided_by: place,
                decided_apart: apart,
                may_require: may_require(endpoint, names, sink),
                conditions,
                status: status(endpoint),
                asked_by: route.asked_by,
                servers,
            };
            let decisions = operation.by_mode.values().chain([&operation.otherwise]);
            let (title, place) = (operation.title(), &operation.decided_by);
            coverage::report_deferred(&title, decisions, place, &rules(endpoint), sink);
            operation
        })
        .collect();
    operations.sort_by_cached_key(|operation| (operation.path.to_string(), operation.method.as_str()));
    operations
}

/// The life of an endpoint: as its annotation says, or as a `[[routes]]` entry about it does.
fn status(endpoint: &Endpoint<'_>) -> RouteStatus {
    let annotated = endpoint.route.annotation.as_ref().and_then(|annotation| annotation.status);
    let mut declared = endpoint.entries.iter().map(|entry| entry.status);
    annotated.or_else(|| declared.find(|status| *status != RouteStatus::Stable)).unwrap_or_default()
}

/// The operation id that a `[[routes]]` entry about this one endpoint states.
fn stated_id<'e>(endpoint: &'e Endpoint<'_>) -> Option<&'e str> {
    endpoint.entries.iter().find_map(|entry| entry.operation_id.as_deref())
}

fn rules<'e>(endpoint: &'e Endpoint<'_>) -> Vec<&'e ModeRule> {
    let annotated = endpoint.route.annotation.iter().flat_map(|annotation| &annotation.rules);
    annotated.chain(endpoint.entries.iter().flat_map(|entry| &entry.rules)).collect()
}

fn may_require(endpoint: &Endpoint<'_>, names: &Names<'_>, sink: &mut Sink) -> Vec<(ScopeIndex, String)> {
    let annotated = endpoint.route.annotation.iter().flat_map(|annotation| &annotation.may_require);
    looked_up(annotated.chain(endpoint.entries.iter().flat_map(|entry| &entry.may_require)), names, sink)
}

/// The scopes of notes, sorted, none twice.
fn looked_up<'n>(
    noted: impl Iterator<Item = &'n MayRequire>,
    names: &Names<'_>,
    sink: &mut Sink,
) -> Vec<(ScopeIndex, String)> {
    let mut found: Vec<(ScopeIndex, String)> = noted
        .filter_map(|MayRequire { scope, when }| Some((names.scope(scope, sink)?, when.clone())))
        .collect();
    found.sort();
    found.dedup();
    found
}
