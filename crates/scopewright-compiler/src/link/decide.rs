//! Which of the places that speak about an endpoint decides it, and which of them disagree.

use super::endpoints::Endpoint;
use super::families::{FamilyRuling, FamilyRulings};
use super::names::{Names, listed, spelled};
use super::ruling::{Ruling, resolve_rules};
use super::words::requirement;
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{AuthMode, FamilyMode};
use scopewright_model::{
    Annotation, Code, DecidedBy, Decision, DeclaredRule, Diagnostic, Policy, RouteOrigin, ScopeName, Sink,
};
use std::collections::BTreeMap;

/// What is known about an endpoint's decision.
pub(super) enum Outcome {
    /// One place decides.
    Decided(Ruling, DecidedBy),
    /// A place speaks, and what it says is wrong; that is reported.
    Wrong,
    /// Nobody speaks.
    Undecided,
}

/// A place that speaks about an endpoint.
struct Voice {
    ruling: Option<Ruling>,
    decided_by: DecidedBy,
}

/// Decides one endpoint.
pub(super) fn decide(
    endpoint: &Endpoint<'_>,
    families: &FamilyRulings<'_>,
    names: &Names<'_>,
    sink: &mut Sink,
) -> Outcome {
    let mut voices = voices(endpoint, names, sink);
    for (first, second) in voices.iter().zip(voices.iter().skip(1)) {
        sink.push(decided_twice(endpoint, &first.decided_by, &second.decided_by));
    }
    if voices.is_empty() {
        return assigned(families, names.policy);
    }
    let Voice { ruling, decided_by } = voices.swap_remove(0);
    let Some(ruling) = ruling else { return Outcome::Wrong };
    // Of families that contradict each other, which is reported, nobody can tell which one is right.
    for family in families.sound.iter().filter(|_| !families.in_conflict) {
        if !agrees(&ruling, family) {
            sink.push(disagreement(endpoint, &ruling, &decided_by, family, names));
        }
    }
    Outcome::Decided(ruling, decided_by)
}

/// The places that decide an endpoint by name: its annotation and the `[[routes]]` entries about it.
fn voices(endpoint: &Endpoint<'_>, names: &Names<'_>, sink: &mut Sink) -> Vec<Voice> {
    let mut voices = Vec::new();
    if let Some(annotation) =
        endpoint.route.annotation.as_ref().filter(|annotation| !annotation.rules.is_empty())
    {
        let decided_by = match endpoint.route.annotation_origin {
            RouteOrigin::Handler => DecidedBy::Attribute(annotation.span.clone()),
            RouteOrigin::Registration => DecidedBy::Registration(annotation.span.clone()),
            RouteOrigin::Source => DecidedBy::Source(annotation.span.clone()),
            RouteOrigin::Resource => DecidedBy::Resource(annotation.span.clone()),
        };
        let stated = all_modes_stated(endpoint, annotation, names, sink);
        let ruling = resolve_rules(&annotation.rules, names, sink).filter(|_| stated);
        voices.push(Voice { ruling, decided_by });
    }
    for entry in &endpoint.entries {
        voices.push(Voice {
            ruling: resolve_rules(&entry.rules, names, sink),
            decided_by: DecidedBy::Route(entry.matcher.span.clone()),
        });
    }
    voices
}

/// Whether a document says of every mode what it must bring. In source code a mode that is not named may never call; a
/// document that leaves one out says nothing about it, which is reported.
fn all_modes_stated(
    endpoint: &Endpoint<'_>,
    annotation: &Annotation,
    names: &Names<'_>,
    sink: &mut Sink,
) -> bool {
    let states_all = annotation.rules.iter().any(|rule| rule.via.is_none());
    if endpoint.route.annotation_origin != RouteOrigin::Source || states_all {
        return true;
    }
    let is_named = |mode: &AuthMode| {
        annotation.rules.iter().any(|rule| rule.via.as_ref().is_some_and(|via| via.value == mode.name))
    };
    // What is said of a mode is said of those that upgrade it.
    let is_stated = |mode: &AuthMode| {
        is_named(mode) || mode.upgrades.is_some_and(|base| is_named(names.policy.mode(base)))
    };
    let missing = names.policy.modes.iter().filter(|mode| mode.alone && !is_stated(mode));
    let missing: Vec<&str> = missing.map(|mode| mode.name.as_str()).collect();
    if missing.is_empty() {
        return true;
    }
    let missing = listed(missing.into_iter());
    sink.push(
        Diagnostic::new(
            Code::UndecidedEndpoint,
            format!("`{}` has no decision for {missing}", endpoint.title()),
            annotation.span.clone(),
            format!("says nothing about {missing}"),
        )
        .help("write `[[\"scope\"]]`, `[[]]` for any valid credential, or `[]` if the mode may never call"),
    );
    false
}

/// The decision of the families that assign one, for an endpoint that nothing else decides.
fn assigned(families: &FamilyRulings<'_>, policy: &Policy) -> Outcome {
    if families.assigns_wrongly {
        return Outcome::Wrong;
    }
    let mut assigning =
        families.sound.iter().filter(|ruling| ruling.family.mode == FamilyMode::Assign).peekable();
    let Some(first) = assigning.peek() else { return Outcome::Undecided };
    let decided_by = DecidedBy::Family(first.family.matcher.span.clone());
    let mut by_mode: BTreeMap<ModeIndex, Decision> = BTreeMap::new();
    let mut otherwise = None;
    // Two that want different things of one mode are reported as conflicting families; the first of them stands here.
    for FamilyRuling { decision, about, .. } in assigning {
        for mode in &about.modes {
            by_mode.entry(*mode).or_insert_with(|| decision.clone());
        }
        if about.otherwise {
            otherwise.get_or_insert_with(|| decision.clone());
        }
    }
    Outcome::Decided(Ruling::of(by_mode, otherwise, policy), decided_by)
}

