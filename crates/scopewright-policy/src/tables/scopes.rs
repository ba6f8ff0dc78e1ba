//! `[scopes."NAME"]`: scopes, and old names of scopes.

use super::auth::find_mode;
use super::groups;
use crate::context::Context;
use crate::generated_names::GeneratedNames;
use crate::implications::{self, Edge, Implications};
use crate::raw::shape::Rule;
use crate::raw::{
    Date, Entries, Entry, Field, List, Named, Node, Pattern, Raw, Text, ValueShape, quoted, raw_table,
    raw_words,
};
use crate::scope_names::{ScopeNames, Use};
use scopewright_model::core::ScopeIndex;
use scopewright_model::core::naming::variant_name;
use scopewright_model::policy::{Alias, AuthMode, Scope, ScopeFormat, Status};
use scopewright_model::{Code, Diagnostic, Spanned};
use toml::de::DeValue;

raw_table! {
    /// A scope, or an old name of one.
    RawScope {
        /// What the scope opens, as a sentence for docs.
        grants: Optional Text = "grants", "\"Read vehicles.\"";
        /// Scopes held together with this one.
        implies: Optional List<Text> = "implies", "[\"vehicles:read\"]";
        /// The life of the scope; `stable` unless it is said.
        status: Optional Status = "status", "\"planned\"";
        /// What to use instead of a deprecated or removed scope.
        deprecated_note: Optional Text = "deprecated_note", "\"use vehicles:read\"";
        /// The group under which docs show it.
        group: Optional Text = "group", "\"vehicles\"";
        /// How much harm it can do in wrong hands.
        risk: Optional Risk = "risk", "\"high\"";
        /// Who answers for it.
        owner: Optional Text = "owner", "\"fleet team\"";
        /// Whether docs and metadata leave it out.
        hidden: Optional bool = "hidden", "true";
        /// Whether each call it lets in is given to the service's audit hook before the handler runs.
        audit: Optional bool = "audit", "true";
        /// The name in generated code, where the one made of the scope's name won't do.
        variant: Optional Variant = "variant", "\"VehiclesRead\"";
        /// Auth modes in which an administrator, not the user, consents to it.
        admin_consent: Optional List<Text> = "admin_consent", "[\"oauth2\"]";
        /// The current name: this one is an old name of that scope.
        renamed_to: Optional CurrentName = "renamed_to", "\"vehicles:read\"";
        /// The last day on which the old name is accepted.
        until: Optional Date = "until", "\"2027-06-30\"";
    }
    rules [&[
        Rule::AtLeastOne(&["grants", "renamed_to"], "needs `grants`, what the scope opens"),
        Rule::Needs { key: "renamed_to", word: "", needs: &["until"] },
        Rule::Beside { keys: &["until"], others: &["renamed_to"] },
        Rule::Only { keys: &["deprecated_note"], with: "status", words: &["deprecated", "removed"] },
        Rule::Never {
            keys: &[
                "grants", "implies", "status", "deprecated_note", "group", "risk", "owner", "hidden", "audit", "variant",
                "admin_consent",
            ],
            without: "renamed_to",
        },
    ]]
}

impl Named for RawScope {
    // RFC 6749 section 3.3, written so that every engine of JSON Schema reads it.
    const NAMES: &'static str = r"^[!#-\[\]-~]+$";
}

raw_words! {
    Status {
        "stable" => Status::Stable, "In use.";
        "beta" => Status::Beta, "In use, may change.";
        "planned" => Status::Planned, "Announced: can be neither required nor granted.";
        "under-review" => Status::UnderReview, "Being discussed: can be neither required nor granted.";
        "deprecated" => Status::Deprecated, "In use, going away: warns.";
        "removed" => Status::Removed, "Gone: requiring it is an error.";
    }
}

/// `risk`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Risk(&'static str);

