//! The keys by which a family, a route or one mode of a route is decided, and what they mean.

use super::Declared;
use super::requirement::Requirement;
use crate::context::Context;
use crate::nearest::{listed, nearest};
use crate::raw::shape::Rule;
use crate::raw::{Field, Text, Yes, bare_or_quoted, quoted};
use crate::scope_names::Use;
use scopewright_model::core::ScopeEnforcement;
use scopewright_model::policy::AuthMode;
use scopewright_model::{Code, DeclaredRule, Diagnostic, ScopeName, ScopeSpelling, Span, Spanned};

/// The decision keys.
pub(crate) const DECISIONS: &[&str] =
    &["requires", "public", "authenticated", "optional_auth", "refused", "deferred"];

/// At most one decision in a table.
pub(crate) const ONE_DECISION: &[Rule] = &[Rule::AtMostOne(DECISIONS, "they are different decisions")];

/// At least one decision in a table.
pub(crate) const A_DECISION: &[Rule] = &[Rule::AtLeastOne(DECISIONS, "decides nothing")];

/// A table with the decision keys beside its own.
macro_rules! decided_table {
    (
        $(#[doc = $doc:literal])+
        $name:ident { $($own:tt)* }
        rules [$($rules:expr),* $(,)?]
    ) => {
        $crate::raw::raw_table! {
            $(#[doc = $doc])+
            $name {
                $($own)*
                /// The scopes that are needed: one, a list of which all are needed, or alternatives.
                requires: Optional $crate::tables::requirement::Requirement = "requires",
                    "\"vehicles:read\"", "[\"read\", \"search\"]", "{ any = [\"admin\", [\"read\", \"search\"]] }";
                /// No credential is needed; the name of a reason under `[public_reasons]`.
                public: Optional $crate::raw::Text = "public", "\"health\"";
                /// A valid credential is needed, and no scope.
                authenticated: Optional $crate::raw::Yes = "authenticated", "true";
                /// No credential is needed, but one that is sent must be valid.
                optional_auth: Optional $crate::raw::Yes = "optional_auth", "true";
                /// Nobody may call it by this mode.
                refused: Optional $crate::raw::Yes = "refused", "true";
                /// Not decided yet: denied for everybody until it is. Where the open question is tracked.
                deferred: Optional $crate::raw::Text = "deferred", "\"API-142\"";
            }
            rules [$crate::tables::decision::ONE_DECISION, $($rules),*]
        }

        impl $name {
            fn decision(&mut self) -> $crate::tables::decision::Decision {
                $crate::tables::decision::Decision {
                    requires: self.requires.take(),
                    public: self.public.take(),
                    authenticated: self.authenticated.take(),
                    optional_auth: self.optional_auth.take(),
                    refused: self.refused.take(),
                    deferred: self.deferred.take(),
                }
            }
        }
    };
}

pub(crate) use decided_table;

/// The decision keys of one table, as written.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) requires: Option<Field<Requirement>>,
    pub(crate) public: Option<Field<Text>>,
    pub(crate) authenticated: Option<Field<Yes>>,
    pub(crate) optional_auth: Option<Field<Yes>>,
    pub(crate) refused: Option<Field<Yes>>,
    pub(crate) deferred: Option<Field<Text>>,
}

/// What a family's `match` captures.
#[derive(Debug)]
pub(crate) struct Captures<'a> {
    /// The names in braces.
    pub(crate) names: Vec<&'a str>,
    /// Whether it has several patterns, each of which captures these.
    pub(crate) by_several: bool,
}

/// What a decision is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The names that the operations capture, if they may stand as `{name}` in scope names.
    pub(crate) captures: Option<&'a Captures<'a>>,
    /// The modes it is about, each with its place; none means all.
    pub(crate) modes: &'a [(&'a AuthMode, &'a Span)],
}

