//! `cargo scopes list`: the scopes, bundles, modes and endpoints of a policy.

use super::compile;
use crate::args::Common;
use crate::endpoint::{COLUMNS, Endpoint, endpoints};
use crate::offered::{OfferedLine, headings, offered};
use crate::output::{note, result};
use crate::project::{Project, Unnamed};
use crate::report::Stream;
use crate::status::Status;
use crate::table::Style;
use anyhow::Result;
use clap::ValueEnum;
use scopewright_compiler::Outcome;
use scopewright_model::core::{ScopeEnforcement, ScopeIndex, UnknownNames};
use scopewright_model::policy::{AuthMode, Bundle};
use scopewright_model::{Decision, McpKind, Plan, Policy};
use serde_json::{Value, json};

/// List scopes, bundles, auth modes and endpoints.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For reading.
    #[default]
    Table,
    /// One object.
    Json,
    /// Tables for a document.
    Markdown,
}

pub fn run(common: &Common, args: &Args) -> Result<Status> {
    let project = Project::find(common, Unnamed::Services)?;
    let compiled = compile(&project, &[]);
    for (_, outcome) in &compiled.outcomes {
        if let Some(plan) = &outcome.plan {
            let list = List { plan, endpoints: endpoints(outcome), offered: offered(outcome) };
            result(&match args.format {
                Format::Table => list.sections(Style::Aligned),
                Format::Json => format!("{}\n", list.to_json()),
                Format::Markdown => list.sections(Style::Markdown),
            })?;
        }
    }
    let lacks_plan = |(_, outcome): &(_, Outcome)| outcome.plan.is_none();
    if compiled.outcomes.iter().any(lacks_plan) {
        compiled.report(common.message_format, Stream::Note)?;
    } else if let Some(findings) = compiled.counted() {
        note(&format!(
            "found {findings}; `cargo scopes check{}` shows them\n",
            super::same_arguments(common)
        ));
    }
    Ok(compiled.status())
}

/// What is listed of one service.
struct List<'o> {
    plan: &'o Plan,
    endpoints: Vec<Endpoint>,
    offered: Vec<OfferedLine>,
}

impl List<'_> {
    fn sections(&self, style: Style) -> String {
        let policy = &self.plan.policy;
        let scopes: Vec<[String; 5]> = policy
            .scopes_indexed()
            .map(|(index, scope)| {
                [
                    scope.name.clone(),
                    scope.status.as_str().to_owned(),
                    names(policy, &scope.implies).join(", "),
                    self.endpoint_count(index).to_string(),
                    scope.grants.clone(),
                ]
            })
            .collect();
        let bundles: Vec<[String; 3]> = policy
            .bundles
            .iter()
            .map(|bundle| {
                [bundle.name.clone(), names(policy, &bundle.scopes).join(", "), bundle.title.clone()]
            })
            .collect();
        let modes: Vec<[String; 3]> = policy
            .modes
            .iter()
            .map(|mode| [mode.name.clone(), described_kind(policy, mode), enforcement(mode)])
            .collect();
        let endpoints: Vec<[String; 5]> = self.endpoints.iter().map(Endpoint::to_row).collect();
        let of_mcp = McpKind::ALL.map(|kind| {
            let (title, columns) = headings(kind);
            let of_kind = self.offered.iter().filter(|line| line.is(kind));
            style.section(title, columns, &of_kind.map(OfferedLine::to_row).collect::<Vec<_>>())
        });
        let sections = [
            style.section("Scopes", ["SCOPE", "STATUS", "IMPLIES", "ENDPOINTS", "GRANTS"], &scopes),
            style.section("Bundles", ["BUNDLE", "SCOPES", "TITLE"], &bundles),
            style.section("Auth modes", ["MODE", "TYPE", "SCOPES"], &modes),
            style.section("Endpoints", COLUMNS, &endpoints),
        ];
        sections.into_iter().chain(of_mcp).flatten().collect::<Vec<_>>().join("\n")
    }

    /// The stable form of `cargo scopes list --format json`.
    fn to_json(&self) -> Value {
        let policy = &self.plan.policy;
        let scopes: Vec<Value> = policy
            .scopes_indexed()
            .map(|(index, scope)| {
                let holds = |bundle: &&Bundle| bundle.scopes.contains(&index);
                let bundles: Vec<&str> =
                    policy.bundles.iter().filter(holds).map(|bundle| bundle.name.as_str()).collect();
                json!({
                    "name": scope.name,
                    "variant": scope.variant,
                    "grants": scope.grants,
                    "status": scope.status.as_str(),
                    "audit": scope.audit,
                    "implies": names(policy, &scope.implies),
                    "closure": names(policy, &scope.closure),
                    "bundles": bundles,
                    "endpoints": self.endpoint_count(index),
                })
            })
            .collect();
        let bundles: Vec<Value> = policy
            .bundles
            .iter()
            .map(|bundle| {
                json!({
                    "name": bundle.name,
                    "title": bundle.title,
                    "description": bundle.description,
                    "scopes": names(policy, &bundle.scopes),
                })
            })
            .collect();
        let modes: Vec<Value> = policy
            .modes
            .iter()
            .map(|mode| {
                json!({
                    "name": mode.name,
                    "variant": mode.variant,
                    "type": kind(mode),
                    "description": mode.description,
                    "scopes": match mode.enforcement {
                        ScopeEnforcement::Enforced => "enforced",
                        ScopeEnforcement::Skipped => "skipped",
                    },
                    "skipped_because": mode.skipped_because,
                    "unknown_scopes": unknown_scopes(mode),
                    "assurance": mode.assurance,
                    "upgrades": mode.upgrades.map(|base| policy.mode(base).name.as_str()),
                    "max_age": mode.max_age,
                    "together": mode
                        .credential
                        .members()
                        .iter()
                        .map(|member| policy.mode(*member).name.as_str())
                        .collect::<Vec<_>>(),
                    "alone": mode.alone,
                })
            })
            .collect();
        let endpoints: Vec<Value> = self.endpoints.iter().map(Endpoint::to_json).collect();
        let of_kind = |kind| {
            let of_kind = self.offered.iter().filter(|line| line.is(kind));
            of_kind.map(OfferedLine::to_json).collect::<Vec<Value>>()
        };
        json!({
            "scopes": scopes,
            "bundles": bundles,
            "modes": modes,
            "endpoints": endpoints,
            "tools": of_kind(McpKind::Tool),
            "prompts": of_kind(McpKind::Prompt),
            "resources": of_kind(McpKind::Resource),
        })
    }

    /// How many endpoints name the scope in a requirement.
    fn endpoint_count(&self, scope: ScopeIndex) -> usize {
        let names_it =
            |decision: &Decision| decision.alternatives().iter().flatten().any(|named| *named == scope);
        let operations = self.plan.operations.iter();
        operations
            .filter(|operation| operation.by_mode.values().chain([&operation.otherwise]).any(names_it))
            .count()
    }
}

