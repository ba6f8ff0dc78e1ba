//! The tables behind the enums: closures, the name look-up, modes, routes.

use super::named::{Hex, words};
use super::quote::{RustIdent, RustOptionStr, RustStr};
use super::{bodies, line, lines, put, resource};
use scopewright_model::core::{ModeIndex, ScopeEnforcement, ScopeIndex, UnknownNames, name_slots};
use scopewright_model::policy::{AuthMode, ClaimFormat, CredentialKind, McpLists, Scope};
use scopewright_model::{Decision, Framework, McpKind, Plan, Policy};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn print(out: &mut String, plan: &Plan) {
    let policy = &plan.policy;
    print_catalogue(out, policy);
    print_policy(out, policy);
    print_routes(out, plan);
    for kind in McpKind::ALL {
        print_mcp(out, plan, kind);
    }
}

fn print_catalogue(out: &mut String, policy: &Policy) {
    lines(
        out,
        "

        impl rt::Catalogue for Scope {
            type Set = ScopeSet;
            type Mode = AuthMode;
            type Reason = PublicReason;

        ",
    );
    let scopes = |scopes: &[ScopeIndex]| {
        scopes.iter().map(|scope| variant(policy, *scope)).collect::<Vec<_>>().join(", ")
    };
    line(out, "    const SCOPES: &'static [Self] = &[");
    for scope in &policy.scopes {
        put(out, format_args!("        Self::{},\n", RustIdent::new(&scope.variant)));
    }
    line(out, "    ];");
    line(out, "    const MODES: &'static [AuthMode] = &[");
    for mode in &policy.modes {
        put(out, format_args!("        AuthMode::{},\n", RustIdent::new(&mode.variant)));
    }
    line(out, "    ];");
    line(out, "    const IMPLIES: &'static [&'static [Self]] = &[");
    for scope in &policy.scopes {
        put(out, format_args!("        &[{}],\n", scopes(&scope.implies)));
    }
    line(out, "    ];");
    line(out, "    const CLOSURES: &'static [ScopeSet] = &[");
    let count = policy.scopes.len().div_ceil(64).max(1);
    for scope in &policy.scopes {
        let words: Vec<_> =
            words(&scope.closure, count).into_iter().map(|word| Hex(word).to_string()).collect();
        put(out, format_args!("        ScopeSet::from_words([{}]),\n", words.join(", ")));
    }
    line(out, "    ];");
    // An enum without variants has no number; there is no value of it to ask for one.
    let number = |is_empty: bool, ty: &str, it: &str, number: &str| {
        if is_empty { format!("match {it} {{}}") } else { format!("rt::{ty}({it} as {number})") }
    };
    let scope = number(policy.scopes.is_empty(), "ScopeIndex", "self", "u16");
    let mode = number(policy.modes.is_empty(), "ModeIndex", "mode", "u8");
    line(out, "");
    line(out, "    fn policy() -> &'static rt::CompiledPolicy {\n        &POLICY\n    }");
    line(out, "");
    put(out, format_args!("    fn index(self) -> rt::ScopeIndex {{\n        {scope}\n    }}\n"));
    line(out, "");
    put(out, format_args!("    fn mode_index(mode: AuthMode) -> rt::ModeIndex {{\n        {mode}\n    }}\n"));
    line(out, "}");
}

fn print_policy(out: &mut String, policy: &Policy) {
    line(out, "\nstatic POLICY: rt::CompiledPolicy = rt::CompiledPolicy {");
    put(out, format_args!("    title: {},\n", RustStr(&policy.api.title)));
    line(out, "    scopes: &[");
    for scope in &policy.scopes {
        let status = format!("{:?}", scope.status);
        line(out, "        rt::ScopeRow {");
        put(out, format_args!("            name: {},\n", RustStr(&scope.name)));
        put(out, format_args!("            grants: {},\n", RustStr(&scope.grants)));
        put(out, format_args!("            status: rt::Status::{},\n", RustIdent::new(&status)));
        line(out, "        },");
    }
    line(out, "    ],");
    print_scopes(out, policy, "audited", |scope| scope.audit);
    print_scopes(out, policy, "hidden", |scope| scope.hidden);
    print_names(out, policy);
    line(out, "    modes: &[");
    for (index, mode) in policy.modes_indexed() {
        print_mode(out, policy, index, mode);
    }
    line(out, "    ],");
    line(out, "    routes: ROUTES,");
    line(out, "    tools: TOOLS,");
    line(out, "    prompts: PROMPTS,");
    line(out, "    resources: RESOURCES,");
    resource::print(out, policy);
    bodies::print(out, &policy.denials);
    line(out, "};");
}

/// Those of the scopes of which something is said.
fn print_scopes(out: &mut String, policy: &Policy, field: &str, is_said: impl Fn(&Scope) -> bool) {
    let said = policy.scopes_indexed().filter(|(_, scope)| is_said(scope));
    let said: Vec<_> = said.map(|(at, _)| index(policy, at)).collect();
    put(out, format_args!("    {field}: &[{}],\n", said.join(", ")));
}

/// The names a grant may carry: those of live scopes, and aliases of live scopes.
fn print_names(out: &mut String, policy: &Policy) {
    let own = policy.scopes_indexed().map(|(at, scope)| (scope.name.as_str(), at));
    let aliases = policy.aliases.iter().map(|alias| (alias.name.as_str(), alias.target));
    let names: Vec<_> =
        own.chain(aliases).filter(|(_, scope)| policy.scope(*scope).status.is_live()).collect();
    let slots = name_slots(&names.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    line(out, "    names: rt::NameTable {");
    line(out, "        slots: &[");
    for row in slots.chunks(16) {
        let numbers: Vec<_> = row.iter().map(u16::to_string).collect();
        put(out, format_args!("            {},\n", numbers.join(", ")));
    }
    line(out, "        ],");
    line(out, "        names: &[");
    for (name, scope) in names {
        put(out, format_args!("            ({}, {}),\n", RustStr(name), index(policy, scope)));
    }
    line(out, "        ],");
    line(out, "    },");
}

fn print_mode(out: &mut String, policy: &Policy, index: ModeIndex, mode: &AuthMode) {
    let unknown_scopes = match mode.unknown_scopes {
        UnknownNames::Deny => "Deny",
        UnknownNames::Ignore => "Ignore",
    };
    let of_base = |base| format!("Some({})", mode_index(policy, base));
    let upgrades: Vec<String> =
        policy.upgrades_of(index).into_iter().map(|upgrade| mode_index(policy, upgrade)).collect();
    let enforcement = match mode.enforcement {
        ScopeEnforcement::Enforced => "Enforced",
        ScopeEnforcement::Skipped => "Skipped",
    };
    let mcp_lists = match mode.mcp_lists {
        McpLists::Allowed => "Allowed",
        McpLists::Requestable => "Requestable",
    };
    let claim_format = match mode.claim_format {
        None | Some(ClaimFormat::SpaceSeparated) => "SpaceSeparated",
        Some(ClaimFormat::CommaSeparated) => "CommaSeparated",
        Some(ClaimFormat::Array) => "Array",
    };
    let realm = quotable_realm(mode.realm.as_deref().unwrap_or(&policy.api.title));
    line(out, "        rt::ModeRow {");
    put(out, format_args!("            name: {},\n", RustStr(&mode.name)));
    put(out, format_args!("            credential: {},\n", credential(policy, &mode.credential)));
    put(out, format_args!("            alone: {},\n", mode.alone));
    put(out, format_args!("            enforcement: rt::ScopeEnforcement::{enforcement},\n"));
    put(out, format_args!("            claim: {},\n", RustOptionStr(mode.claim.as_deref())));
    put(out, format_args!("            claim_format: rt::ClaimFormat::{claim_format},\n"));
    put(out, format_args!("            unknown_scopes: rt::UnknownNames::{unknown_scopes},\n"));
    put(out, format_args!("            assurance: {},\n", RustOptionStr(mode.assurance.as_deref())));
    put(out, format_args!("            base: {},\n", mode.upgrades.map_or("None".to_owned(), of_base)));
    put(out, format_args!("            upgrades: &[{}],\n", upgrades.join(", ")));
    put(out, format_args!("            max_age: {:?},\n", mode.max_age));
    put(out, format_args!("            realm: {},\n", RustStr(&realm)));
    put(out, format_args!("            mcp_lists: rt::McpLists::{mcp_lists},\n"));
    line(out, "        },");
}

fn credential(policy: &Policy, kind: &CredentialKind) -> String {
    let prefix = |prefix: &Option<String>| RustOptionStr(prefix.as_deref()).to_string();
    match kind {
        CredentialKind::ApiKeyHeader { name, prefix: key_prefix } => format!(
            "rt::Credential::Header {{ name: {}, prefix: {} }}",
            RustStr(&name.to_ascii_lowercase()),
            prefix(key_prefix)
        ),
        CredentialKind::ApiKeyQuery { name } => {
            format!("rt::Credential::Query {{ name: {} }}", RustStr(name))
        }
        CredentialKind::ApiKeyCookie { name } => {
            format!("rt::Credential::Cookie {{ name: {} }}", RustStr(name))
        }
        CredentialKind::Bearer { prefix: token_prefix, .. } => {
            format!("rt::Credential::Bearer {{ prefix: {} }}", prefix(token_prefix))
        }
        CredentialKind::OAuth2 { .. } | CredentialKind::OpenIdConnect { .. } => {
            "rt::Credential::Bearer { prefix: None }".to_owned()
        }
        CredentialKind::MutualTls => "rt::Credential::MutualTls".to_owned(),
        CredentialKind::Together(members) => {
            let members: Vec<String> = members.iter().map(|member| mode_index(policy, *member)).collect();
            format!("rt::Credential::Together(&[{}])", members.join(", "))
        }
    }
}

/// A realm that needs no quoting inside its quotes and fits into a header (RFC 9110 section 5.6.4). A challenge of
/// RFC 6750 has at least one parameter, so there always is one.
fn quotable_realm(text: &str) -> String {
    let fits = |character: &char| matches!(character, ' '..='~') && !matches!(character, '"' | '\\');
    let realm: String = text.chars().filter(fits).collect();
    let realm = realm.trim();
    if realm.is_empty() { "api".to_owned() } else { realm.to_owned() }
}

fn print_routes(out: &mut String, plan: &Plan) {
    line(out, "");
    line(out, "/// Every operation of the service, sorted by path, then method.");
    line(out, "pub const ROUTES: &[rt::RouteRow] = &[");
    for operation in &plan.operations {
        let method = format!("{:?}", operation.method);
        let is_handler = matches!(operation.framework, Framework::Axum | Framework::ActixWeb);
        line(out, "    rt::RouteRow {");
        put(out, format_args!("        method: rt::Method::{},\n", RustIdent::new(&method)));
        put(out, format_args!("        path: {},\n", RustStr(&operation.path.to_string())));
        put(out, format_args!("        operation_id: {},\n", RustStr(&operation.operation_id)));
        print_decisions(out, &plan.policy, &operation.by_mode, &operation.otherwise);
        put(out, format_args!("        is_handler: {is_handler},\n"));
        put(out, format_args!("        is_conditional: {},\n", !operation.conditions.is_empty()));
        line(out, "    },");
    }
    line(out, "];");
}

fn print_mcp(out: &mut String, plan: &Plan, kind: McpKind) {
    let (doc, name) = match kind {
        McpKind::Tool => ("/// Every MCP tool of the service, sorted by name.", "TOOLS"),
        McpKind::Prompt => ("/// Every MCP prompt of the service, sorted by name.", "PROMPTS"),
        McpKind::Resource => {
            ("/// Every MCP resource of the policy, sorted by URI or template.", "RESOURCES")
        }
    };
    line(out, "");
    line(out, doc);
    put(out, format_args!("pub const {name}: &[rt::McpRow] = &[\n"));
    for offered in plan.mcp_of(kind) {
        line(out, "    rt::McpRow {");
        put(out, format_args!("        name: {},\n", RustStr(&offered.name)));
        print_decisions(out, &plan.policy, &offered.by_mode, &offered.otherwise);
        put(out, format_args!("        is_conditional: {},\n", !offered.conditions.is_empty()));
        line(out, "    },");
    }
    line(out, "];");
}

fn print_decisions(
    out: &mut String,
    policy: &Policy,
    by_mode: &BTreeMap<ModeIndex, Decision>,
    otherwise: &Decision,
) {
    let otherwise = decision(policy, otherwise);
    if by_mode.is_empty() {
        put(out, format_args!("        operation: rt::Operation::uniform({otherwise}),\n"));
        return;
    }
    line(out, "        operation: rt::Operation {");
    line(out, "            by_mode: &[");
    for (mode, of_mode) in by_mode {
        line(out, "                rt::ModeDecision {");
        put(out, format_args!("                    mode: {},\n", mode_index(policy, *mode)));
        put(out, format_args!("                    decision: {},\n", decision(policy, of_mode)));
        line(out, "                },");
    }
    line(out, "            ],");
    put(out, format_args!("            otherwise: {otherwise},\n"));
    line(out, "        },");
}

fn decision(policy: &Policy, decision: &Decision) -> String {
    match decision {
        Decision::Scoped(any_of) => {
            let all_of = |scopes: &Vec<ScopeIndex>| {
                let scopes: Vec<_> = scopes.iter().map(|scope| index(policy, *scope)).collect();
                format!("&[{}]", scopes.join(", "))
            };
            let any_of: Vec<_> = any_of.iter().map(all_of).collect();
            format!("rt::scoped(&[{}])", any_of.join(", "))
        }
        Decision::Authenticated => "rt::Decision::Authenticated".to_owned(),
        Decision::Public { .. } => "rt::Decision::Public".to_owned(),
        Decision::OptionalAuth => "rt::Decision::OptionalAuth".to_owned(),
        Decision::Refused => "rt::Decision::Refused".to_owned(),
        Decision::Deferred { .. } => "rt::Decision::Deferred".to_owned(),
    }
}

fn index(policy: &Policy, scope: ScopeIndex) -> String {
    let mut text = String::new();
    let _ = write!(text, "rt::ScopeIndex({} as u16)", variant(policy, scope));
    text
}

fn mode_index(policy: &Policy, mode: ModeIndex) -> String {
    format!("rt::ModeIndex(AuthMode::{} as u8)", RustIdent::new(&policy.mode(mode).variant))
}

fn variant(policy: &Policy, scope: ScopeIndex) -> String {
    format!("Scope::{}", RustIdent::new(&policy.scope(scope).variant))
}