impl Decision {
    /// The rule; none if no key decides or one names what is not there, which is reported.
    pub(crate) fn check(
        self,
        subject: Subject<'_>,
        declared: Declared<'_>,
        cx: &mut Context<'_>,
    ) -> Option<Spanned<DeclaredRule>> {
        let Self { requires, public, authenticated, optional_auth, refused, deferred } = self;
        let without_credential = [
            public.as_ref().map(|public| (&public.key, "public")),
            optional_auth.as_ref().map(|yes| (&yes.key, "optional_auth")),
        ];
        for (key, name) in without_credential.into_iter().flatten() {
            refuse_for_one_mode(key, name, subject, cx);
        }
        let (rule, place) = if let Some(requires) = requires {
            refuse_for_skipping_mode(&requires.key, subject, cx);
            (check_requirement(requires.value, subject, declared, cx)?, requires.key)
        } else if let Some(public) = public {
            let place = public.key.clone();
            (check_public(public.spanned(), declared, cx)?, place)
        } else if let Some(yes) = authenticated {
            (DeclaredRule::Authenticated, yes.key)
        } else if let Some(yes) = optional_auth {
            (DeclaredRule::OptionalAuth, yes.key)
        } else if let Some(yes) = refused {
            (DeclaredRule::Refused, yes.key)
        } else {
            let ticket = deferred?;
            (DeclaredRule::Deferred { ticket: ticket.value.0 }, ticket.key)
        };
        Some(Spanned::new(rule, place))
    }
}

/// A caller without a credential has no mode, so `public` can't be said of one.
fn refuse_for_one_mode(key: &Span, name: &str, subject: Subject<'_>, cx: &mut Context<'_>) {
    let Some((mode, place)) = subject.modes.first() else { return };
    let message = format!("`{name}` can't be said of the mode `{}` alone", mode.name);
    let finding =
        Diagnostic::new(Code::InvalidValue, message, key.clone(), "lets in callers without a credential")
            .also((*place).clone(), "the mode")
            .help(format!("say `{name}` of the whole operation, or `authenticated = true` of this mode"));
    cx.report(finding);
}

/// A mode whose scopes are not checked would pass every requirement.
fn refuse_for_skipping_mode(key: &Span, subject: Subject<'_>, cx: &mut Context<'_>) {
    let skips = |(mode, _): &&(&AuthMode, &Span)| mode.enforcement == ScopeEnforcement::Skipped;
    let Some((mode, place)) = subject.modes.iter().find(skips) else { return };
    let message = format!("the mode `{}` skips scopes, so this would never be checked", mode.name);
    let finding = Diagnostic::new(Code::InvalidValue, message, key.clone(), "checked of nobody")
        .also((*place).clone(), "the mode")
        .help("write `authenticated = true` or `refused = true`, or enforce the scopes of this mode");
    cx.report(finding);
}

fn check_public(reason: Spanned<Text>, declared: Declared<'_>, cx: &mut Context<'_>) -> Option<DeclaredRule> {
    let Spanned { value: reason, span: reason_span } = find_reason(reason, declared, cx)?;
    Some(DeclaredRule::Public { reason, reason_span })
}

/// The name of a declared reason, or none after reporting that it is not declared.
pub(crate) fn find_reason(
    reason: Spanned<Text>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Option<Spanned<String>> {
    let Spanned { value: Text(reason), span } = reason;
    if declared.public_reasons.contains_key(&reason) {
        return Some(Spanned::new(reason, span));
    }
    let all = || declared.public_reasons.keys().map(String::as_str);
    let message = format!("no public reason is called `{reason}`");
    let mut finding = Diagnostic::new(
        Code::UnknownPublicReason,
        message,
        span.clone(),
        "not declared under `[public_reasons]`",
    );
    if declared.public_reasons.is_empty() {
        finding = finding.help(format!(
            "declare it: `{} = \"why everybody may call this\"` under `[public_reasons]`",
            bare_or_quoted(&reason)
        ));
    } else {
        finding = finding.help(format!("the reasons are {}", listed(all())));
    }
    let finding = cx.with_nearest(finding, &reason, all());
    cx.report(finding);
    None
}

fn check_requirement(
    requirement: Requirement,
    subject: Subject<'_>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Option<DeclaredRule> {
    let mut is_whole = true;
    let mut alternatives = Vec::new();
    for names in requirement.0 {
        let (filled, plain): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|name| is_template(name, subject, declared));
        // What can't be resolved is reported; what travels on are current names, old ones replaced.
        let resolved = declared.scopes.resolve_all(&plain, Use::Required, cx);
        is_whole &= plain.is_empty() || !resolved.is_empty();
        let current = |index| declared.scopes.name_of(index).to_owned();
        let mut alternative: Vec<ScopeName> =
            resolved.into_iter().map(|(index, span)| scope_name(current(index), span)).collect();
        for name in filled {
            is_whole &= check_template(&name, subject, declared, cx);
            alternative.push(scope_name(name.value, name.span));
        }
        alternatives.push(alternative);
    }
    is_whole.then_some(DeclaredRule::Scoped(alternatives))
}

