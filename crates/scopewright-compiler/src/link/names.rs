//! Looks up the names that rules use (scopes, auth modes, public reasons) and reports the ones a policy does not have.

use crate::nearest::nearest;
use scopewright_model::core::naming::variant_name;
use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::policy::{Alias, Status};
use scopewright_model::{
    Applicability, Code, Diagnostic, Policy, ScopeName, ScopeSpelling, Sink, Span, Spanned,
};
use std::collections::HashMap;

/// How many names a message lists before it stops.
const LISTED: usize = 12;

/// The names of a policy, ready for look-up. The maps are asked and never walked.
pub(super) struct Names<'p> {
    pub(super) policy: &'p Policy,
    scopes: HashMap<&'p str, ScopeIndex>,
    variants: HashMap<&'p str, ScopeIndex>,
    aliases: HashMap<&'p str, &'p Alias>,
    alias_variants: HashMap<String, &'p Alias>,
}

/// What a scope's name stands for.
pub(super) enum Found<'p> {
    Scope(ScopeIndex),
    Alias(&'p Alias),
}

impl<'p> Names<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        Self {
            policy,
            scopes: policy.scopes_indexed().map(|(index, scope)| (scope.name.as_str(), index)).collect(),
            variants: policy.scopes_indexed().map(|(index, scope)| (scope.variant.as_str(), index)).collect(),
            aliases: policy.aliases.iter().map(|alias| (alias.name.as_str(), alias)).collect(),
            alias_variants: policy.aliases.iter().map(|alias| (variant_name(&alias.name), alias)).collect(),
        }
    }

    /// The scope or alias of that name, if there is one.
    pub(super) fn find(&self, text: &str, spelling: ScopeSpelling) -> Option<Found<'p>> {
        let (scope, alias) = match spelling {
            ScopeSpelling::Literal => (self.scopes.get(text), self.aliases.get(text)),
            ScopeSpelling::Variant => (self.variants.get(text), self.alias_variants.get(text)),
        };
        scope.map(|index| Found::Scope(*index)).or_else(|| alias.map(|alias| Found::Alias(alias)))
    }

    /// The scope somebody named. Says so if there is none, if it is not live, deprecated, or an old name.
    pub(super) fn scope(&self, name: &ScopeName, sink: &mut Sink) -> Option<ScopeIndex> {
        let index = match self.find(&name.text, name.spelling) {
            None => {
                sink.push(self.unknown_scope(name));
                return None;
            }
            Some(Found::Alias(alias)) => {
                sink.push(self.alias_used(name, alias));
                alias.target
            }
            Some(Found::Scope(index)) => index,
        };
        // The policy stage has said so of the names in its own file.
        if name.span.file != self.policy.file.file {
            self.report_deprecated(index, &name.span, sink);
        }
        self.live(index, &name.span, sink).then_some(index)
    }

    /// Whether a scope can be required. Reports one that can't, at `place`.
    pub(super) fn live(&self, index: ScopeIndex, place: &Span, sink: &mut Sink) -> bool {
        let scope = self.policy.scope(index);
        if !scope.status.is_live() {
            sink.push(not_live(&scope.name, scope.status, place, &scope.span));
        }
        scope.status.is_live()
    }

    /// Says so of a scope that is going away.
    pub(super) fn report_deprecated(&self, index: ScopeIndex, place: &Span, sink: &mut Sink) {
        let scope = self.policy.scope(index);
        if scope.status != Status::Deprecated {
            return;
        }
        let finding = Diagnostic::new(
            Code::DeprecatedScope,
            format!("`{}` is deprecated", scope.name),
            place.clone(),
            "going away",
        )
        .also(scope.span.clone(), "declared here");
        sink.push(match &scope.deprecated_note {
            Some(note) => finding.help(format!("its `deprecated_note` says: `{note}`")),
            None => finding.help("require the scope that takes its place"),
        });
    }

    /// The auth mode that a `via` names.
    pub(super) fn mode(&self, name: &Spanned<String>, sink: &mut Sink) -> Option<ModeIndex> {
        let variant = || self.policy.modes_indexed().find(|(_, mode)| mode.variant == name.value);
        let found = self.policy.mode_named(&name.value).or_else(|| variant().map(|(index, _)| index));
        if found.is_none() {
            let modes = || self.policy.modes.iter().map(|mode| mode.name.as_str());
            let mut diagnostic = Diagnostic::new(
                Code::UnknownMode,
                format!("unknown auth mode `{}`", name.value),
                name.span.clone(),
                "no `[auth]` entry declares it",
            );
            diagnostic = match nearest(&name.value, modes()) {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .suggest(name.span.clone(), format!("\"{near}\"")),
                None => diagnostic
                    .help(format!("declare it as `[auth.{}]` in `{}`", name.value, self.policy.file.file)),
            };
            sink.push(diagnostic.help(format!("the modes are {}", listed(modes()))));
        }
        let is_part = |index: &ModeIndex| !self.policy.mode(*index).alone;
        if let Some(part) = found.filter(is_part).map(|index| self.policy.mode(index)) {
            let message = format!("`{}` is no credential by itself", part.name);
            sink.push(
                Diagnostic::new(Code::InvalidValue, message, name.span.clone(), "only a part of another one")
                    .also(part.span.clone(), "declared here")
                    .help("name the mode whose `together` it is in, or write `alone = true` in its table"),
            );
            return None;
        }
        found
    }

    /// The key of a public decision's reason, which is named by its key or, at a registration, by the variant that is
    /// generated from it.
    pub(super) fn reason(&self, reason: &str, place: &Span, sink: &mut Sink) -> Option<String> {
        let keys = || self.policy.public_reasons.keys();
        let found =
            keys().find(|key| *key == reason).or_else(|| keys().find(|key| variant_name(key) == reason));
        if found.is_none() {
            let diagnostic = Diagnostic::new(
                Code::UnknownPublicReason,
                format!("unknown reason `{reason}` for a public endpoint"),
                place.clone(),
                "not in `[public_reasons]`",
            );
            let reasons = self.policy.public_reasons.keys().map(String::as_str);
            sink.push(match nearest(reason, reasons) {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .suggest(place.clone(), format!("\"{near}\"")),
                None => diagnostic.help(format!(
                    "say why in `{}`: `{reason} = \"…\"` under `[public_reasons]`",
                    self.policy.file.file
                )),
            });
        }
        found.cloned()
    }

    fn unknown_scope(&self, name: &ScopeName) -> Diagnostic {
        let is_literal = name.spelling == ScopeSpelling::Literal;
        let known =
            || self.policy.scopes.iter().map(|scope| if is_literal { &*scope.name } else { &*scope.variant });
        let diagnostic = Diagnostic::new(
            Code::UnknownScope,
            format!("unknown scope `{}`", name.text),
            name.span.clone(),
            "no `[scopes]` entry declares it",
        );
        if let Some(near) = nearest(&name.text, known()) {
            return diagnostic
                .help(format!("did you mean `{near}`?"))
                .suggest(name.span.clone(), spelled(near, name.spelling));
        }
        let declare = if is_literal {
            format!("declare it as `[scopes.\"{}\"]` in `{}`", name.text, self.policy.file.file)
        } else {
            format!("declare a scope of that name in `{}`", self.policy.file.file)
        };
        diagnostic.help(declare).help(format!("the scopes are {}", listed(known())))
    }

    fn alias_used(&self, name: &ScopeName, alias: &Alias) -> Diagnostic {
        let target = self.policy.scope(alias.target);
        let new_name = if name.spelling == ScopeSpelling::Literal { &target.name } else { &target.variant };
        Diagnostic::new(
            Code::AliasUsed,
            format!("`{}` is now called `{new_name}`", name.text),
            name.span.clone(),
            format!("accepted until {}", alias.until),
        )
        .also(alias.span.clone(), "renamed here")
        .help(format!("write `{new_name}`"))
        .suggest_as(
            name.span.clone(),
            spelled(new_name, name.spelling),
            Applicability::MachineApplicable,
        )
    }
}