/// Whether a ruling keeps to what a family asks, in every mode the family is about.
fn agrees(ruling: &Ruling, family: &FamilyRuling<'_>) -> bool {
    broken_for(ruling, family).is_none()
}

/// The first decision of a ruling that does not keep to a family, and the mode it is for.
fn broken_for<'r>(
    ruling: &'r Ruling,
    FamilyRuling { decision, about, .. }: &FamilyRuling<'_>,
) -> Option<(Option<ModeIndex>, &'r Decision)> {
    let of_modes = about.modes.iter().map(|mode| (Some(*mode), ruling.for_mode(*mode)));
    let of_others = about.otherwise.then_some((None, &ruling.otherwise));
    of_others.into_iter().chain(of_modes).find(|(_, own)| !keeps_to(own, decision))
}

/// Whether a decision asks for at least what a family's does. A family is a floor: a handler may ask for more scopes
/// than it names, and a mode that may never call is as strict as it gets. Implications do not count: a family says what
/// stands in the source.
fn keeps_to(decision: &Decision, family: &Decision) -> bool {
    match (decision, family) {
        (Decision::Deferred { .. }, _)
        | (
            Decision::Refused,
            Decision::Scoped(_) | Decision::Authenticated | Decision::Refused | Decision::Deferred { .. },
        )
        | (Decision::Scoped(_), Decision::Authenticated) => true,
        (Decision::Scoped(own), Decision::Scoped(asked)) => own
            .iter()
            .all(|all_of| asked.iter().any(|needed| needed.iter().all(|scope| all_of.contains(scope)))),
        (decision, family) => decision == family,
    }
}

fn decided_twice(endpoint: &Endpoint<'_>, first: &DecidedBy, second: &DecidedBy) -> Diagnostic {
    Diagnostic::new(
        Code::DecidedTwice,
        format!("`{}` is decided in two places", endpoint.title()),
        second.span().clone(),
        format!("decided {}", place_name(second)),
    )
    .also(first.span().clone(), format!("and {}", place_name(first)))
    .help("keep one of the two; an endpoint has one decision, in one place")
}

const fn place_name(decided_by: &DecidedBy) -> &'static str {
    match decided_by {
        DecidedBy::Attribute(_) => "by the attribute on its handler",
        DecidedBy::Registration(_) => "where it is registered",
        DecidedBy::Route(_) => "by this `[[routes]]` entry",
        DecidedBy::Family(_) => "by this family",
        DecidedBy::Source(_) => "by the document that describes it",
        DecidedBy::Resource(_) => "by `[resource]`",
        DecidedBy::McpResource(_) => "by this `[[mcp.resources]]` entry",
    }
}

/// A family that checks is contradicted, or one that assigns is overruled with something weaker.
fn disagreement(
    endpoint: &Endpoint<'_>,
    ruling: &Ruling,
    decided_by: &DecidedBy,
    family_ruling: &FamilyRuling<'_>,
    names: &Names<'_>,
) -> Diagnostic {
    let FamilyRuling { family, decision: asked, .. } = family_ruling;
    let (mode, own) = broken_for(ruling, family_ruling).unwrap_or((None, &ruling.otherwise));
    let title = endpoint.title();
    let asked_words = requirement(asked, names.policy);
    let via = mode.filter(|_| !family.via.is_empty());
    let via = via.map_or_else(String::new, |mode| format!(" (by `{}`)", names.policy.mode(mode).name));
    let code = match family.mode {
        FamilyMode::Check => Code::FamilyMismatch,
        FamilyMode::Assign => Code::DecidedTwice,
    };
    let mut diagnostic = Diagnostic::new(
        code,
        format!(
            "`{title}`{via} requires {}, and its family asks for {asked_words}",
            requirement(own, names.policy)
        ),
        decided_by.span().clone(),
        format!("decided {}", place_name(decided_by)),
    )
    .also(family.matcher.span.clone(), format!("this family asks for {asked_words}"));
    let annotation = endpoint.route.annotation.as_ref();
    if let (Some(name), Decision::Scoped(any_of)) = (annotation.and_then(only_scope), asked)
        && let [all_of] = any_of.as_slice()
        && let [scope] = all_of.as_slice()
    {
        let scope = names.policy.scope(*scope);
        let wanted = match name.spelling {
            scopewright_model::ScopeSpelling::Literal => &scope.name,
            scopewright_model::ScopeSpelling::Variant => &scope.variant,
        };
        diagnostic = diagnostic
            .help(format!("require what the family asks for: `{wanted}`"))
            .suggest(name.span.clone(), spelled(wanted, name.spelling));
    } else {
        diagnostic = diagnostic.help(format!("require what the family asks for: {asked_words}"));
    }
    diagnostic.help(format!("an exception is left out of the family: `except = [\"{title}\"]`"))
}

/// The scope of an annotation that names exactly one.
fn only_scope(annotation: &Annotation) -> Option<&ScopeName> {
    let [rule] = annotation.rules.as_slice() else { return None };
    let DeclaredRule::Scoped(any_of) = &rule.rule else { return None };
    let [all_of] = any_of.as_slice() else { return None };
    let [name] = all_of.as_slice() else { return None };
    Some(name)
}
