//! `[[routes]]`: endpoints whose decision stands in the policy.

use super::Declared;
use super::auth::{Via, find_mode};
use super::decision::{A_DECISION, DECISIONS, Subject, decided_table};
use super::families::Matcher;
use crate::context::Context;
use crate::raw::shape::Rule;
use crate::raw::{Entries, Entry, Field, Many, Named, Pattern, Text, raw_table, raw_words};
use crate::scope_names::Use;
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{DeclaredRoute, RouteStatus};
use scopewright_model::{Code, Diagnostic, MayRequire, ModeRule, ScopeName, ScopeSpelling, Span, Spanned};
use std::collections::BTreeMap;

/// Where a route is decided: by the keys of the table, for single modes, or both.
pub(crate) const SOMEWHERE: &[Rule] = &[
    Rule::AtLeastOne(
        &["requires", "public", "authenticated", "optional_auth", "refused", "deferred", "modes"],
        "decides nothing",
    ),
    Rule::Beside { keys: &["via"], others: DECISIONS },
];

decided_table! {
    /// An endpoint, or a group of endpoints, whose decision stands here.
    RawRoute {
        /// Methods and a path. Without `*` it declares the endpoint; with `*` it decides endpoints found elsewhere.
        matcher: Required Matcher = "match", "\"GET /docs/index.html\"", "\"* /proxy/{*path}\"";
        /// The auth modes the decision is about; all of them unless it is said.
        via: Optional Via = "via", "\"api_key\"", "[\"jwt\", \"session\"]";
        /// Decisions for single auth modes, beside the one for all others.
        modes: Optional Entries<RawModeDecision> = "modes", "{ operator = { authenticated = true } }";
        /// Scopes the handler itself may ask for.
        may_require: Optional Many<RawMayRequire> = "may_require",
            "[{ scope = \"tag:read\", when = \"the body has tags\" }]";
        /// What registers the endpoint where discovery can't follow it: the name that the finding about it gives.
        from: Optional Text = "from", "\"utoipa_swagger_ui::SwaggerUi::new\"";
        /// The name of the operation in documents and clients.
        operation_id: Optional OperationId = "operation_id", "\"getDocs\"";
        /// The life of the endpoint; `stable` unless it is said.
        status: Optional RouteStatus = "status", "\"deprecated\"";
    }
    rules [SOMEWHERE]
}

decided_table! {
    /// The decision for one auth mode.
    RawModeDecision {}
    rules [A_DECISION]
}

impl Named for RawModeDecision {
    const NAMES: &'static str = r"\S";
}

raw_table! {
    /// A need that no table can hold: shown in docs, checked by the handler itself.
    RawMayRequire {
        /// The scope.
        scope: Required Text = "scope", "\"tag:read\"";
        /// When it is needed, in words.
        when: Required Text = "when", "\"the body has tags\"";
    }
    rules []
}

raw_words! {
    RouteStatus {
        "stable" => RouteStatus::Stable, "In use.";
        "preview" => RouteStatus::Preview, "In use, may change.";
        "deprecated" => RouteStatus::Deprecated, "In use, going away.";
    }
}

/// `operation_id`.
#[derive(Debug)]
pub(crate) struct OperationId(String);

impl Pattern for OperationId {
    const PATTERN: &'static str = r"^\S+$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        if text.contains(char::is_whitespace) {
            return Err((
                format!("holds a blank: `{text}`"),
                "write it as one word, as in `getDocs`".to_owned(),
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

/// `[[routes]]`, checked.
pub(crate) fn check(
    routes: Option<Field<Many<RawRoute>>>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<DeclaredRoute> {
    let routes = routes.map(|field| field.value.0).unwrap_or_default();
    routes.into_iter().filter_map(|route| check_route(route, declared, cx)).collect()
}

fn check_route(
    route: Spanned<RawRoute>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Option<DeclaredRoute> {
    let Spanned { value: mut raw, span } = route;
    let (via, modes) = (raw.via.take(), raw.modes.take());
    let rules = check_rules(raw.decision(), via, modes, ("route", declared), cx);
    let may_require = check_notes(raw.may_require, declared, cx);
    let matcher = raw.matcher.map(Field::spanned)?;
    Some(DeclaredRoute {
        matcher: Spanned::new(matcher.value.0, matcher.span),
        rules,
        may_require,
        from: raw.from.map(|from| Spanned::new(from.value.0, from.span)),
        operation_id: raw.operation_id.map(|id| id.value.0),
        status: raw.status.map(|status| status.value).unwrap_or_default(),
        span,
    })
}

/// The rules of one entry: of its own keys, and of single modes. The noun is for messages.
pub(crate) fn check_rules(
    main: super::decision::Decision,
    via: Option<Field<Via>>,
    modes: Option<Field<Entries<RawModeDecision>>>,
    (noun, declared): (&str, Declared<'_>),
    cx: &mut Context<'_>,
) -> Vec<ModeRule> {
    let via = via.map(|via| via.value.check(declared.modes, cx));
    let mut rules = check_main(main, via, declared, cx);
    for entry in modes.into_iter().flat_map(|modes| modes.value.0) {
        let Entry { name, key, value, .. } = entry;
        let Some(mut value) = value else { continue };
        let name = Spanned::new(name, key);
        let Some(mode) = find_mode(&name, declared.modes, cx) else { continue };
        rules.extend(check_main(value.decision(), Some(vec![(mode, name)]), declared, cx));
    }
    report_mode_twice(noun, &rules, cx);
    rules
}

/// The needs that no table can hold.
pub(crate) fn check_notes(
    notes: Option<Field<Many<RawMayRequire>>>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<MayRequire> {
    let notes = notes.map(|notes| notes.value.0).unwrap_or_default();
    notes.into_iter().filter_map(|note| check_note(note.value, declared, cx)).collect()
}

/// The rule for every mode, or one for each that is named.
fn check_main(
    decision: super::decision::Decision,
    via: Option<Vec<(ModeIndex, Spanned<String>)>>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<ModeRule> {
    let modes = declared.with_places(via.as_deref().unwrap_or_default());
    let Some(rule) = decision.check(Subject { captures: None, modes: &modes }, declared, cx) else {
        return Vec::new();
    };
    let for_mode = |via| ModeRule { via, rule: rule.value.clone(), span: rule.span.clone() };
    match via {
        Some(named) => named.into_iter().map(|(_, name)| for_mode(Some(name))).collect(),
        None => vec![for_mode(None)],
    }
}

/// One decision for each mode: `via` may not name one that `modes` decides too.
fn report_mode_twice(noun: &str, rules: &[ModeRule], cx: &mut Context<'_>) {
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    for via in rules.iter().filter_map(|rule| rule.via.as_ref()) {
        let Some(first) = seen.insert(&via.value, &via.span) else { continue };
        let message = format!("the {noun} is decided twice for the mode `{}`", via.value);
        let finding = Diagnostic::new(Code::DuplicateDeclaration, message, via.span.clone(), "again here")
            .also(first.clone(), "first here")
            .help("keep one of the two decisions");
        cx.report(finding);
    }
}

fn check_note(raw: RawMayRequire, declared: Declared<'_>, cx: &mut Context<'_>) -> Option<MayRequire> {
    let scope = raw.scope.map(|scope| Spanned::new(scope.value.0, scope.span))?;
    declared.scopes.resolve(&scope, Use::Noted, cx)?;
    let text = declared.scopes.current(&scope.value).to_owned();
    let scope = ScopeName { text, spelling: ScopeSpelling::Literal, span: scope.span };
    Some(MayRequire { scope, when: raw.when?.value.0 })
}
