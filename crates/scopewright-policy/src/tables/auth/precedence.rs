//! `yields_to` and `invalid_where_optional`: which of several credentials counts, and what becomes of one that is not valid
//! where none is needed.
//!
//! In: the modes with what they upgrade and what they are made of. Out: each mode with all it yields to, followed through
//! the modes that those yield to. An upgrade has what its base says, and a part of others what all of those say.

use super::{InvalidWhereOptional, find_mode, together};
use crate::context::Context;
use crate::raw::{Field, OneOrMore, Text};
use scopewright_model::competing::{look_alike, may_stand_together};
use scopewright_model::core::{ModeIndex, ScopeIndex, ScopeSet};
use scopewright_model::policy::{AuthMode, CredentialKind};
use scopewright_model::{Code, Diagnostic, Span, Spanned};

/// What a mode says of this.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) yields_to: Option<Field<OneOrMore<Text>>>,
    pub(super) invalid_where_optional: Option<Field<InvalidWhereOptional>>,
    /// Whether it is known where the credential is found; if not, that is reported already.
    pub(super) is_located: bool,
}

/// A mode yields to another one.
#[derive(Debug)]
struct Edge {
    from: usize,
    to: usize,
    /// Where that is written.
    place: Span,
}

/// Checks what the modes say, by position, and writes it into them.
pub(super) fn check(modes: &mut [AuthMode], links: &[Links], cx: &mut Context<'_>) {
    if links.iter().all(|links| links.yields_to.is_none() && links.invalid_where_optional.is_none()) {
        return;
    }
    let mut order = Order::of(modes.len());
    for (at, linked) in links.iter().enumerate() {
        let Some(named) = &linked.yields_to else { continue };
        for edge in edges(at, named, modes, links, cx) {
            order.add(edge, modes, cx);
        }
    }
    let alike = Alike::of(modes);
    order.report_lookalikes(modes, &alike, cx);
    for (at, linked) in links.iter().enumerate() {
        let Some(answer) = &linked.invalid_where_optional else { continue };
        let counts_as_none = answer.value == InvalidWhereOptional::CountsAsNone;
        if counts_as_none && says_something(at, answer, modes, links, cx) {
            report_other_answer(at, answer, modes, links, &alike, cx);
        }
        if let Some(mode) = modes.get_mut(at) {
            mode.invalid_counts_as_none = counts_as_none;
        }
    }
    write(modes, &order);
}

/// What one mode yields to by its own words, those that say nothing left out and reported.
fn edges(
    from: usize,
    named: &Field<OneOrMore<Text>>,
    modes: &[AuthMode],
    links: &[Links],
    cx: &mut Context<'_>,
) -> Vec<Edge> {
    let mut found: Vec<Edge> = Vec::new();
    let Some(mode) = modes.get(from) else { return found };
    if !mode.alone {
        let name = Spanned::new(mode.name.clone(), named.key.clone());
        together::report_part(mode, &name, cx);
        return found;
    }
    for name in &named.value.0 {
        let name = Spanned::new(name.value.0.clone(), name.span.clone());
        let Some(to) = find_mode(&name, modes, cx).map(|index| usize::from(index.0)) else { continue };
        let Some(other) = modes.get(to) else { continue };
        let is_located = |at: usize| links.get(at).is_some_and(|links| links.is_located);
        let mut report = |code, message: String, label: &str, also: (Span, &str), help: String| {
            let finding = Diagnostic::new(code, message, name.span.clone(), label).also(also.0, also.1);
            cx.report(finding.help(help));
        };
        let declared = (other.span.clone(), "declared here");
        if let Some(first) = found.iter().find(|edge| edge.to == to) {
            let message = format!("`{}` is named twice", other.name);
            let first = (first.place.clone(), "first here");
            report(
                Code::DuplicateDeclaration,
                message,
                "again here",
                first,
                "name each mode once".to_owned(),
            );
        } else if to == from {
            let message = format!("`{}` yields to itself", other.name);
            let help = "name the modes that go before it".to_owned();
            report(Code::InvalidValue, message, "no other mode", declared, help);
        } else if !other.alone {
            together::report_part(other, &name, cx);
        } else if let Some(base) = other.upgrades.and_then(|base| modes.get(usize::from(base.0))) {
            let message = format!("`{}` upgrades `{}`", other.name, base.name);
            let help = format!("name `{}`: which of both a credential is, only its check tells", base.name);
            report(Code::InvalidValue, message, "an upgrade", declared, help);
        } else if !may_stand_together(modes, mode, other) {
            if is_located(from) && is_located(to) {
                let message =
                    format!("no request carries a credential of `{}` and one of `{}`", mode.name, other.name);
                let help = if [mode, other].iter().any(|mode| mode.credential == CredentialKind::MutualTls) {
                    "leave it out: a client certificate is in no request"
                } else {
                    "leave it out: they stand at the same place, and two credentials at one place are never chosen between"
                };
                report(Code::InvalidValue, message, "says nothing", declared, help.to_owned());
            }
        } else {
            found.push(Edge { from, to, place: name.span });
        }
    }
    found
}

