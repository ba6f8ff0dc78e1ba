//! Endpoints that are one to a client: registered twice, or equal but for a parameter's name, letter case or slashes.

use super::endpoints::{Endpoint, nameless};
use super::ruling::Ruling;
use super::words::requirement;
use scopewright_model::core::{Method, ModeIndex, RoutePattern, Segment};
use scopewright_model::{Code, DecidedBy, Decision, Diagnostic, Policy, Sink};
use std::collections::{BTreeMap, BTreeSet};

/// A decided endpoint.
pub(super) struct Decided<'e> {
    pub(super) endpoint: &'e Endpoint<'e>,
    pub(super) ruling: Ruling,
    pub(super) place: DecidedBy,
    /// Modes that another place decides.
    pub(super) apart: BTreeMap<ModeIndex, DecidedBy>,
    /// The servers it is on.
    pub(super) servers: Vec<usize>,
    /// Under what it is there: always if any of its registrations on each of its servers is.
    pub(super) conditions: Vec<String>,
}

impl Decided<'_> {
    fn differs_from(&self, other: &Self) -> bool {
        self.ruling != other.ruling
    }

    /// Whether no request is answered by both: no server has both, or their patterns have expressions that tell requests
    /// apart, or one is for paths and the other for methods that no route has.
    fn is_apart_from(&self, other: &Self) -> bool {
        self.is_on_other_servers(other) || self.is_told_apart_from(other)
    }

    /// To a client they are endpoints of different hosts.
    fn is_on_other_servers(&self, other: &Self) -> bool {
        !self.servers.is_empty()
            && !other.servers.is_empty()
            && !self.servers.iter().any(|server| other.servers.contains(server))
    }

    fn is_told_apart_from(&self, other: &Self) -> bool {
        let (one, two) = (&self.endpoint.route.path_as_written, &other.endpoint.route.path_as_written);
        let has_expression = |path: &str| {
            path.split('{').skip(1).any(|rest| rest.split('}').next().is_some_and(|it| it.contains(':')))
        };
        one != two
            && ((self.is_fallback() && other.is_fallback()) || has_expression(one) || has_expression(two))
    }

    /// Whether both may stand in the table although they are decided differently.
    fn stands_beside(&self, other: &Self) -> bool {
        // Each server has a fallback of its own, which no document describes.
        self.is_told_apart_from(other)
            || (self.is_fallback() && other.is_fallback() && self.is_on_other_servers(other))
    }

    /// Whether it answers what the other does not: that one is behind a guard, or each is there under a condition.
    /// Where a guard is never asked because what always answers comes before it, discovery has left the condition out.
    fn is_alternative_to(&self, other: &Self) -> bool {
        let (one, two) = (&self.endpoint.route, &other.endpoint.route);
        let are_conditional = !one.conditions.is_empty() && !two.conditions.is_empty();
        are_conditional || self.is_guarded() || other.is_guarded()
    }

    fn is_guarded(&self) -> bool {
        self.endpoint.route.is_behind_a_guard()
    }

    /// Takes in another registration that is decided alike. What is always there stands for what is not.
    fn take_in(&mut self, mut other: Self) {
        if !self.conditions.is_empty() && other.conditions.is_empty() {
            std::mem::swap(self, &mut other);
        }
        if self.conditions.is_empty() && !other.servers.iter().all(|server| self.servers.contains(server)) {
            self.conditions = other.conditions;
        }
        self.servers.extend(&other.servers);
        self.servers.sort_unstable();
        self.servers.dedup();
    }

    /// Whether it answers what no route does.
    fn is_fallback(&self) -> bool {
        let path = &self.endpoint.route.path_as_written;
        path.ends_with("/{*fallback}") || path.ends_with("/{*method_not_allowed}")
    }
}

/// Keeps one endpoint of each method and path, parameter names aside, and reports the clashes.
///
/// The same registration found on two ways (one router served by two binaries, say) is one endpoint. Registrations
/// under conditions that decide alike are taken as alternatives of each other, and so is one behind a guard of any other.
pub(super) fn merge<'e>(decided: Vec<Decided<'e>>, policy: &Policy, sink: &mut Sink) -> Vec<Decided<'e>> {
    let mut by_path: BTreeMap<(&str, String), Vec<Decided<'e>>> = BTreeMap::new();
    for found in decided {
        let route = &found.endpoint.route;
        by_path.entry((route.method.as_str(), nameless(&route.path))).or_default().push(found);
    }
    let mut kept: Vec<Decided<'e>> = Vec::new();
    for group in by_path.into_values() {
        let mut of_path: Vec<Decided<'e>> = Vec::new();
        for other in group {
            let is_own =
                |first: &&mut Decided<'e>| !(first.stands_beside(&other) && first.differs_from(&other));
            let Some(first) = of_path.iter_mut().find(is_own) else {
                of_path.push(other);
                continue;
            };
            if !first.is_apart_from(&other) || first.differs_from(&other) {
                compare(first, &other, policy, sink);
            }
            if first.differs_from(&other) {
                first.servers.extend(&other.servers);
                first.servers.sort_unstable();
                first.servers.dedup();
            } else {
                first.take_in(other);
            }
        }
        kept.extend(of_path);
    }
    report_alike(&kept, policy, sink);
    kept
}

fn compare(first: &Decided<'_>, other: &Decided<'_>, policy: &Policy, sink: &mut Sink) {
    let (one, two) = (&first.endpoint.route, &other.endpoint.route);
    let same_registration = one.registered == two.registered && one.handler == two.handler;
    if first.differs_from(other) && one.path != two.path {
        sink.push(ambiguous(first, other, policy));
    } else if first.differs_from(other) || !(same_registration || first.is_alternative_to(other)) {
        sink.push(duplicate(first, other, policy));
    }
}