/// A name as it is written in source: with quotes, or as the variant it is.
pub(super) fn spelled(name: &str, spelling: ScopeSpelling) -> String {
    match spelling {
        ScopeSpelling::Literal => format!("\"{name}\""),
        ScopeSpelling::Variant => name.to_owned(),
    }
}

/// Names in backticks, cut short when there are many.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(LISTED) {
        None | Some(0) if names.is_empty() => "none yet".to_owned(),
        None | Some(0) => names.join(", "),
        Some(rest) => format!("{} and {rest} more", names.get(..LISTED).unwrap_or_default().join(", ")),
    }
}

fn not_live(name: &str, status: Status, place: &Span, declared: &Span) -> Diagnostic {
    let (state, way_out) = match status {
        Status::Removed => ("was removed", "require the scope that took its place"),
        Status::UnderReview => (
            "is under review",
            "require a scope that is in use, or set `status = \"beta\"` once it is agreed on",
        ),
        _ => (
            "is only planned",
            "require a scope that is in use, or set `status = \"beta\"` once it can be granted",
        ),
    };
    Diagnostic::new(
        Code::ScopeNotLive,
        format!("`{name}` {state} and can't be required"),
        place.clone(),
        "no caller can hold it",
    )
    .also(declared.clone(), "its status is declared here")
    .help(way_out)
}
