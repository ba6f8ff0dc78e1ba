//! Scope names: what is declared under `[scopes]`, and the one place where a name written elsewhere is looked up.

use crate::context::Context;
use crate::nearest::{listed, nearest};
use crate::raw::{Entries, quoted};
use crate::tables::RawScope;
use scopewright_model::core::ScopeIndex;
use scopewright_model::policy::Status;
use scopewright_model::{Applicability, Code, Diagnostic, Span, Spanned};
use std::collections::BTreeMap;

/// How many scopes a policy can hold; the largest published catalogue has 917. Closures of all scopes together may
/// take the square of this, so it is bounded well below what an index could count.
pub(crate) const MOST_SCOPES: usize = 8192;

/// What a name is used for where it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// An operation asks for it.
    Required,
    /// Another scope implies it.
    Implied,
    /// A bundle grants it.
    Bundled,
    /// `[order]` ranks it.
    Ranked,
    /// An alias stands for it.
    Renamed,
    /// A handler may ask for it.
    Noted,
}

impl Use {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Required | Self::Noted => "required",
            Self::Implied => "implied",
            Self::Bundled => "granted by a bundle",
            Self::Ranked => "ranked",
            Self::Renamed => "what another name stands for",
        }
    }
}

/// Every name under `[scopes]`.
#[derive(Debug)]
pub(crate) struct ScopeNames {
    declared: BTreeMap<String, Standing>,
    /// Scopes that are no aliases, in the order of the file.
    scopes: Vec<String>,
}

#[derive(Debug)]
struct Standing {
    key: Span,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Scope { index: ScopeIndex, status: Status, note: Option<String> },
    Alias { target: String },
}

impl ScopeNames {
    /// Takes in all names, and reports those that are no scope tokens and those that are too many.
    pub(crate) fn declare(entries: &Entries<RawScope>, cx: &mut Context<'_>) -> Self {
        let mut names = Self { declared: BTreeMap::new(), scopes: Vec::new() };
        for entry in &entries.0 {
            check_token(&entry.name, &entry.key, cx);
            let raw = entry.value.as_ref();
            let renamed_to = raw.and_then(|raw| raw.renamed_to.as_ref());
            let kind = if let Some(target) = renamed_to {
                Kind::Alias { target: target.value.0.clone() }
            } else {
                let index = ScopeIndex(u16::try_from(names.scopes.len()).unwrap_or(u16::MAX));
                names.scopes.push(entry.name.clone());
                let status =
                    raw.and_then(|raw| raw.status.as_ref()).map_or(Status::Stable, |status| status.value);
                let note = raw.and_then(|raw| raw.deprecated_note.as_ref()).map(|note| note.value.0.clone());
                Kind::Scope { index, status, note }
            };
            names.declared.insert(entry.name.clone(), Standing { key: entry.key.clone(), kind });
            if names.scopes.len() == MOST_SCOPES + 1 {
                let message = format!("more than {MOST_SCOPES} scopes are declared");
                let finding = Diagnostic::new(Code::InvalidValue, message, entry.key.clone(), "one too many");
                cx.report(
                    finding.help("split the policy, or name kinds of access rather than single objects"),
                );
            }
        }
        names
    }

    /// Whether there are more scopes than a policy can hold, which is reported.
    pub(crate) fn is_too_many(&self) -> bool {
        self.scopes.len() > MOST_SCOPES
    }

    /// The name of a scope of this policy.
    pub(crate) fn name_of(&self, scope: ScopeIndex) -> &str {
        self.scopes.get(usize::from(scope.0)).map_or("", String::as_str)
    }