raw_words! {
    Risk {
        "low" => Risk("low"), "Little harm.";
        "medium" => Risk("medium"), "Some harm.";
        "high" => Risk("high"), "Much harm.";
    }
}

/// `variant`: the name of an enum variant.
#[derive(Debug)]
pub(crate) struct Variant(String);

impl Pattern for Variant {
    const PATTERN: &'static str = "^[A-Z][A-Za-z0-9]*$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        if text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric())
        {
            return Ok(Self(text.to_owned()));
        }
        let help = match variant_name(text) {
            name if name.is_empty() => "use ASCII letters and digits and begin with a capital".to_owned(),
            name => format!("use ASCII letters and digits and begin with a capital, as in `{name}`"),
        };
        Err((format!("can't be the name of a variant: `{text}`"), help))
    }
}

/// `renamed_to`: one name.
#[derive(Debug)]
pub(crate) struct CurrentName(pub(crate) String);

impl Raw for CurrentName {
    const SHAPE: ValueShape = Text::SHAPE;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        if let DeValue::Array(names) = node.value {
            // An old name is the same scope under another name. One that became several is a scope of its own.
            let names = names.iter().filter_map(|name| name.get_ref().as_str()).map(quoted);
            let names = names.collect::<Vec<_>>().join(", ");
            let help = format!(
                "a scope that became several stays one until it is removed: in the place of `renamed_to` and `until` \
                 write what it `grants`, `status = \"deprecated\"` and `implies = [{names}]`"
            );
            node.wrong_kind("one name", &help, cx);
            return None;
        }
        Text::read(node, cx).map(|Text(name)| Self(name))
    }
}

/// What a scope's keys are checked against.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) names: &'a ScopeNames,
    pub(crate) modes: &'a [AuthMode],
    pub(crate) format: Option<ScopeFormat>,
    pub(crate) orders: Vec<Edge>,
}

/// `[scopes.*]`, checked: the scopes, each with the place of its `group`, and the old names.
pub(crate) fn check(
    entries: Entries<RawScope>,
    surroundings: Surroundings<'_>,
    cx: &mut Context<'_>,
) -> (Vec<groups::Grouped>, Vec<Alias>) {
    let Surroundings { names, modes, format, orders: mut edges } = surroundings;
    let (aliases, scopes): (Vec<_>, Vec<_>) = entries
        .0
        .into_iter()
        .partition(|entry| entry.value.as_ref().is_some_and(|raw| raw.renamed_to.is_some()));
    let mut variants = GeneratedNames::new("scope", "set `variant = \"..\"` for");
    let variants: Vec<String> = scopes.iter().map(|entry| variant(entry, &mut variants, cx)).collect();
    for (index, entry) in (0..=u16::MAX).map(ScopeIndex).zip(&scopes) {
        if let Some(format) = format {
            super::scope_format::check(format, entry, cx);
        }
        edges.extend(implied(index, entry, names, cx));
    }
    if names.is_too_many() {
        return (Vec::new(), Vec::new());
    }
    let Implications { direct, closure } = implications::follow(&implications::names_of(&scopes), &edges, cx);
    let aliases = aliases.into_iter().filter_map(|entry| check_alias(entry, names, cx)).collect();
    let scopes = scopes
        .into_iter()
        .zip(variants)
        .zip(direct.into_iter().zip(closure))
        .map(|((entry, variant), (implies, closure))| {
            let scope = Scope {
                name: entry.name,
                variant,
                span: entry.span,
                grants: String::new(),
                status: Status::Stable,
                implies,
                closure,
                group: None,
                risk: None,
                owner: None,
                hidden: false,
                audit: false,
                deprecated_note: None,
                admin_consent: Vec::new(),
            };
            fill(scope, entry.value, modes, cx)
        })
        .collect();
    (scopes, aliases)
}

