//! Endpoints that are one to a client: registered twice, or equal but for a parameter's name or letter case.

use super::endpoints::{Endpoint, nameless, same_path};
use super::ruling::Ruling;
use super::words::requirement;
use scopewright_model::{Code, DecidedBy, Decision, Diagnostic, Policy, Sink};
use std::collections::BTreeMap;

/// A decided endpoint.
pub(super) struct Decided<'e> {
    pub(super) endpoint: &'e Endpoint<'e>,
    pub(super) ruling: Ruling,
    pub(super) place: DecidedBy,
    /// The servers it is on.
    pub(super) servers: Vec<usize>,
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

    /// Whether it answers what no route does.
    fn is_fallback(&self) -> bool {
        let path = &self.endpoint.route.path_as_written;
        path.ends_with("/{*fallback}") || path.ends_with("/{*method_not_allowed}")
    }
}

/// Keeps one endpoint of each method and path, parameter names aside, and reports the clashes.
///
/// The same registration found on two ways (one router served by two binaries, say) is one endpoint. Registrations
/// under conditions that decide alike are taken as alternatives of each other.
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
            first.servers.extend(&other.servers);
            first.servers.sort_unstable();
            first.servers.dedup();
        }
        kept.extend(of_path);
    }
    report_letter_case(&kept, policy, sink);
    kept
}

fn compare(first: &Decided<'_>, other: &Decided<'_>, policy: &Policy, sink: &mut Sink) {
    let (one, two) = (&first.endpoint.route, &other.endpoint.route);
    let same_registration = one.registered == two.registered && one.handler == two.handler;
    let are_alternatives = !one.conditions.is_empty() && !two.conditions.is_empty();
    if first.differs_from(other) && one.path != two.path {
        sink.push(ambiguous(first, other, policy));
    } else if first.differs_from(other) || !(same_registration || are_alternatives) {
        sink.push(duplicate(first, other, policy));
    }
}

fn report_letter_case(kept: &[Decided<'_>], policy: &Policy, sink: &mut Sink) {
    let mut by_shape: BTreeMap<(&str, String), Vec<&Decided<'_>>> = BTreeMap::new();
    for found in kept {
        let route = &found.endpoint.route;
        by_shape.entry((route.method.as_str(), route.path.shape())).or_default().push(found);
    }
    for group in by_shape.into_values() {
        if let Some((first, rest)) = group.split_first() {
            // Other spellings of one path: what is told apart in other ways is none.
            for other in rest.iter().filter(|other| first.differs_from(other) && !first.is_apart_from(other))
            {
                sink.push(ambiguous(first, other, policy));
            }
        }
    }
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
            } else {
                "remove one of the registrations, or make both require the same"
            })
    } else {
        diagnostic.help("remove one of the registrations: only one of the two handlers can answer")
    }
}

fn ambiguous(first: &Decided<'_>, other: &Decided<'_>, policy: &Policy) -> Diagnostic {
    let difference = if same_path(&first.endpoint.route.path, &other.endpoint.route.path) {
        "a parameter's name"
    } else {
        "letter case"
    };
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

fn in_words(ruling: &Ruling, policy: &Policy) -> String {
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
