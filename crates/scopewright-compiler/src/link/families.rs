//! What `[[families]]` say about each endpoint, and where they say it wrongly.

use super::endpoints::Endpoint;
use super::names::{Found, Names, listed};
use super::ruling::{resolve_rule, scoped};
use super::strictness::keeps_to;
use super::words::{and_more, requirement};
use crate::nearest::nearest;
use scopewright_model::core::{Method, ModeIndex, ScopeIndex};
use scopewright_model::policy::{Family, FamilyMode, FamilyOrder, OtherModes};
use scopewright_model::{
    Code, Decision, DeclaredRule, Diagnostic, Policy, Route, RouteMatcher, ScopeName, Sink, Span,
};
use std::collections::BTreeMap;

/// What one family says about one endpoint, its captures filled in.
pub(super) struct FamilyRuling<'p> {
    pub(super) family: &'p Family,
    pub(super) decision: Decision,
    /// Whom it is about here.
    pub(super) about: About,
    /// Whom it refuses here, because its `via` does not name them.
    pub(super) refuses: About,
}

/// Callers at one endpoint: modes, and those without a credential.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) modes: Vec<ModeIndex>,
    /// Whether also callers without a credential, and so what holds for every other mode.
    pub(super) otherwise: bool,
}

impl About {
    /// Whom a family is about, and whom it refuses because it does not name them.
    fn of(family: &Family, policy: &Policy) -> (Self, Self) {
        let all = Self { modes: policy.modes_indexed().map(|(mode, _)| mode).collect(), otherwise: true };
        if family.via.is_empty() {
            return (all, Self::default());
        }
        let mut named = Self { modes: family.via.clone(), otherwise: false };
        if family.other_modes == OtherModes::Elsewhere {
            return (named, Self::default());
        }
        // A mode that upgrades a named one has that one's decision; it is not refused.
        let upgrades = policy.modes_indexed().filter(|(mode, declared)| {
            !family.via.contains(mode) && declared.upgrades.is_some_and(|base| family.via.contains(&base))
        });
        named.modes.extend(upgrades.map(|(mode, _)| mode));
        let others = all.without(&named);
        (named, others)
    }

    /// What is left of it where others have spoken.
    fn without(mut self, spoken: &Self) -> Self {
        self.modes.retain(|mode| !spoken.modes.contains(mode));
        self.otherwise &= !spoken.otherwise;
        self
    }

    fn add(&mut self, more: &Self) {
        self.modes.extend(&more.modes);
        self.otherwise |= more.otherwise;
    }

    fn is_nothing(&self) -> bool {
        self.modes.is_empty() && !self.otherwise
    }

    /// Each of them; no mode is a caller without a credential, who comes first.
    pub(super) fn callers(&self) -> impl Iterator<Item = Option<ModeIndex>> {
        self.otherwise.then_some(None).into_iter().chain(self.modes.iter().copied().map(Some))
    }

