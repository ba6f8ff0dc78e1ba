//! What `[[families]]` say about each endpoint, and where they say it wrongly.

use super::endpoints::Endpoint;
use super::names::{Found, Names, listed};
use super::ruling::{resolve_rule, scoped};
use super::words::{and_more, requirement};
use crate::nearest::nearest;
use scopewright_model::core::{Method, ModeIndex, ScopeIndex};
use scopewright_model::policy::{Family, FamilyMode, FamilyOrder};
use scopewright_model::{Code, Decision, DeclaredRule, Diagnostic, Policy, ScopeName, Sink, Span};
use std::collections::BTreeMap;

/// What one family says about one endpoint, its captures filled in.
pub(super) struct FamilyRuling<'p> {
    pub(super) family: &'p Family,
    pub(super) decision: Decision,
    /// What it is about here.
    pub(super) about: About,
}

/// The modes a family speaks about at one endpoint. With `[order] families = "first-match"` an earlier family may have
/// spoken about some of those that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    pub(super) modes: Vec<ModeIndex>,
    /// Whether also about callers without a credential, and so about what holds for every other mode.
    pub(super) otherwise: bool,
}

impl About {
    /// What a family names.
    fn named_by(family: &Family, policy: &Policy) -> Self {
        match family.via.as_slice() {
            [] => Self { modes: policy.modes_indexed().map(|(mode, _)| mode).collect(), otherwise: true },
            modes => Self { modes: modes.to_vec(), otherwise: false },
        }
    }

    /// What is left of it where others have spoken.
    fn without(mut self, spoken: &Self) -> Self {
        self.modes.retain(|mode| !spoken.modes.contains(mode));
        self.otherwise &= !spoken.otherwise;
        self
    }

    fn is_nothing(&self) -> bool {
        self.modes.is_empty() && !self.otherwise
    }

    fn overlaps(&self, other: &Self) -> bool {
        (self.otherwise && other.otherwise) || self.modes.iter().any(|mode| other.modes.contains(mode))
    }
}

/// What the families say about one endpoint.
#[derive(Default)]
pub(super) struct FamilyRulings<'p> {
    /// In the order of the file.
    pub(super) sound: Vec<FamilyRuling<'p>>,
    /// Whether a family that assigns says something wrong, which is then reported.
    pub(super) assigns_wrongly: bool,
    /// Whether two of them want different things, which is then reported.
    pub(super) in_conflict: bool,
}

/// What all families say about all endpoints, one entry for each endpoint.
pub(super) struct Families<'p>(Vec<FamilyRulings<'p>>);

