//! `together`: a mode whose credential is those of several others in one request.
//!
//! In: the modes as their own tables state them. Out: each mode with `together` has its members, and a member that does
//! not say `alone = true` is no credential by itself.

use super::{Links, find_mode};
use crate::context::Context;
use scopewright_model::competing::Place;
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{AuthMode, CredentialKind};
use scopewright_model::{Code, Diagnostic, Span, Spanned};

/// The keys that only the members can state.
pub(super) const STATED_BY_MEMBERS: &[&str] = &[
    "type",
    "in",
    "name",
    "prefix",
    "bearer_format",
    "authorization_url",
    "token_url",
    "url",
    "claim",
    "format",
    "realm",
    "upgrades",
    "alone",
];

/// Looks up the members of each mode that has some, by position.
pub(super) fn check(modes: &mut [AuthMode], links: &[Links], cx: &mut Context<'_>) {
    let mut all_members: Vec<String> = Vec::new();
    for (at, linked) in links.iter().enumerate() {
        let Some(together) = &linked.together else { continue };
        let names = together.value.0.iter();
        let names = names.map(|name| Spanned::new(name.value.0.clone(), name.span.clone()));
        let members = members(names, modes, links, cx);
        if together.value.0.len() < 2 {
            let message = "`together` names a single mode";
            let finding = Diagnostic::new(Code::InvalidValue, message, together.span.clone(), "one alone");
            cx.report(finding.help("name at least two, or use that mode itself"));
        }
        all_members.extend(together.value.0.iter().map(|name| name.value.0.clone()));
        // What challenges name is said of the member that is challenged.
        let realm = members
            .iter()
            .find_map(|member| modes.get(usize::from(member.0)).and_then(|it| it.realm.clone()));
        if let Some(mode) = modes.get_mut(at) {
            mode.realm = realm;
            mode.credential = CredentialKind::Together(members);
        }
    }
    for (mode, linked) in modes.iter_mut().zip(links) {
        let is_member = all_members.contains(&mode.name);
        // Several credentials, and an upgrade, can't be members; that somebody made them some is reported above.
        let can_be_member = linked.together.is_none() && linked.upgrades.is_none();
        mode.alone = !(is_member && can_be_member) || linked.alone.is_some();
        if let Some(idle) = linked.alone.as_ref().filter(|_| can_be_member && !is_member) {
            let message = "`alone` says something only of a mode that a `together` names";
            let finding =
                Diagnostic::new(Code::InvalidValue, message, idle.key.clone(), "has no effect here");
            cx.report(finding.help("leave `alone` out; every other credential is one by itself"));
        }
    }
}

/// The modes named, those that can't be sent together or are not there left out and reported.
fn members(
    names: impl Iterator<Item = Spanned<String>>,
    modes: &[AuthMode],
    links: &[Links],
    cx: &mut Context<'_>,
) -> Vec<ModeIndex> {
    let mut found: Vec<(ModeIndex, &AuthMode, Span)> = Vec::new();
    for name in names {
        let Some(index) = find_mode(&name, modes, cx) else { continue };
        let at = usize::from(index.0);
        let (Some(mode), Some(linked)) = (modes.get(at), links.get(at)) else { continue };
        let mut report = |code, message: String, label: &str, also: (Span, String), help: &str| {
            let finding = Diagnostic::new(code, message, name.span.clone(), label);
            cx.report(finding.also(also.0, also.1).help(help));
        };
        let declared = (mode.span.clone(), "declared here".to_owned());
        if let Some((_, _, first)) = found.iter().find(|(other, ..)| *other == index) {
            let message = format!("`{}` is named twice", mode.name);
            let first = (first.clone(), "first here".to_owned());
            report(Code::DuplicateDeclaration, message, "again here", first, "name each mode once");
        } else if linked.together.is_some() {
            let message = format!("`{}` is several credentials itself", mode.name);
            let help = "name the modes that it names";
            report(Code::InvalidValue, message, "has a `together` of its own", declared, help);
        } else if linked.upgrades.is_some() {
            let message = format!("`{}` upgrades a mode, so it can't be a part of another one", mode.name);
            let help = "name the mode it upgrades, and let a mode upgrade this one";
            report(Code::InvalidValue, message, "an upgrade", declared, help);
        } else if mode.credential == CredentialKind::MutualTls {
            let message = format!("`{}` is a client certificate, which is in no request", mode.name);
            let help = "name credentials that a request carries in its headers or its query";
            report(Code::InvalidValue, message, "not in the request", declared, help);
        } else if let Some((_, other, first)) =
            found.iter().find(|(_, other, _)| Place::of(&other.credential) == Place::of(&mode.credential))
        {
            let message =
                format!("`{}` and `{}` stand at the same place of a request", other.name, mode.name);
            let first = (first.clone(), "the other one".to_owned());
            let help = "credentials are sent together only at places of their own";
            report(Code::InvalidValue, message, "the place is taken", first, help);
        } else {
            found.push((index, mode, name.span));
        }
    }
    found.into_iter().map(|(index, ..)| index).collect()
}

/// Somebody names a mode that no caller can be of as one of callers.
pub(super) fn report_part(part: &AuthMode, name: &Spanned<String>, cx: &mut Context<'_>) {
    let message = format!("`{}` is no credential by itself", part.name);
    let finding =
        Diagnostic::new(Code::InvalidValue, message, name.span.clone(), "only a part of another one")
            .also(part.span.clone(), "declared here")
            .help("name the mode whose `together` it is in, or write `alone = true` in its table");
    cx.report(finding);
}
