//! What the search found, as the table other stages read.

use crate::eval::Eval;
use crate::search::Found;
use crate::value::{Endpoint, Entry, EntryKind, Lost};
use crate::world::{FnId, Location};
use scopewright_model::core::{Method, RoutePattern};
use scopewright_model::{
    Annotation, Code, Framework, Handler, Route, RouteOrigin, RouteTable, UnreachedAnnotation,
};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Makes the table.
pub fn table(eval: &mut Eval<'_>, found: &Found) -> RouteTable {
    let mut annotations = Annotations::default();
    let mut routes: BTreeMap<(String, Method, Location, String), Route> = BTreeMap::new();
    let mut reached = BTreeSet::new();
    for entry in &found.entries {
        let EntryKind::Endpoint(endpoint) = &entry.kind else { continue };
        reached.extend(endpoint.handler.function);
        let Some(path) = &entry.path else { continue };
        let pattern = match path.parse::<RoutePattern>() {
            Ok(pattern) => pattern,
            Err(error) => {
                eval.lose(&Lost {
                    reason: format!("`{path}` is no path: {error}"),
                    code: Code::UnresolvedPath,
                    help: "write parameters as `{name}` and a tail as `{*name}`".to_owned(),
                    location: entry.site,
                });
                continue;
            }
        };
        let route = route(eval, entry, endpoint, pattern, path, &mut annotations);
        let key = (route.path.to_string(), route.method, entry.registered, endpoint.handler.path.clone());
        routes
            .entry(key)
            .and_modify(|known| {
                // Reached on two ways: it is there when either is.
                known.conditions.retain(|condition| route.conditions.contains(condition));
            })
            .or_insert(route);
    }
    let unreached = annotations.unreached(eval, &reached);
    let mut routes: Vec<Route> = routes.into_values().collect();
    routes.sort_by(|one, other| {
        let key = |route: &Route| (route.path.to_string(), route.method.as_str(), route.registered.clone());
        key(one).cmp(&key(other))
    });
    let roots = found.roots.iter().map(|root| eval.world.span(*root)).collect();
    let mut unresolved = eval.take_lost();
    unresolved.append(&mut eval.world.unresolved);
    unresolved.sort_by(|one, other| {
        (&one.span, one.code, &one.reason).cmp(&(&other.span, other.code, &other.reason))
    });
    unresolved.dedup();
    RouteTable { routes, unresolved, unreached, roots }
}

fn route(
    eval: &mut Eval<'_>,
    entry: &Entry,
    endpoint: &Endpoint,
    path: RoutePattern,
    as_written: &Rc<str>,
    annotations: &mut Annotations,
) -> Route {
    let handler = &endpoint.handler;
    if handler.is_missing && endpoint.decision.is_none() {
        eval.lose(&Lost {
            reason: format!("no function `{}` is found that this could register", handler.path),
            code: Code::UnresolvedHandler,
            help: format!(
                "register a function of this package, or decide here: `requires(Scope::…, {})`",
                handler.path
            ),
            location: handler.named,
        });
    }
    let (annotation, annotation_origin) = match &endpoint.decision {
        Some(decision) => (Some(decision.as_ref().clone()), RouteOrigin::Registration),
        None => (handler.function.and_then(|function| annotations.of(eval, function)), RouteOrigin::Handler),
    };
    let attribute_place = handler.function.and_then(|function| {
        let facts = eval.world.function(function)?;
        let file = eval.world.functions.get(function.0)?.file;
        Some(eval.world.span(Location { file, place: facts.attribute_place }))
    });
    Route {
        method: endpoint.method,
        path,
        path_as_written: as_written.to_string(),
        handler: Some(Handler {
            path: handler.path.clone(),
            definition: eval.world.span(handler.definition),
            attribute_place,
        }),
        registered: eval.world.span(entry.registered),
        framework: Framework::Axum,
        conditions: entry.conditions.iter().map(ToString::to_string).collect(),
        annotation,
        annotation_origin,
        operation_id: None,
    }
}

/// What is written on functions, read once.
#[derive(Default)]
struct Annotations {
    known: BTreeMap<FnId, Option<Annotation>>,
}

impl Annotations {
    fn of(&mut self, eval: &mut Eval<'_>, id: FnId) -> Option<Annotation> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let annotation = eval.world.annotation_of(id);
        self.known.insert(id, annotation.clone());
        annotation
    }

    /// Annotated functions that answer nothing.
    fn unreached(&mut self, eval: &mut Eval<'_>, reached: &BTreeSet<FnId>) -> Vec<UnreachedAnnotation> {
        // One function may be in two crates whose roots declare the same file: reached in one is reached.
        let reached_places: BTreeSet<Location> =
            reached.iter().filter_map(|id| eval.world.location_of(*id)).collect();
        let mut found = BTreeMap::new();
        for id in (0..eval.world.functions.len()).map(FnId) {
            let has_attributes =
                eval.world.function(id).is_some_and(|function| !function.attributes.is_empty());
            if !has_attributes {
                continue;
            }
            let Some(annotation) = self.of(eval, id) else { continue };
            let Some(location) = eval.world.location_of(id) else { continue };
            if !reached_places.contains(&location) {
                let handler = eval.world.path_of(id);
                let span = eval.world.span(location);
                found.entry(location).or_insert(UnreachedAnnotation { handler, span, annotation });
            }
        }
        let mut found: Vec<UnreachedAnnotation> = found.into_values().collect();
        found.sort_by(|one, other| one.span.cmp(&other.span));
        found
    }
}