impl<'p> Families<'p> {
    /// Applies every family to every endpoint. Reports families that match nothing (if the table is `whole`), captures
    /// that fill in to no scope, and families that disagree.
    pub(super) fn apply(
        names: &Names<'p>,
        endpoints: &'p [Endpoint<'p>],
        whole: bool,
        sink: &mut Sink,
    ) -> Self {
        let mut by_endpoint: Vec<FamilyRulings<'p>> =
            endpoints.iter().map(|_| FamilyRulings::default()).collect();
        let first_match = names.policy.family_order == FamilyOrder::FirstMatch;
        let mut spoken: Vec<About> =
            endpoints.iter().map(|_| About { modes: Vec::new(), otherwise: false }).collect();
        for family in &names.policy.families {
            let mut matched = false;
            let mut covered = None;
            let mut unfilled = Unfilled::new();
            let spoken_of = About::named_by(family, names.policy);
            for ((endpoint, rulings), spoken) in endpoints.iter().zip(&mut by_endpoint).zip(&mut spoken) {
                let Some(captures) = captures(family, endpoint) else { continue };
                let mut about = spoken_of.clone();
                if first_match {
                    about = about.without(spoken);
                    if about.is_nothing() {
                        covered = covered.or(Some(endpoint));
                        continue;
                    }
                    spoken.modes.extend(&about.modes);
                    spoken.otherwise |= about.otherwise;
                }
                matched = true;
                let decision = match &family.rule {
                    DeclaredRule::Scoped(any_of) => scoped(any_of, |name| {
                        filled_scope(name, &captures, endpoint, names, &mut unfilled, sink)
                    }),
                    rule => resolve_rule(rule, names, sink),
                };
                match decision {
                    Some(decision) => rulings.sound.push(FamilyRuling { family, decision, about }),
                    None => rulings.assigns_wrongly |= family.mode == FamilyMode::Assign,
                }
            }
            for ((place, filled), endpoints) in &unfilled {
                sink.push(unfilled_capture(names, place, filled, endpoints));
            }
            if !matched && whole {
                sink.push(match covered {
                    Some(endpoint) => all_covered(family, endpoint),
                    None => unmatched(family, endpoints),
                });
            }
        }
        for rulings in &mut by_endpoint {
            rulings.in_conflict = !conflicts(&rulings.sound).is_empty();
        }
        let families = Self(by_endpoint);
        families.report_conflicts(names, endpoints, sink);
        families
    }

    /// What they say about each endpoint, in the order of the endpoints.
    pub(super) fn iter(&self) -> impl Iterator<Item = &FamilyRulings<'p>> {
        self.0.iter()
    }

    fn report_conflicts(&self, names: &Names<'_>, endpoints: &[Endpoint<'_>], sink: &mut Sink) {
        // One finding for two families, however many endpoints they share.
        let mut conflicts: BTreeMap<(&Span, &Span), Vec<Conflict<'_>>> = BTreeMap::new();
        for (endpoint, rulings) in endpoints.iter().zip(&self.0) {
            for (first, second) in self::conflicts(&rulings.sound) {
                let places = (&second.family.matcher.span, &first.family.matcher.span);
                conflicts.entry(places).or_default().push(Conflict { endpoint, first, second });
            }
        }
        for ((place, other), cases) in conflicts {
            let Some(Conflict { endpoint, first, second }) = cases.first() else { continue };
            let wants = |ruling: &FamilyRuling<'_>| {
                format!("this one asks for {}", requirement(&ruling.decision, names.policy))
            };
            sink.push(
                Diagnostic::new(
                    Code::ConflictingFamilies,
                    format!(
                        "two families want different things of {}",
                        and_more(&endpoint.title(), cases.len())
                    ),
                    place.clone(),
                    wants(second),
                )
                .also(other.clone(), wants(first))
                .also(endpoint.route.registered.clone(), "an endpoint of both")
                .help(format!("leave it to one of them: `except = [\"{}\"]` in the other", endpoint.title())),
            );
        }
    }
}

/// Names that a family's captures filled in to no scope: where the name stands and what it became -> for which endpoints.
type Unfilled<'e> = BTreeMap<(Span, String), Vec<&'e Endpoint<'e>>>;

/// Two families that want different things of one endpoint.
struct Conflict<'a> {
    endpoint: &'a Endpoint<'a>,
    first: &'a FamilyRuling<'a>,
    second: &'a FamilyRuling<'a>,
}

/// The scope that a family's name stands for on one endpoint.
fn filled_scope<'e>(
    name: &ScopeName,
    captures: &BTreeMap<String, String>,
    endpoint: &'e Endpoint<'e>,
    names: &Names<'_>,
    unfilled: &mut Unfilled<'e>,
    sink: &mut Sink,
) -> Option<ScopeIndex> {
    let filled = fill(name, captures);
    if filled.text == name.text {
        return names.scope(name, sink);
    }
    let Some(found) = names.find(&filled.text, filled.spelling) else {
        unfilled.entry((name.span.clone(), filled.text)).or_default().push(endpoint);
        return None;
    };
    let index = match found {
        Found::Scope(index) => index,
        Found::Alias(alias) => alias.target,
    };
    names.report_deprecated(index, &name.span, sink);
    names.live(index, &name.span, sink).then_some(index)
}