/// Which modes go before which, all that follows included.
#[derive(Debug)]
struct Order {
    edges: Vec<Edge>,
    before: Vec<ScopeSet<4>>,
}

impl Order {
    fn of(count: usize) -> Self {
        Self { edges: Vec::new(), before: vec![ScopeSet::default(); count] }
    }

    /// Whether one mode yields to another one.
    fn yields(&self, from: usize, to: usize) -> bool {
        self.before.get(from).is_some_and(|before| before.contains(bit(to)))
    }

    /// Adds what is no contradiction.
    fn add(&mut self, edge: Edge, modes: &[AuthMode], cx: &mut Context<'_>) {
        let Edge { from, to, .. } = edge;
        if self.yields(to, from) {
            return self.report_circle(&edge, modes, cx);
        }
        if !self.yields(from, to) {
            let mut gained = self.before.get(to).copied().unwrap_or_default();
            gained.insert(bit(to));
            for (at, before) in self.before.iter_mut().enumerate() {
                if at == from || before.contains(bit(from)) {
                    before.insert_words(gained.words());
                }
            }
        }
        self.edges.push(edge);
    }

    fn report_circle(&self, edge: &Edge, modes: &[AuthMode], cx: &mut Context<'_>) {
        let name = |at: usize| modes.get(at).map_or("", |mode| mode.name.as_str());
        let message = format!("`{}` and `{}` yield to each other", name(edge.from), name(edge.to));
        let mut finding =
            Diagnostic::new(Code::InvalidValue, message, edge.place.clone(), "closes the circle");
        let is_way_back = |other: &&Edge| {
            other.from == edge.to && (other.to == edge.from || self.yields(other.to, edge.from))
        };
        if let Some(back) = self.edges.iter().find(is_way_back) {
            finding = finding.also(back.place.clone(), "the other way from here");
        }
        cx.report(finding.help("keep the one that says which credential counts, and take the other one out"));
    }

    /// A mode whose credentials can be taken for those of another one has to stand in the same place of the order: which
    /// of both a credential is, only its check tells, and what is passed over is not checked.
    fn report_lookalikes(&self, modes: &[AuthMode], alike: &Alike, cx: &mut Context<'_>) {
        let name = |at: usize| modes.get(at).map_or("", |mode| mode.name.as_str());
        for Edge { from, to, place } in &self.edges {
            for other in alike.others(*to).filter(|other| !self.yields(*from, *other)) {
                let message =
                    format!("a credential of `{}` can be one of `{}` as well", name(*to), name(other));
                let finding = Diagnostic::new(
                    Code::InvalidValue,
                    message,
                    place.clone(),
                    "not told apart before it is checked",
                );
                cx.report(finding.help(format!("name `{}` too", name(other))));
            }
            for other in alike.others(*from).filter(|other| !self.yields(*other, *to)) {
                let message =
                    format!("a credential of `{}` can be one of `{}` as well", name(*from), name(other));
                let mut finding = Diagnostic::new(
                    Code::InvalidValue,
                    message,
                    place.clone(),
                    "not told apart before it is checked",
                );
                if let Some(other) = modes.get(other) {
                    finding = finding.also(other.span.clone(), "does not yield to it");
                }
                let help = format!("write the same in `[auth.{}]`", name(other));
                cx.report(finding.help(help));
            }
        }
    }
}

/// Which modes can be taken for which.
#[derive(Debug)]
struct Alike(Vec<Vec<usize>>);

impl Alike {
    fn of(modes: &[AuthMode]) -> Self {
        let stands_for_itself = |mode: &&AuthMode| mode.alone && mode.upgrades.is_none();
        let others_of = |at: usize, mode: &AuthMode| {
            let all = modes.iter().enumerate();
            let others = all.filter(|(other_at, other)| *other_at != at && stands_for_itself(other));
            others.filter(|(_, other)| look_alike(modes, mode, other)).map(|(other_at, _)| other_at).collect()
        };
        let of_mode = |(at, mode): (usize, &AuthMode)| {
            if stands_for_itself(&mode) { others_of(at, mode) } else { Vec::new() }
        };
        Self(modes.iter().enumerate().map(of_mode).collect())
    }