    /// The scopes that are no aliases, in the order of the file.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    /// Whether something is declared with this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.declared.contains_key(name)
    }

    /// The name that is not an alias: the one written, or the one an alias stands for.
    pub(crate) fn current<'n>(&'n self, name: &'n str) -> &'n str {
        match self.declared.get(name).map(|standing| &standing.kind) {
            Some(Kind::Alias { target }) => target,
            _ => name,
        }
    }

    /// Looks a name up, and reports it if it is unknown, not to be used like this, or an alias.
    pub(crate) fn resolve(
        &self,
        name: &Spanned<String>,
        usage: Use,
        cx: &mut Context<'_>,
    ) -> Option<ScopeIndex> {
        let Some(standing) = self.declared.get(&name.value) else {
            self.report_unknown(name, cx);
            return None;
        };
        match &standing.kind {
            Kind::Scope { index, status, note } => {
                report_status(name, usage, (*status, note.as_deref(), &standing.key), cx);
                Some(*index)
            }
            Kind::Alias { target } if usage == Use::Renamed => {
                let message = format!("`{}` is itself renamed to `{target}`", name.value);
                let finding =
                    Diagnostic::new(Code::InvalidValue, message, name.span.clone(), "an old name too")
                        .also(standing.key.clone(), "renamed here")
                        .help("let every old name stand for the current one");
                cx.report(finding.suggest(name.span.clone(), quoted(self.current(target))));
                None
            }
            Kind::Alias { target } => {
                let finding = Diagnostic::new(
                    Code::AliasUsed,
                    format!("`{}` is an old name of `{target}`", name.value),
                    name.span.clone(),
                    "renamed",
                )
                .also(standing.key.clone(), "renamed here")
                .help(format!("write `{target}`"))
                .suggest_as(
                    name.span.clone(),
                    quoted(target),
                    Applicability::MachineApplicable,
                );
                cx.report(finding);
                match self.declared.get(target).map(|standing| (&standing.key, &standing.kind)) {
                    Some((key, Kind::Scope { index, status, note })) => {
                        let target = Spanned::new(target.clone(), name.span.clone());
                        report_status(&target, usage, (*status, note.as_deref(), key), cx);
                        Some(*index)
                    }
                    // Reported where the alias is declared.
                    _ => None,
                }
            }
        }
    }

    /// Looks up every name of a list; a name that stands there twice is reported, and counts once.
    pub(crate) fn resolve_all(
        &self,
        names: &[Spanned<String>],
        usage: Use,
        cx: &mut Context<'_>,
    ) -> Vec<(ScopeIndex, Span)> {
        let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
        let mut found: Vec<(ScopeIndex, Span)> = Vec::new();
        for name in names {
            if let Some(first) = seen.insert(&name.value, &name.span) {
                let message = format!("`{}` stands in this list twice", name.value);
                let finding =
                    Diagnostic::new(Code::DuplicateDeclaration, message, name.span.clone(), "again here")
                        .also(first.clone(), "first here")
                        .help("leave one of the two out");
                cx.report(finding);
                continue;
            }
            if let Some(index) = self.resolve(name, usage, cx)
                && found.iter().all(|(other, _)| *other != index)
            {
                found.push((index, name.span.clone()));
            }
        }
        found
    }

    fn report_unknown(&self, name: &Spanned<String>, cx: &mut Context<'_>) {
        let declared = || self.declared.keys().map(String::as_str);
        let message = format!("no scope is called `{}`", name.value);
        let finding =
            Diagnostic::new(Code::UnknownScope, message, name.span.clone(), "not declared under `[scopes]`");
        let finding = match nearest(&name.value, declared(), &mut cx.budget) {
            Some(near) => finding
                .help(format!("`{near}` is declared"))
                .suggest(name.span.clone(), quoted(self.current(near))),
            None => finding.help(format!("the declared scopes are {}", listed(self.scopes()))),
        };
        cx.report(
            finding.help(format!("or declare it: `[scopes.{}]` with what it `grants`", quoted(&name.value))),
        );
    }
}

fn report_status(
    name: &Spanned<String>,
    usage: Use,
    (status, note, key): (Status, Option<&str>, &Span),
    cx: &mut Context<'_>,
) {
    let Spanned { value, span } = name;
    let label = format!("its `status` is `{}`", status.as_str());
    let finding = if !status.is_live() {
        let message =
            format!("`{value}` is {} and can't be {}", status.as_str().replace('-', " "), usage.as_str());
        Diagnostic::new(Code::ScopeNotLive, message, span.clone(), label)
    } else if status == Status::Deprecated && matches!(usage, Use::Required | Use::Noted) {
        Diagnostic::new(Code::DeprecatedScope, format!("`{value}` is deprecated"), span.clone(), label)
    } else {
        return;
    };
    let finding = match (note, status) {
        (Some(note), _) => finding.help(format!("its `deprecated_note` says: `{note}`")),
        (None, Status::Planned | Status::UnderReview) => {
            finding.help("set its `status` to `beta` or `stable` once it works, or name another scope")
        }
        (None, _) => finding.help("name the scope that takes its place"),
    };
    cx.report(finding.also(key.clone(), "declared here"));
}

/// RFC 6749 section 3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
fn check_token(name: &str, key: &Span, cx: &mut Context<'_>) {
    let is_allowed =
        |character: &char| matches!(*character, '\u{21}' | '\u{23}'..='\u{5B}' | '\u{5D}'..='\u{7E}');
    let Some(wrong) = name.chars().find(|character| !is_allowed(character)) else {
        if name.is_empty() {
            let finding =
                Diagnostic::new(Code::InvalidScopeToken, "a scope has an empty name", key.clone(), "empty");
            cx.report(finding.help("give it a name, such as `resource:read`"));
        }
        return;
    };
    let shown = match wrong {
        ' ' => "a blank".to_owned(),
        '"' | '\\' => format!("`{wrong}`"),
        _ if wrong.is_ascii_graphic() || wrong.is_alphanumeric() => format!("`{wrong}`"),
        _ => format!("the character U+{:04X}", u32::from(wrong)),
    };
    let message = format!("`{}` holds {shown}, which no scope can hold", printable(name));
    let finding =
        Diagnostic::new(Code::InvalidScopeToken, message, key.clone(), "not a scope token of RFC 6749")
            .help("use printable ASCII without blanks, `\"` and `\\` (RFC 6749 section 3.3)");
    // A letter has no stand-in.
    if name.chars().any(|character| !is_allowed(&character) && character.is_alphanumeric()) {
        cx.report(finding);
        return;
    }
    let mended: String =
        name.chars().map(|character| if is_allowed(&character) { character } else { '-' }).collect();
    cx.report(finding.suggest(key.clone(), quoted(&mended)));
}

/// The text with its control characters escaped.
fn printable(text: &str) -> String {
    let shown = |character: char| {
        if character.is_control() { character.escape_default().to_string() } else { character.to_string() }
    };
    text.chars().map(shown).collect()
}