/// The pairs that want different things of one endpoint, in the order of the file.
fn conflicts<'f, 'p>(rulings: &'f [FamilyRuling<'p>]) -> Vec<(&'f FamilyRuling<'p>, &'f FamilyRuling<'p>)> {
    let mut pairs = Vec::new();
    for (at, second) in rulings.iter().enumerate() {
        for first in rulings.iter().take(at) {
            if first.about.overlaps(&second.about) && first.decision != second.decision {
                pairs.push((first, second));
            }
        }
    }
    pairs
}

/// What the family's captures stand for on an endpoint, or none if the family is not about it.
///
/// A family that *decides* is about an endpoint for every method only if it is about every method itself.
fn captures(family: &Family, endpoint: &Endpoint<'_>) -> Option<BTreeMap<String, String>> {
    let route = &endpoint.route;
    let matcher = &family.matcher.value;
    if route.method == Method::Any && family.mode == FamilyMode::Assign && !matcher.methods().is_empty() {
        return None;
    }
    let excepted =
        family.except.iter().any(|except| except.value.captures(route.method, &route.path).is_some());
    if excepted { None } else { matcher.captures(route.method, &route.path) }
}

/// The name with `{capture}`s replaced.
fn fill(name: &ScopeName, captures: &BTreeMap<String, String>) -> ScopeName {
    let text = captures
        .iter()
        .fold(name.text.clone(), |text, (capture, value)| text.replace(&format!("{{{capture}}}"), value));
    ScopeName { text, spelling: name.spelling, span: name.span.clone() }
}

fn unfilled_capture(
    names: &Names<'_>,
    place: &Span,
    filled: &str,
    endpoints: &[&Endpoint<'_>],
) -> Diagnostic {
    let titles: Vec<String> = endpoints.iter().map(|endpoint| endpoint.title()).collect();
    let first = titles.first().map_or("", String::as_str);
    let mut diagnostic = Diagnostic::new(
        Code::UnknownScope,
        format!("the family asks {} for `{filled}`, which is no scope", and_more(first, titles.len())),
        place.clone(),
        format!("becomes `{filled}`"),
    );
    for endpoint in endpoints.iter().take(3) {
        diagnostic = diagnostic.also(endpoint.route.registered.clone(), format!("`{}`", endpoint.title()));
    }
    let known = names.policy.scopes.iter().map(|scope| scope.name.as_str());
    if let Some(near) = nearest(filled, known) {
        diagnostic = diagnostic.help(format!("the nearest scope is `{near}`"));
    }
    diagnostic
        .help(format!("leave the endpoint out of the family: `except = [\"{first}\"]`"))
        .help(format!("or declare it as `[scopes.\"{filled}\"]` in `{}`", place.file))
}

/// With the first match deciding, every endpoint of this family belongs to earlier ones.
fn all_covered(family: &Family, endpoint: &Endpoint<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::UnmatchedFamily,
        format!("every endpoint of the family `{}` belongs to an earlier family", family.matcher.value),
        family.matcher.span.clone(),
        "says nothing about any endpoint",
    )
    .also(endpoint.route.registered.clone(), "one that an earlier family is about")
    .help("of several families that match, the first in the file counts: move this one up, or remove it")
}

fn unmatched(family: &Family, endpoints: &[Endpoint<'_>]) -> Diagnostic {
    let matcher = family.matcher.value.to_string();
    let titles: Vec<String> = endpoints.iter().map(Endpoint::title).collect();
    let mut titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    titles.sort_by_key(|title| strsim::damerau_levenshtein(title, &matcher));
    titles.truncate(3);
    Diagnostic::new(
        Code::UnmatchedFamily,
        format!("the family `{matcher}` matches no endpoint"),
        family.matcher.span.clone(),
        "says nothing about any endpoint",
    )
    .help("correct the pattern, or remove the family")
    .help(format!("the endpoints nearest to it are {}", listed(titles.into_iter())))
}
