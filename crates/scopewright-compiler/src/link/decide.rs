//! Which of the places that speak about an endpoint decides it, and which of them disagree.

use super::endpoints::Endpoint;
use super::families::{FamilyRuling, FamilyRulings, named_modes};
use super::names::{Names, listed, spelled};
use super::ruling::{Ruling, resolve_rules};
use super::strictness::keeps_to;
use super::words::requirement;
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{AuthMode, Family, FamilyMode, FamilyOrder};
use scopewright_model::{
    Annotation, Code, DecidedBy, Decision, DeclaredRule, Diagnostic, Policy, RouteOrigin, ScopeName, Sink,
};
use std::collections::BTreeMap;

/// What is known about an endpoint's decision.
pub(super) enum Outcome {
    /// One place decides, or several families that are about different modes.
    Decided {
        /// What holds.
        ruling: Ruling,
        /// Where it was written what holds for callers without a credential and for modes that nothing else names.
        decided_by: DecidedBy,
        /// Modes that another place decides.
        apart: BTreeMap<ModeIndex, DecidedBy>,
    },
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
        if let Some(broken) = broken_for(&ruling, family, names.policy) {
            sink.push(disagreement(endpoint, &broken, &decided_by, family, names));
        }
    }
    Outcome::Decided { ruling, decided_by, apart: BTreeMap::new() }
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
    let assigning = || families.sound.iter().filter(|ruling| ruling.family.mode == FamilyMode::Assign);
    let Some(first) = assigning().next() else { return Outcome::Undecided };
    // Two that want different things of one mode are reported as conflicting families; the first of them stands here.
    // What one names comes before what another refuses for not naming it.
    let named =
        assigning().flat_map(|it| it.about.callers().map(move |caller| (caller, &it.decision, it.family)));
    let refused =
        assigning().flat_map(|it| it.refuses.callers().map(move |caller| (caller, &REFUSED, it.family)));
    let mut by_caller: BTreeMap<Option<ModeIndex>, (&Decision, &Family)> = BTreeMap::new();
    for (caller, decision, family) in named.chain(refused) {
        by_caller.entry(caller).or_insert((decision, family));
    }
    let otherwise = by_caller.remove(&None);
    let decided_by = otherwise.map_or(first.family, |(_, family)| family);
    let mut by_mode = BTreeMap::new();
    let mut apart = BTreeMap::new();
    for (mode, (decision, family)) in by_caller.into_iter().filter_map(|(caller, it)| Some((caller?, it))) {
        by_mode.insert(mode, decision.clone());
        if family.span != decided_by.span {
            apart.insert(mode, DecidedBy::Family(family.matcher.span.clone()));
        }
    }
    if otherwise.is_some() {
        // INVARIANT: what holds otherwise is not said of a mode about which only families that check speak here.
        for (mode, _) in policy.modes_indexed() {
            by_mode.entry(mode).or_insert(Decision::Refused);
        }
    }
    let otherwise = otherwise.map(|(decision, _)| decision.clone());
    Outcome::Decided {
        ruling: Ruling::of(by_mode, otherwise, policy),
        decided_by: DecidedBy::Family(decided_by.matcher.span.clone()),
        apart,
    }
}

static REFUSED: Decision = Decision::Refused;

/// Where a ruling does not keep to a family.
struct Broken<'r> {
    /// None is a caller without a credential.
    caller: Option<ModeIndex>,
    own: &'r Decision,
    /// Whether it opens a mode that the family refuses by not naming it.
    is_unnamed: bool,
}

/// The first decision of a ruling that does not keep to a family. A family that assigns refuses modes it does not name
/// where it decides; of what decides by itself it asks that only if it is the first match.
fn broken_for<'r>(ruling: &'r Ruling, family: &FamilyRuling<'_>, policy: &Policy) -> Option<Broken<'r>> {
    let FamilyRuling { family, decision, about, refuses } = family;
    let is_floor = family.mode == FamilyMode::Check || policy.family_order == FamilyOrder::FirstMatch;
    let named = about.callers().map(|caller| (caller, decision, false));
    let unnamed = refuses.callers().filter(|_| is_floor).map(|caller| (caller, &REFUSED, true));
    named.chain(unnamed).find_map(|(caller, asked, is_unnamed)| {
        let own = caller.map_or(&ruling.otherwise, |mode| ruling.for_mode(mode));
        (!keeps_to(own, asked, caller, policy)).then_some(Broken { caller, own, is_unnamed })
    })
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
    broken: &Broken<'_>,
    decided_by: &DecidedBy,
    family_ruling: &FamilyRuling<'_>,
    names: &Names<'_>,
) -> Diagnostic {
    let FamilyRuling { family, decision: asked, .. } = family_ruling;
    let Broken { caller: mode, own, is_unnamed } = *broken;
    let title = endpoint.title();
    let asked_words = requirement(asked, names.policy);
    let via = mode.filter(|_| !family.via.is_empty());
    let via = via.map_or_else(String::new, |mode| format!(" (by `{}`)", names.policy.mode(mode).name));
    let code = match family.mode {
        FamilyMode::Check => Code::FamilyMismatch,
        FamilyMode::Assign => Code::DecidedTwice,
    };
    let exception = format!("an exception is left out of the family: `except = [\"{title}\"]`");
    if is_unnamed {
        let only = named_modes(family, names.policy);
        return Diagnostic::new(
            code,
            format!(
                "`{title}`{via} requires {}, and its family is for {only} alone",
                requirement(own, names.policy)
            ),
            decided_by.span().clone(),
            format!("decided {}", place_name(decided_by)),
        )
        .also(family.matcher.span.clone(), "this family refuses the modes that its `via` does not name")
        .help("if other entries decide those modes, say so in the family: `other_modes = \"elsewhere\"`")
        .help(exception);
    }
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
    diagnostic.help(exception)
}

/// The scope of an annotation that names exactly one.
fn only_scope(annotation: &Annotation) -> Option<&ScopeName> {
    let [rule] = annotation.rules.as_slice() else { return None };
    let DeclaredRule::Scoped(any_of) = &rule.rule else { return None };
    let [all_of] = any_of.as_slice() else { return None };
    let [name] = all_of.as_slice() else { return None };
    Some(name)
}
