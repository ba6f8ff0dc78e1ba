//! The module before it is printed: every name, literal and order decided.

use super::body::{DenialView, Helpers, denial_views};
use super::text::{TsDoc, TsExpression, TsKey, TsLine, TsString, TsType};
use askama::Template;
use scopewright_model::core::{ModeIndex, ScopeEnforcement, ScopeIndex, Status, Verdict};
use scopewright_model::policy::{AuthMode, CredentialKind, RouteStatus, Scope};
use scopewright_model::{Decision, McpKind, McpOperation, Operation, Plan, Policy, generated_marker};

/// The whole module.
#[derive(Template)]
#[template(path = "typescript/scopes.ts")]
pub struct ClientModule {
    marker: TsLine,
    title: TsDoc,
    scopes: Vec<ScopeView>,
    /// The scopes whose metadata is published.
    published: TsType,
    statuses: TsType,
    aliases: Vec<EntryView>,
    mode_names: TsType,
    modes: Vec<EntryView>,
    has_together: bool,
    bundle_names: TsType,
    bundles: Vec<EntryView>,
    operation_ids: TsType,
    operations: Vec<OperationView>,
    mcp: Vec<McpView>,
    denials: Vec<DenialView>,
    helpers: Helpers,
}

/// A scope.
struct ScopeView {
    doc: TsDoc,
    variant: TsKey,
    name: TsString,
    key: TsKey,
    /// None for hidden scopes.
    info: Option<TsExpression>,
    closure: TsExpression,
}

/// A key and what stands behind it.
struct EntryView {
    doc: TsDoc,
    key: TsKey,
    value: TsExpression,
}

/// What of MCP servers is of one kind.
struct McpView {
    /// What one is called in comments.
    noun: &'static str,
    /// What its name is called in comments.
    called: &'static str,
    /// The type of its name.
    name_type: &'static str,
    /// The constant with all of them.
    table: &'static str,
    /// The function that answers.
    function: &'static str,
    names: TsType,
    offered: Vec<OfferedView>,
}

/// A tool, a prompt or a resource.
struct OfferedView {
    key: TsKey,
    anonymous: bool,
    modes: Vec<EntryView>,
    may_require: Option<TsExpression>,
}

/// An operation.
struct OperationView {
    key: TsKey,
    method: TsString,
    path: TsString,
    status: Option<TsString>,
    anonymous: bool,
    modes: Vec<EntryView>,
    may_require: Option<TsExpression>,
}

impl ClientModule {
    /// Everything the module says about a plan, for the file at `path`.
    pub fn from_plan(plan: &Plan, path: &str) -> Self {
        let policy = &plan.policy;
        let denials = denial_views(policy);
        Self {
            marker: TsLine::new(&generated_marker(&policy.file.file, path)),
            title: TsDoc::new("", [format!("The scopes of {}.", policy.api.title).as_str()]),
            scopes: policy.scopes.iter().map(|scope| scope_view(policy, scope)).collect(),
            published: published_type(policy),
            statuses: TsType::literals(Status::ALL.map(Status::as_str)),
            aliases: policy
                .aliases
                .iter()
                .map(|alias| EntryView {
                    doc: TsDoc::new("  ", [format!("Accepted until {}.", alias.until).as_str()]),
                    key: TsKey::new(&alias.name),
                    value: TsExpression::string(&policy.scope(alias.target).name),
                })
                .collect(),
            mode_names: TsType::literals(policy.modes.iter().map(|mode| mode.name.as_str())),
            modes: policy.modes.iter().map(|mode| mode_view(policy, mode)).collect(),
            has_together: policy.modes.iter().any(|mode| !mode.credential.members().is_empty()),
            bundle_names: TsType::literals(policy.bundles.iter().map(|bundle| bundle.name.as_str())),
            bundles: bundle_views(policy),
            operation_ids: TsType::literals(
                plan.operations.iter().map(|operation| operation.operation_id.as_str()),
            ),
            operations: plan.operations.iter().map(|operation| operation_view(policy, operation)).collect(),
            mcp: McpKind::ALL.into_iter().filter_map(|kind| mcp_view(plan, kind)).collect(),
            helpers: Helpers::of(&denials),
            denials,
        }
    }
}

