//! What is handed to `.service(..)` and `.configure(..)`.

use super::builder::empty;
use super::{attribute, route, serve};
use crate::eval::{Eval, Outcome};
use crate::facts::Place;
use crate::frameworks::Argument;
use crate::frameworks::axum::methods::endpoints;
use crate::value::{Endpoint, Entry, EntryKind, FunctionRef, Lost, MountRole, Router, Value, under, within};
use crate::world::Location;
use scopewright_model::core::RouteKind;
use scopewright_model::{Annotation, AskedBy, Code};
use std::rc::Rc;

/// What a service answers, below the paths it has itself.
pub fn service_entries(eval: &mut Eval<'_>, service: &Value, place: Place, site: Location) -> Vec<Entry> {
    match service {
        Value::Router(router) if router.mount.is_some() => {
            router.entries.iter().map(|entry| entry.as_ref().clone()).collect()
        }
        Value::Tuple(all) | Value::List(all) => {
            all.iter().flat_map(|one| service_entries(eval, one, place, site)).collect()
        }
        Value::OneOf(all) => {
            let mut found = Vec::new();
            for (condition, one) in all.iter() {
                let entries = service_entries(eval, one, place, site).into_iter();
                found.extend(
                    entries.map(|entry| Entry { conditions: within(condition, &entry.conditions), ..entry }),
                );
            }
            found
        }
        Value::Perhaps(it) => {
            let entries = service_entries(eval, &it.value, place, site).into_iter();
            let entries =
                entries.map(|entry| Entry { conditions: under(&it.condition, &entry.conditions), ..entry });
            entries.collect()
        }
        Value::Decided(decided) => {
            let entries = service_entries(eval, &decided.inner, place, site).into_iter();
            entries.map(|entry| decided_entry(entry, decided.annotation.as_ref())).collect()
        }
        Value::Function(function) => match &function.of {
            FunctionRef::Local(id) => attribute::entries(eval, *id, function.named, site),
            FunctionRef::External(_) | FunctionRef::Missing(_) => {
                let handlers = endpoints(eval, service, place).into_iter();
                let entries = handlers.map(|(kind, registered, conditions)| Entry {
                    kind: route::of_actix(kind),
                    path: None,
                    is_fallback: false,
                    asked_by: AskedBy::Nothing,
                    route_kind: RouteKind::Route,
                    registered,
                    site,
                    conditions,
                });
                let entries = entries.collect();
                lose_service(eval, place);
                entries
            }
        },
        Value::Never | Value::Nothing => Vec::new(),
        other => {
            let router = serve::unknown(eval, other, place);
            router.entries.iter().map(|entry| Entry { site, ..entry.as_ref().clone() }).collect()
        }
    }
}

fn decided_entry(entry: Entry, annotation: Option<&Rc<Annotation>>) -> Entry {
    let kind = match entry.kind {
        EntryKind::Endpoint(endpoint) => {
            EntryKind::Endpoint(Endpoint { decision: annotation.cloned(), ..endpoint })
        }
        other => other,
    };
    Entry { kind, ..entry }
}

fn lose_service(eval: &mut Eval<'_>, place: Place) {
    let location = eval.here(place);
    eval.lose(&Lost {
        reason: "the path and method of this service are not known".to_owned(),
        code: Code::UnresolvedPath,
        help: "register it with its path, as in `.route(\"/x\", web::get().to(handler))`".to_owned(),
        location,
    });
}

/// What of a service is accounted for where it was registered on a builder of its own; the rest is here.
pub fn accounted(eval: &mut Eval<'_>, entries: Vec<Entry>, site: Location) -> Vec<Entry> {
    let is_elsewhere = |eval: &Eval<'_>, entry: &Entry| {
        eval.outcomes.get(&entry.site).is_some_and(|outcome| *outcome == Outcome::Registered)
    };
    let mut outcome = Outcome::Composed;
    let mut all = Vec::new();
    for entry in entries {
        if entry.site != site && is_elsewhere(eval, &entry) {
            all.push(entry);
        } else {
            outcome = Outcome::Registered;
            all.push(Entry { site, ..entry });
        }
    }
    // `Composed` outranks `Registered`, so it is only said where nothing is accounted for here.
    eval.outcome(site, outcome);
    all
}

/// What a function or closure puts on a `ServiceConfig`.
pub fn configured(eval: &mut Eval<'_>, with: &Argument) -> Router {
    match &with.value {
        Value::Never | Value::Nothing => Router::default(),
        Value::OneOf(all) => {
            let mut router = Router::default();
            for (condition, one) in all.iter() {
                let one = configured(eval, &Argument { value: one.clone(), place: with.place });
                router.extend(&one.map(|entry| Entry {
                    conditions: within(condition, &entry.conditions),
                    ..entry.clone()
                }));
            }
            router
        }
        other => match eval.call_and_see(other, empty(MountRole::Config), with.place) {
            Some(Value::Router(router)) => router,
            Some(_) | None => serve::unknown(eval, other, with.place),
        },
    }
}