/// Paths that clients, proxies and readers take for one. Each method of one is held against the same method of the other;
/// what answers every method stands for those that have no handler of their own.
fn report_alike(kept: &[Decided<'_>], policy: &Policy, sink: &mut Sink) {
    let mut by_shape: BTreeMap<String, BTreeMap<String, ByMethod<'_>>> = BTreeMap::new();
    for found in kept {
        let route = &found.endpoint.route;
        let paths = by_shape.entry(without_spare_slashes(&route.path.shape())).or_default();
        paths.entry(nameless(&route.path)).or_default().insert(route.method.as_str(), found);
    }
    for paths in by_shape.into_values() {
        let mut paths = paths.into_values();
        let Some(first) = paths.next() else { continue };
        for other in paths {
            for (one, two) in same_methods(&first, &other) {
                // What is told apart in other ways is no pair.
                if one.differs_from(two) && !one.is_apart_from(two) {
                    sink.push(ambiguous(one, two, policy));
                }
            }
        }
    }
}

/// The endpoints of one path.
type ByMethod<'d> = BTreeMap<&'static str, &'d Decided<'d>>;

/// What answers the same method at two paths, each pair once.
fn same_methods<'d>(one: &ByMethod<'d>, other: &ByMethod<'d>) -> Vec<(&'d Decided<'d>, &'d Decided<'d>)> {
    let answering = |path: &ByMethod<'d>, method: &str| {
        path.get(method).or_else(|| path.get(Method::Any.as_str())).copied()
    };
    let methods: BTreeSet<&str> = one.keys().chain(other.keys()).copied().collect();
    methods
        .into_iter()
        .filter_map(|method| Some((answering(one, method)?, answering(other, method)?)))
        .collect()
}

/// The path without doubled slashes and the one at its end: nginx merges the first, many clients and proxies add or drop
/// the second.
fn without_spare_slashes(path: &str) -> String {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .fold(String::new(), |text, segment| text + "/" + segment)
}

fn duplicate(first: &Decided<'_>, other: &Decided<'_>, policy: &Policy) -> Diagnostic {
    let title = other.endpoint.title();
    let diagnostic = Diagnostic::new(
        Code::DuplicateRoute,
        format!("`{title}` is registered twice"),
        other.endpoint.route.registered.clone(),
        "registered again here",
    )
    .also(
        first.endpoint.route.registered.clone(),
        format!("first registered here, as `{}`", first.endpoint.title()),
    );
    if first.differs_from(other) {
        diagnostic
            .also(other.place.span().clone(), format!("requires {}", in_words(&other.ruling, policy)))
            .also(first.place.span().clone(), format!("requires {}", in_words(&first.ruling, policy)))
            .help(if first.is_apart_from(other) {
                "two servers of one policy answer it: make both require the same, or give one of them another path"
            } else if first.is_guarded() || other.is_guarded() {
                "a guard says which of the two answers, and a policy says of a method and path what it requires, whatever \
                 a guard reads: make both require the same, or give what stands behind the guard a path of its own"
            } else {
                "remove one of the registrations, or make both require the same"
            })
    } else {
        diagnostic.help("remove one of the registrations: only one of the two handlers can answer")
    }
}

fn ambiguous(first: &Decided<'_>, other: &Decided<'_>, policy: &Policy) -> Diagnostic {
    let difference = difference(&first.endpoint.route.path, &other.endpoint.route.path);
    Diagnostic::new(
        Code::AmbiguousRoutes,
        format!(
            "`{}` and `{}` differ only in {difference} and require different things",
            first.endpoint.title(),
            other.endpoint.title()
        ),
        other.endpoint.route.registered.clone(),
        format!("requires {}", in_words(&other.ruling, policy)),
    )
    .also(first.endpoint.route.registered.clone(), format!("requires {}", in_words(&first.ruling, policy)))
    .help("make both require the same, or give one of them another path")
}

/// In what two paths differ that are one to a client.
fn difference(one: &RoutePattern, other: &RoutePattern) -> String {
    let ends_in_slash = |path: &RoutePattern| path.segments().len() > 1 && ends_empty(path);
    let inner_slashes = |path: &RoutePattern| {
        let empty = path.segments().iter().filter(|segment| is_empty(segment)).count();
        empty - usize::from(ends_empty(path))
    };
    let differences = [
        (ends_in_slash(one) != ends_in_slash(other), "a slash at the end"),
        (inner_slashes(one) != inner_slashes(other), "a doubled slash"),
        (without_spare_slashes(&nameless(one)) != without_spare_slashes(&nameless(other)), "letter case"),
    ];
    let differences: Vec<&str> =
        differences.into_iter().filter_map(|(differs, what)| differs.then_some(what)).collect();
    if differences.is_empty() { "a parameter's name".to_owned() } else { differences.join(" and ") }
}

fn ends_empty(path: &RoutePattern) -> bool {
    path.segments().last().is_some_and(is_empty)
}

fn is_empty(segment: &Segment) -> bool {
    matches!(segment, Segment::Literal(text) if text.is_empty())
}

pub(super) fn in_words(ruling: &Ruling, policy: &Policy) -> String {
    let mut words: Vec<String> = ruling
        .by_mode
        .iter()
        .map(|(mode, decision)| {
            format!("{} (by `{}`)", requirement(decision, policy), policy.mode(*mode).name)
        })
        .collect();
    if words.is_empty() || ruling.otherwise != Decision::Refused {
        words.push(requirement(&ruling.otherwise, policy));
    }
    words.join("; ")
}