fn published_type(policy: &Policy) -> TsType {
    let hidden: Vec<&str> =
        policy.scopes.iter().filter(|scope| scope.hidden).map(|scope| scope.name.as_str()).collect();
    let all = "Scope".to_owned();
    TsType(if hidden.is_empty() { all } else { format!("Exclude<{all}, {}>", TsType::literals(hidden)) })
}

fn names(policy: &Policy, scopes: &[ScopeIndex]) -> TsExpression {
    TsExpression::strings(scopes.iter().map(|scope| policy.scope(*scope).name.as_str()))
}

fn scope_view(policy: &Policy, scope: &Scope) -> ScopeView {
    let note = scope.deprecated_note.as_deref();
    let doc = match scope.status {
        Status::Deprecated => TsDoc::deprecated("  ", &scope.grants, note),
        Status::Removed => TsDoc::deprecated("  ", &scope.grants, note.or(Some("No longer granted."))),
        Status::Planned | Status::UnderReview => TsDoc::new(
            "  ",
            [format!("{} ({}: can't be granted yet.)", scope.grants, scope.status.as_str()).as_str()],
        ),
        Status::Stable | Status::Beta => TsDoc::new("  ", [scope.grants.as_str()]),
    };
    let optional = [("group", &scope.group), ("risk", &scope.risk), ("note", &scope.deprecated_note)];
    let info = [
        ("grants", TsExpression::string(&scope.grants)),
        ("status", TsExpression::string(scope.status.as_str())),
        ("implies", names(policy, &scope.implies)),
    ]
    .into_iter()
    .chain(
        optional.into_iter().filter_map(|(key, text)| Some((key, TsExpression::string(text.as_deref()?)))),
    );
    ScopeView {
        doc,
        variant: TsKey::new(&scope.variant),
        name: TsString::new(&scope.name),
        key: TsKey::new(&scope.name),
        info: (!scope.hidden).then(|| TsExpression::object(info)),
        // What can't be granted gives nothing.
        closure: names(policy, if scope.status.is_live() { &scope.closure } else { &[] }),
    }
}

fn mode_view(policy: &Policy, mode: &AuthMode) -> EntryView {
    let assurance = mode.assurance.as_deref();
    let upgrades = mode.upgrades.map(|base| policy.mode(base).name.as_str());
    let scopes = match mode.enforcement {
        ScopeEnforcement::Enforced => "enforced",
        ScopeEnforcement::Skipped => "skipped",
    };
    EntryView {
        doc: TsDoc::new("  ", mode.description.as_deref()),
        key: TsKey::new(&mode.name),
        value: TsExpression::object(
            [("scopes", TsExpression::string(scopes)), ("credential", credential(policy, &mode.credential))]
                .into_iter()
                .chain(assurance.map(|assurance| ("assurance", TsExpression::string(assurance))))
                .chain(upgrades.map(|base| ("upgrades", TsExpression::string(base)))),
        ),
    }
}

fn credential(policy: &Policy, credential: &CredentialKind) -> TsExpression {
    let text = TsExpression::string;
    let named = |kind, name: &str, prefix: Option<&String>| {
        let prefix = prefix.map(|prefix| ("prefix", text(prefix)));
        TsExpression::object([("kind", text(kind)), ("name", text(name))].into_iter().chain(prefix))
    };
    match credential {
        CredentialKind::ApiKeyHeader { name, prefix } => named("header", name, prefix.as_ref()),
        CredentialKind::ApiKeyQuery { name } => named("query", name, None),
        CredentialKind::ApiKeyCookie { name } => named("cookie", name, None),
        CredentialKind::Bearer { prefix, .. } => {
            let prefix = prefix.as_deref().map(|prefix| ("prefix", text(prefix)));
            TsExpression::object([("kind", text("bearer"))].into_iter().chain(prefix))
        }
        CredentialKind::OAuth2 { .. } | CredentialKind::OpenIdConnect { .. } => {
            TsExpression::object([("kind", text("bearer"))])
        }
        CredentialKind::MutualTls => TsExpression::object([("kind", text("mutual-tls"))]),
        CredentialKind::Together(members) => {
            let members = members.iter().map(|member| policy.mode(*member).name.as_str());
            TsExpression::object([("kind", text("together")), ("modes", TsExpression::strings(members))])
        }
    }
}