/// The rest of a scope's keys.
fn fill(
    mut scope: Scope,
    raw: Option<RawScope>,
    modes: &[AuthMode],
    cx: &mut Context<'_>,
) -> groups::Grouped {
    let Some(raw) = raw else { return (scope, None) };
    scope.grants = text(raw.grants).unwrap_or_default();
    scope.status = raw.status.map_or(Status::Stable, |status| status.value);
    scope.deprecated_note = text(raw.deprecated_note);
    scope.risk = raw.risk.map(|risk| risk.value.0.to_owned());
    scope.owner = text(raw.owner);
    scope.hidden = raw.hidden.is_some_and(|hidden| hidden.value);
    scope.audit = raw.audit.is_some_and(|audit| audit.value);
    let consent = raw.admin_consent.map(|list| list.value.0).unwrap_or_default();
    scope.admin_consent = consent.into_iter().filter_map(|name| find_mode(&plain(name), modes, cx)).collect();
    let place = raw.group.as_ref().map(|group| group.span.clone());
    scope.group = text(raw.group);
    (scope, place)
}

fn text(field: Option<Field<Text>>) -> Option<String> {
    field.map(|field| field.value.0)
}

/// A text of a list, without its type.
pub(crate) fn plain(text: Spanned<Text>) -> Spanned<String> {
    Spanned::new(text.value.0, text.span)
}

fn variant(entry: &Entry<RawScope>, variants: &mut GeneratedNames, cx: &mut Context<'_>) -> String {
    let written = entry.value.as_ref().and_then(|raw| raw.variant.as_ref());
    let (name, place) = match written {
        Some(variant) => (variant.value.0.clone(), &variant.span),
        None => (variant_name(&entry.name), &entry.key),
    };
    if name.is_empty() {
        // An empty scope name is reported as such.
        if !entry.name.is_empty() {
            let message =
                format!("no name for generated code can be made of `{}`", entry.name.escape_debug());
            let finding =
                Diagnostic::new(Code::MissingKey, message, place.clone(), "holds no ASCII letter or digit");
            cx.report(finding.help("give it one by `variant = \"..\"`"));
        }
    } else {
        variants.claim(&name, &entry.name, place, cx);
    }
    name
}

fn implied(from: ScopeIndex, entry: &Entry<RawScope>, names: &ScopeNames, cx: &mut Context<'_>) -> Vec<Edge> {
    let listed = entry.value.as_ref().and_then(|raw| raw.implies.as_ref());
    let listed: Vec<Spanned<String>> = listed
        .into_iter()
        .flat_map(|list| &list.value.0)
        .map(|name| Spanned::new(name.value.0.clone(), name.span.clone()))
        .collect();
    let found = names.resolve_all(&listed, Use::Implied, cx);
    found.into_iter().map(|(to, place)| Edge { from, to, place }).collect()
}

/// An old name; none if it does not stand for a scope, which is reported.
fn check_alias(entry: Entry<RawScope>, names: &ScopeNames, cx: &mut Context<'_>) -> Option<Alias> {
    let Entry { name, key, value, span } = entry;
    let raw = value?;
    let target = raw.renamed_to?;
    let place = target.span.clone();
    if target.value.0 == name {
        let message = format!("`{name}` is renamed to itself");
        let finding = Diagnostic::new(Code::InvalidValue, message, place, "the same name");
        cx.report(finding.help("name the current scope, or leave `renamed_to` out and say what it `grants`"));
        return None;
    }
    let target = names.resolve(&Spanned::new(target.value.0, place), Use::Renamed, cx);
    let until = raw.until?;
    if cx.today() > until.value.0.as_str() {
        let message = format!("the old name `{name}` was accepted until {}", until.value.0);
        let finding =
            Diagnostic::new(Code::ExpiredAlias, message, until.span, format!("today is {}", cx.today()))
                .also(key, "the old name")
                .help("take the old name out, or give callers more time by a later day");
        cx.report(finding);
    }
    Some(Alias { name, target: target?, until: until.value.0, span })
}
