//! What the search found, as the table other stages read.

mod conditions;

use crate::eval::{Eval, Served};
use crate::search::Found;
use crate::value::{Endpoint, Entry, EntryKind, Lost};
use crate::world::{FnId, Location};
use scopewright_model::core::{Method, RoutePattern};
use scopewright_model::{
    Annotation, Code, Framework, GUARDED, Handler, Route, RouteOrigin, RouteTable, Server,
    UnreachedAnnotation,
};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Makes the table.
pub fn table(eval: &mut Eval<'_>, found: &Found) -> RouteTable {
    let mut annotations = Annotations::default();
    let mut reached = BTreeSet::new();
    let (mcp, functions) = crate::mcp::functions(eval, &mut annotations);
    let resource_readers = crate::mcp::resource_readers(eval);
    reached.extend(functions);
    let mut ways: Vec<Way<'_>> = Vec::new();
    // What always answers on a server.
    let mut always = BTreeSet::new();
    for (server, entry) in &found.entries {
        let EntryKind::Endpoint(endpoint) = &entry.kind else { continue };
        reached.extend(endpoint.handler.function);
        let Some(path) = &entry.path else { continue };
        let mut conditions: Vec<&str> = entry.conditions.iter().map(AsRef::as_ref).collect();
        let place = (*server, path, endpoint.method);
        if conditions.is_empty() {
            always.insert(place);
        } else if always.contains(&place) {
            // Its guard is never asked: what comes before it has answered.
            conditions.retain(|condition| *condition != GUARDED);
        }
        ways.push(Way { entry, endpoint, path, server: *server, conditions });
    }
    let of_servers = conditions::of_servers(ways.iter().map(Way::on_server));
    ways.sort_by(|one, other| one.identity().cmp(&other.identity()));
    let mut routes: Vec<Route> = Vec::with_capacity(ways.len());
    for same in ways.chunk_by(|one, other| one.identity() == other.identity()) {
        let Some(Way { entry, endpoint, path, .. }) = same.first() else { continue };
        match path.parse::<RoutePattern>() {
            Ok(pattern) => {
                let mut route = route(eval, entry, endpoint, pattern, path, &mut annotations);
                route.conditions = conditions::of_ways(same.iter().map(Way::on_server), &of_servers);
                route.asked_by = same.iter().map(|way| way.entry.asked_by).min().unwrap_or_default();
                route.servers = same.iter().map(|way| way.server).collect();
                route.servers.sort_unstable();
                route.servers.dedup();
                routes.push(route);
            }
            Err(error) => eval.lose(&Lost {
                reason: format!("`{path}` is no path: {error}"),
                code: Code::UnresolvedPath,
                help: "write parameters as `{name}` and a tail as `{*name}`".to_owned(),
                location: entry.site,
            }),
        }
    }
    let unreached = annotations.unreached(eval, &reached);
    routes.sort_by_cached_key(|route| {
        (route.path.to_string(), route.method.as_str(), route.registered.clone())
    });
    let roots = found.roots.iter().map(|root| eval.world.span(*root)).collect();
    let mut unresolved = eval.take_lost();
    unresolved.append(&mut eval.world.unresolved);
    unresolved.sort_by(|one, other| {
        (&one.span, one.code, &one.reason).cmp(&(&other.span, other.code, &other.reason))
    });
    unresolved.dedup();
    let servers = found.servers.iter().map(|served| server(eval, served)).collect();
    RouteTable { routes, mcp, resource_readers, unresolved, unreached, roots, servers }
}

fn server(eval: &mut Eval<'_>, served: &Served) -> Server {
    Server {
        span: eval.world.span(served.site),
        function: served.function.map_or_else(String::new, |function| eval.world.path_of(function)),
        standing: served.router.standing,
        framework: if served.router.mount.is_some() { Framework::ActixWeb } else { Framework::Axum },
        is_handed_out: served.is_handed_out,
    }
}

/// A way on which an endpoint is reached.
struct Way<'f> {
    entry: &'f Entry,
    endpoint: &'f Endpoint,
    path: &'f Rc<str>,
    server: usize,
    conditions: Vec<&'f str>,
}

impl<'f> Way<'f> {
    fn on_server(&self) -> (usize, &[&'f str]) {
        (self.server, &self.conditions)
    }

    /// What makes two registrations one.
    fn identity(&self) -> (&'f str, Method, Location, &'f str) {
        (self.path, self.endpoint.method, self.entry.registered, &self.endpoint.handler.path)
    }
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
        kind: entry.route_kind,
        path,
        path_as_written: as_written.to_string(),
        handler: Some(Handler {
            path: handler.path.clone(),
            definition: eval.world.span(handler.definition),
            attribute_place,
        }),
        registered: eval.world.span(entry.registered),
        framework: endpoint.framework,
        conditions: Vec::new(),
        annotation,
        annotation_origin,
        operation_id: None,
        asked_by: entry.asked_by,
        servers: Vec::new(),
    }
}

/// What is written on functions, read once.
#[derive(Default)]
pub struct Annotations {
    known: BTreeMap<FnId, Option<Annotation>>,
}

impl Annotations {
    /// What is written on one.
    pub fn of(&mut self, eval: &mut Eval<'_>, id: FnId) -> Option<Annotation> {
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
            // Who else uses a library may register what the service does not.
            if !has_attributes || !eval.world.is_own_function(id) {
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