fn bundle_views(policy: &Policy) -> Vec<EntryView> {
    policy
        .bundles
        .iter()
        .map(|bundle| EntryView {
            doc: TsDoc::new("  ", [bundle.description.as_deref().unwrap_or(&bundle.title)]),
            key: TsKey::new(&bundle.name),
            value: TsExpression::object([
                ("title", TsExpression::string(&bundle.title)),
                ("scopes", names(policy, &bundle.scopes)),
            ]),
        })
        .collect()
}

fn operation_view(policy: &Policy, operation: &Operation) -> OperationView {
    OperationView {
        key: TsKey::new(&operation.operation_id),
        method: TsString::new(operation.method.as_str()),
        path: TsString::new(&operation.path.to_string()),
        status: (operation.status != RouteStatus::Stable).then(|| TsString::new(operation.status.as_str())),
        anonymous: operation.verdict(policy, None) == Verdict::Allowed,
        modes: mode_views(policy, |mode| operation.for_mode(mode)),
        may_require: notes(policy, &operation.may_require),
    }
}

fn mcp_view(plan: &Plan, kind: McpKind) -> Option<McpView> {
    let (called, name_type, table, function) = match kind {
        McpKind::Tool => ("name", "ToolName", "TOOLS", "isToolAllowed"),
        McpKind::Prompt => ("name", "PromptName", "PROMPTS", "isPromptAllowed"),
        McpKind::Resource => {
            ("URI, or the template of URIs,", "ResourceUri", "RESOURCES", "isResourceAllowed")
        }
    };
    let names = TsType::literals(plan.mcp_of(kind).map(|offered| offered.name.as_str()));
    let offered: Vec<_> = plan.mcp_of(kind).map(|offered| offered_view(&plan.policy, offered)).collect();
    let view = McpView { noun: kind.as_str(), called, name_type, table, function, names, offered };
    (!view.offered.is_empty()).then_some(view)
}

fn offered_view(policy: &Policy, offered: &McpOperation) -> OfferedView {
    OfferedView {
        key: TsKey::new(&offered.name),
        anonymous: offered.verdict(policy, None) == Verdict::Allowed,
        modes: mode_views(policy, |mode| offered.for_mode(mode)),
        may_require: notes(policy, &offered.may_require),
    }
}

/// What each mode must bring.
fn mode_views<'d>(policy: &Policy, for_mode: impl Fn(ModeIndex) -> &'d Decision) -> Vec<EntryView> {
    let modes = policy.modes_indexed().map(|(index, mode)| EntryView {
        doc: TsDoc::new("", []),
        key: TsKey::new(&mode.name),
        value: decision(policy, stated(mode, for_mode(index))),
    });
    modes.collect()
}

/// What holds of a credential by itself: one that is only a part of another is not valid, and does where none is needed.
fn stated<'d>(mode: &AuthMode, decision: &'d Decision) -> &'d Decision {
    if mode.alone || matches!(decision, Decision::Public { .. }) { decision } else { &Decision::Refused }
}

/// The scopes that may be asked for as well.
fn notes(policy: &Policy, may_require: &[(ScopeIndex, String)]) -> Option<TsExpression> {
    let notes = may_require.iter().map(|(scope, when)| {
        TsExpression::object([
            ("scope", TsExpression::string(&policy.scope(*scope).name)),
            ("when", TsExpression::string(when)),
        ])
    });
    (!may_require.is_empty()).then(|| TsExpression::array(notes))
}

fn decision(policy: &Policy, decision: &Decision) -> TsExpression {
    let kind = ("kind", TsExpression::string(decision.word()));
    match decision {
        Decision::Scoped(any_of) => {
            let any_of = TsExpression::array(any_of.iter().map(|all_of| names(policy, all_of)));
            TsExpression::object([kind, ("anyOf", any_of)])
        }
        Decision::Public { .. }
        | Decision::Authenticated
        | Decision::OptionalAuth
        | Decision::Refused
        | Decision::Deferred { .. } => TsExpression::object([kind]),
    }
}