    fn others(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.0.get(at).into_iter().flatten().copied()
    }
}

/// Whether a credential of the mode can be sent by itself and not be valid; reports if not.
fn says_something(
    at: usize,
    answer: &Field<InvalidWhereOptional>,
    modes: &[AuthMode],
    links: &[Links],
    cx: &mut Context<'_>,
) -> bool {
    let Some(mode) = modes.get(at) else { return false };
    if !mode.alone {
        together::report_part(mode, &Spanned::new(mode.name.clone(), answer.key.clone()), cx);
        return false;
    }
    if mode.credential == CredentialKind::MutualTls {
        if links.get(at).is_some_and(|links| links.is_located) {
            let message = "`invalid_where_optional` says nothing of a client certificate";
            let finding =
                Diagnostic::new(Code::InvalidValue, message, answer.key.clone(), "has no effect here");
            cx.report(finding.help("leave it out: who sees the certificate says whether there is one"));
        }
        return false;
    }
    true
}

/// What is not valid is of no mode yet, so all it can be of have to agree.
fn report_other_answer(
    at: usize,
    answer: &Field<InvalidWhereOptional>,
    modes: &[AuthMode],
    links: &[Links],
    alike: &Alike,
    cx: &mut Context<'_>,
) {
    let agrees = |other: usize| {
        let said = links.get(other).and_then(|links| links.invalid_where_optional.as_ref());
        said.is_some_and(|said| said.value == answer.value)
    };
    let name = |at: usize| modes.get(at).map_or("", |mode| mode.name.as_str());
    for other in alike.others(at).filter(|other| !agrees(*other)) {
        let message = format!("a credential of `{}` can be one of `{}` as well", name(at), name(other));
        let mut finding = Diagnostic::new(
            Code::InvalidValue,
            message,
            answer.span.clone(),
            "one that is not valid is of either",
        );
        if let Some(other) = modes.get(other) {
            finding = finding.also(other.span.clone(), "does not say so");
        }
        let help = format!("write the same in `[auth.{}]`", name(other));
        cx.report(finding.help(help));
    }
}

/// Writes the order into the modes, and what upgrades and parts have of others.
fn write(modes: &mut [AuthMode], order: &Order) {
    let bases: Vec<Option<usize>> =
        modes.iter().map(|mode| mode.upgrades.map(|base| usize::from(base.0))).collect();
    let with_upgrades = |from: usize| -> Vec<ModeIndex> {
        let goes_before = |(at, base): &(usize, &Option<usize>)| order.yields(from, base.unwrap_or(*at));
        bases.iter().enumerate().filter(goes_before).filter_map(|(at, _)| index(at)).collect()
    };
    let answers: Vec<bool> = modes.iter().map(|mode| mode.invalid_counts_as_none).collect();
    for (at, mode) in modes.iter_mut().enumerate() {
        let own = mode.upgrades.map_or(at, |base| usize::from(base.0));
        mode.yields_to = with_upgrades(own);
        mode.invalid_counts_as_none = answers.get(own).copied().unwrap_or_default();
    }
    let wholes: Vec<(Vec<ModeIndex>, Vec<ModeIndex>, bool)> = modes
        .iter()
        .filter(|mode| !mode.credential.members().is_empty())
        .map(|mode| (mode.credential.members().to_vec(), mode.yields_to.clone(), mode.invalid_counts_as_none))
        .collect();
    for (at, mode) in modes.iter_mut().enumerate().filter(|(_, mode)| !mode.alone) {
        let of_it = || wholes.iter().filter(|(members, ..)| members.iter().any(|it| usize::from(it.0) == at));
        let first = of_it().next().map(|(_, yields_to, _)| yields_to.clone()).unwrap_or_default();
        mode.yields_to = first;
        mode.yields_to.retain(|to| of_it().all(|(_, yields_to, _)| yields_to.contains(to)));
        mode.invalid_counts_as_none = of_it().all(|(.., counts_as_none)| *counts_as_none);
    }
}

/// A mode as a member of a set.
fn bit(at: usize) -> ScopeIndex {
    // There are at most 255 modes; one more is reported and in no set.
    ScopeIndex(u16::try_from(at).unwrap_or(u16::MAX))
}

fn index(at: usize) -> Option<ModeIndex> {
    u8::try_from(at).ok().map(ModeIndex)
}