    /// Those who are in both.
    fn shared(&self, other: &Self) -> impl Iterator<Item = Option<ModeIndex>> {
        self.callers().filter(|caller| other.callers().any(|it| it == *caller))
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.shared(other).next().is_some()
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
        let mut spoken: Vec<About> = endpoints.iter().map(|_| About::default()).collect();
        for family in &names.policy.families {
            let mut matched = false;
            let mut covered = None;
            let mut unfilled = Unfilled::new();
            let (claimed, others) = About::of(family, names.policy);
            for ((endpoint, rulings), spoken) in endpoints.iter().zip(&mut by_endpoint).zip(&mut spoken) {
                let Some(captures) = captures(family, endpoint) else { continue };
                let (mut about, mut refuses) = (claimed.clone(), others.clone());
                if first_match {
                    (about, refuses) = (about.without(spoken), refuses.without(spoken));
                    if about.is_nothing() {
                        let is_refused = rulings.sound.iter().any(|it| it.refuses.overlaps(&claimed));
                        covered = covered.or(Some((endpoint, is_refused)));
                    }
                    if about.is_nothing() && refuses.is_nothing() {
                        continue;
                    }
                    spoken.add(&about);
                    spoken.add(&refuses);
                }
                // What only refuses here has a rule that says nothing here.
                matched |= !about.is_nothing();
                let decision = match &family.rule {
                    DeclaredRule::Scoped(any_of) => scoped(any_of, |name| {
                        filled_scope(name, &captures, endpoint, names, &mut unfilled, sink)
                    }),
                    rule => resolve_rule(rule, names, sink),
                };
                match decision {
                    Some(decision) => rulings.sound.push(FamilyRuling { family, decision, about, refuses }),
                    None => rulings.assigns_wrongly |= family.mode == FamilyMode::Assign,
                }
            }
            for ((place, filled), endpoints) in &unfilled {
                sink.push(unfilled_capture(names, place, filled, endpoints));
            }
            if !matched && whole {
                sink.push(match covered {
                    Some((endpoint, is_refused)) => all_covered(family, endpoint, is_refused),
                    None => unmatched(family, endpoints),
                });
            }
        }
        for (endpoint, rulings) in endpoints.iter().zip(&mut by_endpoint) {
            rulings.in_conflict = !clashes(endpoint, &rulings.sound, names.policy).is_empty();
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
        let mut found: BTreeMap<(&Span, &Span), Vec<(&Endpoint<'_>, Clash<'_, '_>)>> = BTreeMap::new();
        for (endpoint, rulings) in endpoints.iter().zip(&self.0) {
            for clash in clashes(endpoint, &rulings.sound, names.policy) {
                let places = (&clash.second.family.matcher.span, &clash.first.family.matcher.span);
                found.entry(places).or_default().push((endpoint, clash));
            }
        }
        for cases in found.into_values() {
            if let Some((endpoint, clash)) = cases.first() {
                sink.push(clash.finding(endpoint, cases.len(), names.policy));
            }
        }
    }
}

/// Names that a family's captures filled in to no scope: where the name stands and what it became -> for which endpoints.
type Unfilled<'e> = BTreeMap<(Span, String), Vec<&'e Endpoint<'e>>>;

/// Two families that don't go together at one endpoint.
struct Clash<'f, 'p> {
    first: &'f FamilyRuling<'p>,
    second: &'f FamilyRuling<'p>,
    /// The one that refuses modes the other opens, if that is all that is wrong.
    refusing: Option<&'f FamilyRuling<'p>>,
}

impl Clash<'_, '_> {
    fn finding(&self, endpoint: &Endpoint<'_>, count: usize, policy: &Policy) -> Diagnostic {
        let Self { first, second, refusing } = self;
        let wants = |ruling: &FamilyRuling<'_>| {
            let asked = requirement(&ruling.decision, policy);
            if refusing.is_none() {
                return format!("this one asks for {asked}");
            }
            let others = if ruling.refuses.is_nothing() { "" } else { ", and refuses the other modes" };
            format!("this one asks {} for {asked}{others}", named_modes(ruling.family, policy))
        };
        let title = endpoint.title();
        let shared = and_more(&title, count);
        let message = match refusing {
            None => format!("two families want different things of {shared}"),
            Some(_) => format!(
                "two families decide different modes of {shared}, and nothing says that this is meant"
            ),
        };
        let finding = Diagnostic::new(
            Code::ConflictingFamilies,
            message,
            second.family.matcher.span.clone(),
            wants(second),
        )
        .also(first.family.matcher.span.clone(), wants(first))
        .also(endpoint.route.registered.clone(), "an endpoint of both");
        let finding = match refusing {
            None => finding,
            Some(refusing) => finding.help(format!(
                "if it is meant, say in the family `{}` that others decide the modes it does not name: \
                 `other_modes = \"elsewhere\"`",
                refusing.family.matcher.value
            )),
        };
        let alternative = if refusing.is_some() { "or leave" } else { "leave" };
        finding.help(format!("{alternative} it to one of them: `except = [\"{title}\"]` in the other"))
    }
}

/// The modes of a family's `via`, as they read after "asks".
pub(super) fn named_modes(family: &Family, policy: &Policy) -> String {
    match family.via.as_slice() {
        [] => "every caller".to_owned(),
        modes => listed(modes.iter().map(|mode| policy.mode(*mode).name.as_str())),
    }
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

/// The pairs that don't go together at one endpoint, in the order of the file.
fn clashes<'f, 'p>(
    endpoint: &Endpoint<'_>,
    rulings: &'f [FamilyRuling<'p>],
    policy: &Policy,
) -> Vec<Clash<'f, 'p>> {
    let mut pairs = Vec::new();
    for (at, second) in rulings.iter().enumerate() {
        for first in rulings.iter().take(at) {
            // Where something decides by name, no two families decide together.
            let refusing = || match (refuses_what_opens(first, second), refuses_what_opens(second, first)) {
                _ if endpoint.is_decided_by_name() => None,
                (true, _) => Some(first),
                (false, true) => Some(second),
                (false, false) => None,
            };
            if want_different_things(first, second, policy) {
                pairs.push(Clash { first, second, refusing: None });
            } else if let Some(refusing) = refusing() {
                pairs.push(Clash { first, second, refusing: Some(refusing) });
            }
        }
    }
    pairs
}

/// Whether two families want different things of one caller. One that assigns may ask for more than one that checks.
fn want_different_things(first: &FamilyRuling<'_>, second: &FamilyRuling<'_>, policy: &Policy) -> bool {
    let (decided, floor) = match (first.family.mode, second.family.mode) {
        (FamilyMode::Assign, FamilyMode::Check) => (first, second),
        (FamilyMode::Check, FamilyMode::Assign) => (second, first),
        _ => return first.decision != second.decision && first.about.overlaps(&second.about),
    };
    decided
        .about
        .shared(&floor.about)
        .any(|caller| !keeps_to(&decided.decision, &floor.decision, caller, policy))
}

/// Whether a family refuses, by not naming it, a mode that another one opens, and neither says that this is meant.
fn refuses_what_opens(refusing: &FamilyRuling<'_>, opening: &FamilyRuling<'_>) -> bool {
    let is_meant =
        refusing.family.mode == FamilyMode::Assign && opening.family.other_modes == OtherModes::Elsewhere;
    opening.family.mode == FamilyMode::Assign
        && opening.decision != Decision::Refused
        && !is_meant
        && refusing.refuses.overlaps(&opening.about)
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
    let excepted = family.except.iter().any(|except| matched(&except.value, route).is_some());
    if excepted { None } else { matched(matcher, route) }
}

/// What a matcher captures of a route. What is said of `GET` is said of `HEAD`, which tells of the same thing (RFC 9110
/// section 9.3.2); what is said of `HEAD` alone is not said of `GET`.
fn matched(matcher: &RouteMatcher, route: &Route) -> Option<BTreeMap<String, String>> {
    let as_get =
        || (route.method == Method::Head).then(|| matcher.captures(Method::Get, &route.path)).flatten();
    matcher.captures(route.method, &route.path).or_else(as_get)
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
fn all_covered(family: &Family, endpoint: &Endpoint<'_>, is_refused: bool) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::UnmatchedFamily,
        format!("every endpoint of the family `{}` belongs to an earlier family", family.matcher.value),
        family.matcher.span.clone(),
        "says nothing about any endpoint",
    )
    .also(endpoint.route.registered.clone(), "one that an earlier family is about")
    .help("of several families that match, the first in the file counts: move this one up, or remove it");
    if !is_refused {
        return finding;
    }
    finding.help(
        "or let the earlier one leave the modes it does not name to others: `other_modes = \"elsewhere\"`",
    )
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