fn scope_name(text: String, span: Span) -> ScopeName {
    ScopeName { text, spelling: ScopeSpelling::Literal, span }
}

/// Whether a name holds `{captures}` to be filled in. Braces are legal in a scope's own name.
fn is_template(name: &Spanned<String>, subject: Subject<'_>, declared: Declared<'_>) -> bool {
    subject.captures.is_some() && !declared.scopes.has(&name.value) && holes(&name.value).next().is_some()
}

/// The names in braces.
fn holes(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Reports a hole that `match` does not capture, and a name that no scope can fill. Which scope each route asks for
/// is known once routes are.
fn check_template(
    template: &Spanned<String>,
    subject: Subject<'_>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> bool {
    let Some(captures) = subject.captures else { return true };
    let Spanned { value, span } = template;
    let names = || captures.names.iter().copied();
    let what = if captures.by_several { "every pattern of `match`" } else { "`match`" };
    let mut is_right = true;
    for hole in holes(value).filter(|hole| !names().any(|name| name == *hole)) {
        is_right = false;
        let message = format!("`{{{hole}}}` in `{value}` is nothing {what} captures");
        let finding = Diagnostic::new(Code::InvalidMatcher, message, span.clone(), "can't be filled in");
        let finding = match nearest(hole, names(), &mut cx.budget) {
            Some(near) => finding.help(format!("{what} captures {}", listed(names()))).suggest(
                span.clone(),
                quoted(&value.replace(&format!("{{{hole}}}"), &format!("{{{near}}}"))),
            ),
            None => finding
                .help(format!("name a part of the path `{{{hole}}}` in {what}, or write the scope out")),
        };
        cx.report(finding);
    }
    if is_right && !declared.scopes.scopes().any(|scope| fits(value, scope)) {
        is_right = false;
        let message = format!("no scope fits `{value}`");
        let finding = Diagnostic::new(Code::UnknownScope, message, span.clone(), "whatever is filled in")
            .help(format!("the declared scopes are {}", listed(declared.scopes.scopes())));
        cx.report(finding);
    }
    is_right
}

/// Whether some filling of the holes makes `scope` of `template`: the fixed parts occur in order, the outer ones at
/// the ends.
fn fits(template: &str, scope: &str) -> bool {
    let mut rest = template;
    let mut fixed = Vec::new();
    while let Some((before, (_, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        fixed.push(before);
        rest = after;
    }
    let Some((first, middle)) = fixed.split_first() else { return template == scope };
    let Some(inner) = scope.strip_prefix(first).and_then(|inner| inner.strip_suffix(rest)) else {
        return false;
    };
    let mut inner = inner;
    for part in middle {
        let Some((_, after)) = inner.split_once(part) else { return false };
        inner = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_template_fits_what_its_holes_can_make() {
        assert!(fits("read:{resource}", "read:cameras"));
        assert!(fits("{resource}:{verb}", "cameras:read"));
        assert!(fits("{a}:x:{b}", "1:x:2"));
        assert!(!fits("read:{resource}", "write:cameras"));
        assert!(!fits("{a}:x:{b}", "1:y:2"));
    }
}