fn names(policy: &Policy, scopes: &[ScopeIndex]) -> Vec<String> {
    scopes.iter().map(|scope| policy.scope(*scope).name.clone()).collect()
}

fn kind(mode: &AuthMode) -> &'static str {
    use scopewright_model::policy::CredentialKind as Kind;
    match mode.credential {
        Kind::ApiKeyHeader { .. } | Kind::ApiKeyQuery { .. } | Kind::ApiKeyCookie { .. } => "api-key",
        Kind::Bearer { .. } => "bearer",
        Kind::OAuth2 { .. } => "oauth2",
        Kind::OpenIdConnect { .. } => "openid-connect",
        Kind::MutualTls => "mutual-tls",
        Kind::Together(_) => "together",
    }
}

fn described_kind(policy: &Policy, mode: &AuthMode) -> String {
    let upgrade = mode.upgrades.map(|base| format!(", upgrades {}", policy.mode(base).name));
    let members = mode.credential.members().iter().map(|member| policy.mode(*member).name.as_str());
    let members = members.collect::<Vec<_>>().join(" and ");
    let members = if members.is_empty() { members } else { format!(": {members}") };
    let part = if mode.alone { "" } else { ", not by itself" };
    format!("{}{members}{}{part}", kind(mode), upgrade.unwrap_or_default())
}

/// The answer to what becomes of unknown scopes, where it was asked for.
fn unknown_scopes(mode: &AuthMode) -> Option<&'static str> {
    (mode.enforcement == ScopeEnforcement::Enforced).then_some(match mode.unknown_scopes {
        UnknownNames::Deny => "deny",
        UnknownNames::Ignore => "ignore",
    })
}

fn enforcement(mode: &AuthMode) -> String {
    match (mode.enforcement, &mode.skipped_because) {
        (ScopeEnforcement::Enforced, _) => match mode.unknown_scopes {
            UnknownNames::Deny => "enforced, unknown ones denied".to_owned(),
            UnknownNames::Ignore => "enforced, unknown ones ignored".to_owned(),
        },
        (ScopeEnforcement::Skipped, Some(reason)) => format!("skipped: {reason}"),
        (ScopeEnforcement::Skipped, None) => "skipped".to_owned(),
    }
}
