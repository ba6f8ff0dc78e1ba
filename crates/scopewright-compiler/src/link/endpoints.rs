//! All endpoints: those discovery found, and those that `[[routes]]` entries declare.

use super::servers::is_beside_the_api;
use scopewright_model::core::{Method, RouteKind, RoutePattern, Segment};
use scopewright_model::policy::DeclaredRoute;
use scopewright_model::{AskedBy, Code, Diagnostic, Framework, Policy, Route, RouteOrigin, RouteTable, Sink};

/// An endpoint and the `[[routes]]` entries that are about it.
pub(super) struct Endpoint<'p> {
    pub(super) route: Route,
    pub(super) entries: Vec<&'p DeclaredRoute>,
}

impl Endpoint<'_> {
    /// `GET /cameras/{id}`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.route.method, self.route.path)
    }

    /// Whether it is decided by name: by an annotation or by `[[routes]]` entries.
    pub(super) fn is_decided_by_name(&self) -> bool {
        let annotation = self.route.annotation.as_ref();
        annotation.is_some_and(|annotation| !annotation.rules.is_empty()) || !self.entries.is_empty()
    }
}

/// Joins the table with the policy's `[[routes]]`. An entry with an exact path that no source has declares the
/// endpoint; an entry with `*` or `**` only selects, and one that selects nothing is reported if the table is `whole`.
pub(super) fn collect<'p>(
    policy: &'p Policy,
    table: &RouteTable,
    whole: bool,
    sink: &mut Sink,
) -> Vec<Endpoint<'p>> {
    let of_the_api = table.routes.iter().filter(|route| !is_beside_the_api(route, policy, table));
    let mut endpoints: Vec<Endpoint<'p>> =
        of_the_api.map(|route| Endpoint { route: route.clone(), entries: Vec::new() }).collect();
    for entry in &policy.routes {
        let mut found: Vec<Method> = Vec::new();
        for endpoint in endpoints.iter_mut().filter(|endpoint| selects(entry, &endpoint.route)) {
            found.push(endpoint.route.method);
            endpoint.entries.push(entry);
        }
        match entry.matcher.value.as_route() {
            Some(path) => {
                let missing = methods_of(entry).into_iter().filter(|method| !found.contains(method));
                let all_methods_found = entry.matcher.value.methods().is_empty() && !found.is_empty();
                endpoints.extend(
                    missing.filter(|_| !all_methods_found).map(|method| declared(entry, method, &path)),
                );
            }
            None if found.is_empty() && whole => sink.push(unmatched(entry)),
            None => {}
        }
    }
    endpoints
}

/// Whether an entry is about a route. A route that answers every method is only meant by an entry about every method:
/// a rule for `GET` must not decide what `DELETE` needs.
fn selects(entry: &DeclaredRoute, route: &Route) -> bool {
    let matcher = &entry.matcher.value;
    if route.method == Method::Any
        && !matcher.methods().is_empty()
        && !matcher.methods().contains(&Method::Any)
    {
        return false;
    }
    match matcher.as_route() {
        Some(path) => {
            (matcher.methods().is_empty() || matcher.methods().contains(&route.method))
                && same_path(&path, &route.path)
        }
        None => matcher.captures(route.method, &route.path).is_some(),
    }
}

/// Whether two paths are one but for parameter names.
pub(super) fn same_path(one: &RoutePattern, other: &RoutePattern) -> bool {
    nameless(one) == nameless(other)
}

/// The path without parameter names, letter case kept.
pub(super) fn nameless(path: &RoutePattern) -> String {
    let mut text = String::new();
    for segment in path.segments() {
        text.push('/');
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Parameter(_) => text.push_str("{}"),
            Segment::Tail(_) => text.push_str("{*}"),
            Segment::Mixed(parts) => {
                for part in parts {
                    match part {
                        scopewright_model::core::MixedPart::Text(literal) => text.push_str(literal),
                        scopewright_model::core::MixedPart::Parameter(_) => text.push_str("{}"),
                    }
                }
            }
        }
    }
    text
}

fn methods_of(entry: &DeclaredRoute) -> Vec<Method> {
    match entry.matcher.value.methods() {
        [] => vec![Method::Any],
        methods => methods.to_vec(),
    }
}

fn declared<'p>(entry: &'p DeclaredRoute, method: Method, path: &RoutePattern) -> Endpoint<'p> {
    let route = Route {
        method,
        kind: RouteKind::Route,
        path: path.clone(),
        path_as_written: path.to_string(),
        handler: None,
        registered: entry.matcher.span.clone(),
        framework: Framework::Policy,
        conditions: Vec::new(),
        annotation: None,
        annotation_origin: RouteOrigin::Source,
        operation_id: None,
        asked_by: AskedBy::Elsewhere,
        servers: Vec::new(),
    };
    Endpoint { route, entries: vec![entry] }
}

fn unmatched(entry: &DeclaredRoute) -> Diagnostic {
    let text = entry.matcher.value.to_string();
    let diagnostic = Diagnostic::new(
        Code::UnmatchedRoute,
        format!("`{text}` matches no endpoint"),
        entry.matcher.span.clone(),
        "decides nothing",
    )
    .help("correct the pattern, or remove the entry");
    match text.strip_suffix("/**") {
        Some(prefix) => diagnostic.help(format!(
            "an endpoint that is served elsewhere is declared by its exact path: `{prefix}/{{*rest}}`"
        )),
        None => {
            diagnostic.help("an endpoint that is served elsewhere is declared by its exact path, without `*`")
        }
    }
}
