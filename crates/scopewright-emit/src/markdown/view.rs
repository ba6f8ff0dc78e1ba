//! The page before it is printed: every sentence, cell and order decided.

use super::denials::{DenialSection, denial_section};
use super::least::least_alternatives;
use super::text::{MdComment, MdFence, MdInline, MdTable};
use crate::denial::DenialKind;
use crate::published::{is_published, published_alternatives};
use askama::Template;
use scopewright_model::competing::refused_together;
use scopewright_model::core::{Method, ModeIndex, ScopeEnforcement, ScopeIndex, Status, UnknownNames};
use scopewright_model::policy::{AuthMode, CredentialKind, McpLists, RouteStatus, Scope};
use scopewright_model::{Decision, McpKind, Plan, Policy, generated_marker};
use std::collections::BTreeMap;

/// The whole page.
#[derive(Template)]
#[template(path = "markdown/scopes.md")]
pub struct ScopesPage {
    marker: MdComment,
    title: MdInline,
    description: Option<MdInline>,
    modes: MdTable,
    competing: Option<MdInline>,
    request: Option<MdFence>,
    has_implications: bool,
    /// Whether any endpoint needs several scopes together, or has alternatives.
    has_combinations: bool,
    sections: Vec<ScopeSection>,
    old_names: MdTable,
    bundles: MdTable,
    endpoints: MdTable,
    mcp: Vec<McpSection>,
    denials: Vec<DenialSection>,
}

/// Scopes under one heading.
struct ScopeSection {
    heading: Option<MdInline>,
    description: Option<MdInline>,
    scopes: MdTable,
}

/// What of MCP servers is of one kind.
struct McpSection {
    heading: MdInline,
    introduction: MdInline,
    offered: MdTable,
}

impl ScopesPage {
    /// Everything the page says about a plan, for the file at `path`.
    pub fn from_plan(plan: &Plan, path: &str) -> Self {
        let policy = &plan.policy;
        let opened = endpoints_by_scope(plan);
        Self {
            marker: MdComment::new(&generated_marker(&policy.file.file, path)),
            title: MdInline::text(&policy.api.title),
            description: policy.api.description.as_deref().map(MdInline::text),
            modes: modes_table(policy),
            competing: competing(policy),
            request: example_request(plan),
            has_implications: policy.scopes.iter().any(|scope| !scope.hidden && !scope.implies.is_empty()),
            has_combinations: enforced_modes(policy).any(|mode| {
                let of_operations = plan.operations.iter().map(|operation| operation.for_mode(mode));
                let of_mcp = plan.mcp.iter().map(|offered| offered.for_mode(mode));
                of_operations.chain(of_mcp).any(|decision| {
                    let least = least_alternatives(policy, decision.alternatives());
                    least.len() > 1 || least.iter().any(|all_of| all_of.len() > 1)
                })
            }),
            sections: scope_sections(policy, &opened),
            old_names: old_names_table(policy),
            bundles: bundles_table(policy),
            endpoints: endpoints_table(plan),
            mcp: McpKind::ALL.into_iter().filter_map(|kind| mcp_section(plan, kind)).collect(),
            denials: DenialKind::possible(policy)
                .filter_map(|(kind, declared)| denial_section(plan, kind, declared))
                .collect(),
        }
    }
}

fn modes_table(policy: &Policy) -> MdTable {
    let words = MdInline::words;
    let header = vec![words("Credential"), words("How to send it"), words("Scopes"), words("Notes")];
    let rows = policy.modes.iter().map(|mode| {
        let scopes = match (mode.enforcement, &mode.skipped_because) {
            (ScopeEnforcement::Enforced, _) => words(match mode.unknown_scopes {
                UnknownNames::Deny => "checked on every request; one with an unknown scope is not valid",
                UnknownNames::Ignore => "checked on every request",
            }),
            (ScopeEnforcement::Skipped, None) => words("not checked"),
            (ScopeEnforcement::Skipped, Some(because)) => {
                words("not checked: ").then(MdInline::text(because))
            }
        };
        let description = mode.description.as_deref().map(MdInline::text);
        let assurance = mode.assurance.as_deref().map(|assurance| {
            words("The credential must be ").then(MdInline::text(assurance)).then(words("."))
        });
        let upgrade = mode.upgrades.map(|base| {
            words("May do all that ").then(MdInline::code(&policy.mode(base).name)).then(words(" may."))
        });
        let age = mode.max_age.map(|seconds| {
            MdInline::text(&format!("The user must have authenticated in the last {seconds} seconds."))
        });
        let part = (!mode.alone).then(|| words("No credential by itself."));
        let notes = MdInline::joined(
            description.into_iter().chain(assurance).chain(age).chain(upgrade).chain(part),
            " ",
        );
        vec![MdInline::code(&mode.name), how_to_send(policy, &mode.credential), scopes, notes]
    });
    MdTable::new(header, rows.collect())
}

/// What becomes of a request with several credentials, where one can carry several.
fn competing(policy: &Policy) -> Option<MdInline> {
    let words = MdInline::words;
    let is_refused = refused_together(&policy.modes).is_some();
    let yielding: Vec<MdInline> = policy
        .modes_of_callers()
        .filter(|(_, mode)| mode.upgrades.is_none() && !mode.yields_to.is_empty())
        .map(|(_, mode)| {
            let others = mode.yields_to.iter().map(|other| policy.mode(*other));
            let others = others.filter(|other| other.upgrades.is_none());
            words("Beside ")
                .then(MdInline::joined(others.map(|other| MdInline::code(&other.name)), " or "))
                .then(words(", "))
                .then(MdInline::code(&mode.name))
                .then(words(" is passed over: the other one counts."))
        })
        .collect();
    let status = MdInline::text(&policy.denials.invalid_request.status.to_string());
    let refused = |before: &'static str| words(before).then(status).then(words("."));
    let rule = match (is_refused, yielding.is_empty()) {
        (true, true) => {
            refused("A request carries one of these credentials. One that carries several is answered ")
        }
        (true, false) => refused("A request with any other two of these credentials is answered "),
        (false, false) => refused("A request with the same credential twice is answered "),
        (false, true) => return None,
    };
    Some(MdInline::joined(yielding.into_iter().chain([rule]), " "))
}

fn how_to_send(policy: &Policy, credential: &CredentialKind) -> MdInline {
    let words = MdInline::words;
    match credential {
        CredentialKind::ApiKeyHeader { .. } | CredentialKind::Bearer { .. } => {
            words("header ").then(MdInline::code(&header_line(credential).unwrap_or_default()))
        }
        CredentialKind::ApiKeyQuery { name } => words("query parameter ").then(MdInline::code(name)),
        CredentialKind::ApiKeyCookie { name } => words("cookie ").then(MdInline::code(name)),
        CredentialKind::OAuth2 { .. } => {
            words("OAuth 2.0 access token, header ").then(MdInline::code("Authorization: Bearer <token>"))
        }
        CredentialKind::OpenIdConnect { .. } => {
            words("OpenID Connect token, header ").then(MdInline::code("Authorization: Bearer <token>"))
        }
        CredentialKind::MutualTls => words("TLS client certificate"),
        CredentialKind::Together(members) => {
            let sent = members.iter().map(|member| how_to_send(policy, &policy.mode(*member).credential));
            MdInline::joined(sent, " and ")
        }
    }
}

/// The line of a request that carries the credential, where it is one.
fn header_line(credential: &CredentialKind) -> Option<String> {
    match credential {
        CredentialKind::ApiKeyHeader { name, prefix } => {
            Some(format!("{name}: {}<key>", prefix.as_deref().unwrap_or_default()))
        }
        CredentialKind::ApiKeyCookie { name } => Some(format!("Cookie: {name}=<key>")),
        CredentialKind::Bearer { prefix, .. } => {
            Some(format!("Authorization: Bearer {}<token>", prefix.as_deref().unwrap_or_default()))
        }
        CredentialKind::OAuth2 { .. } | CredentialKind::OpenIdConnect { .. } => {
            Some("Authorization: Bearer <token>".to_owned())
        }
        CredentialKind::ApiKeyQuery { .. } | CredentialKind::MutualTls | CredentialKind::Together(_) => None,
    }
}

/// The first call that needs scopes, as it goes over the wire.
fn example_request(plan: &Plan) -> Option<MdFence> {
    let named = plan.operations.iter().filter(|operation| operation.method != Method::Any);
    let (operation, mode) = named
        .flat_map(|operation| {
            plan.policy.modes_of_callers().map(move |(index, mode)| (operation, index, mode))
        })
        .find_map(|(operation, index, mode)| {
            let alternatives = operation.for_mode(index).alternatives();
            let is_example = mode.enforcement == ScopeEnforcement::Enforced
                && alternatives.iter().any(|all_of| is_published(&plan.policy, all_of));
            is_example.then_some((operation, mode))
        })?;
    let members = mode.credential.members().iter().map(|member| &plan.policy.mode(*member).credential);
    let mut sent: Vec<&CredentialKind> = members.collect();
    if sent.is_empty() {
        sent.push(&mode.credential);
    }
    let parameters = sent.iter().filter_map(|credential| match credential {
        CredentialKind::ApiKeyQuery { name } => Some(format!("{name}=<key>")),
        _ => None,
    });
    let query = parameters.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    let mut request = format!("{} {}{mark}{query} HTTP/1.1", operation.method, operation.path);
    for line in sent.into_iter().filter_map(header_line) {
        request.push('\n');
        request.push_str(&line);
    }
    Some(MdFence::new("http", request))
}

/// For each scope the endpoints and tools it is one of the least scopes of.
fn endpoints_by_scope<'p>(plan: &'p Plan) -> BTreeMap<ScopeIndex, Vec<String>> {
    let mut opened: BTreeMap<ScopeIndex, Vec<String>> = BTreeMap::new();
    let mut note = |title: String, for_mode: &dyn Fn(ModeIndex) -> &'p Decision| {
        let mut scopes: Vec<ScopeIndex> = enforced_modes(&plan.policy)
            .flat_map(|mode| least_alternatives(&plan.policy, for_mode(mode).alternatives()).concat())
            .collect();
        scopes.sort_unstable();
        scopes.dedup();
        for scope in scopes {
            opened.entry(scope).or_default().push(title.clone());
        }
    };
    for operation in &plan.operations {
        note(operation.title(), &|mode| operation.for_mode(mode));
    }
    for offered in &plan.mcp {
        note(offered.title(), &|mode| offered.for_mode(mode));
    }
    opened
}

fn enforced_modes(policy: &Policy) -> impl Iterator<Item = ModeIndex> {
    policy
        .modes_of_callers()
        .filter(|(_, mode)| mode.enforcement == ScopeEnforcement::Enforced)
        .map(|(index, _)| index)
}

fn scope_sections(policy: &Policy, opened: &BTreeMap<ScopeIndex, Vec<String>>) -> Vec<ScopeSection> {
    let section = |heading: Option<&str>, description: Option<&str>, wanted: &dyn Fn(&Scope) -> bool| {
        let scopes = policy.scopes_indexed().filter(|(_, scope)| !scope.hidden && wanted(scope));
        let rows: Vec<Vec<MdInline>> =
            scopes.map(|(index, scope)| scope_row(policy, scope, opened.get(&index))).collect();
        let header = ["Scope", "Grants", "Status", "Includes", "Endpoints"].map(MdInline::words).to_vec();
        ScopeSection {
            heading: heading.map(MdInline::text),
            description: description.map(MdInline::text),
            scopes: MdTable::new(header, rows),
        }
    };
    let is_live = |scope: &Scope| scope.status.is_live();
    let mut sections: Vec<ScopeSection> = policy
        .groups
        .iter()
        .map(|group| {
            section(Some(&group.title), group.description.as_deref(), &|scope| {
                is_live(scope) && scope.group.as_deref() == Some(group.name.as_str())
            })
        })
        .collect();
    let heading = (!sections.is_empty()).then_some("Other scopes");
    sections.push(section(heading, None, &|scope| is_live(scope) && scope.group.is_none()));
    sections.push(section(
        Some("Planned scopes"),
        Some("Announced or under review. They can't be granted yet."),
        &|scope| matches!(scope.status, Status::Planned | Status::UnderReview),
    ));
    sections.push(section(
        Some("Removed scopes"),
        Some("No longer granted, and no endpoint asks for them."),
        &|scope| scope.status == Status::Removed,
    ));
    sections.retain(|section| !section.scopes.is_empty());
    sections
}

fn scope_row(policy: &Policy, scope: &Scope, endpoints: Option<&Vec<String>>) -> Vec<MdInline> {
    let words = MdInline::words;
    let mut grants = MdInline::text(&scope.grants);
    if !scope.admin_consent.is_empty() {
        let modes = scope.admin_consent.iter().map(|mode| MdInline::code(&policy.mode(*mode).name));
        grants = grants
            .then(words(" An administrator must consent ("))
            .then(MdInline::joined(modes, ", "))
            .then(words(")."));
    }
    if scope.audit {
        grants = grants.then(words(" Every call it opens is recorded."));
    }
    let status = match (scope.status, scope.deprecated_note.as_deref()) {
        (Status::Stable, _) => MdInline::default(),
        (status, None) => words(status.as_str()),
        (status, Some(note)) => words(status.as_str()).then(words(": ")).then(MdInline::text(note)),
    };
    let implies = scope.implies.iter().map(|index| policy.scope(*index)).filter(|scope| !scope.hidden);
    vec![
        MdInline::code(&scope.name),
        grants,
        status,
        MdInline::joined(implies.map(|scope| MdInline::code(&scope.name)), ", "),
        MdInline::joined(endpoints.into_iter().flatten().map(|title| MdInline::code(title)), "<br>"),
    ]
}

fn old_names_table(policy: &Policy) -> MdTable {
    let header = ["Old name", "Use instead", "Accepted until"].map(MdInline::words).to_vec();
    let rows = policy.aliases.iter().filter(|alias| !policy.scope(alias.target).hidden).map(|alias| {
        vec![
            MdInline::code(&alias.name),
            MdInline::code(&policy.scope(alias.target).name),
            MdInline::text(&alias.until),
        ]
    });
    MdTable::new(header, rows.collect())
}

fn bundles_table(policy: &Policy) -> MdTable {
    let header = ["Combination", "Scopes", "For"].map(MdInline::words).to_vec();
    let rows = policy.bundles.iter().map(|bundle| {
        let scopes = bundle.scopes.iter().map(|index| policy.scope(*index)).filter(|scope| !scope.hidden);
        vec![
            MdInline::text(&bundle.title),
            MdInline::joined(scopes.map(|scope| MdInline::code(&scope.name)), ", "),
            bundle.description.as_deref().map(MdInline::text).unwrap_or_default(),
        ]
    });
    MdTable::new(header, rows.collect())
}

fn endpoints_table(plan: &Plan) -> MdTable {
    let policy = &plan.policy;
    let rows = plan.operations.iter().map(|operation| {
        let decisions = operation.by_mode.values().chain([&operation.otherwise]);
        let status = match operation.status {
            RouteStatus::Stable => None,
            RouteStatus::Preview => Some(MdInline::words("Preview: it may change.")),
            RouteStatus::Deprecated => Some(MdInline::words("Deprecated: it is going away.")),
        };
        let notes = notes_cell(policy, decisions, &operation.may_require);
        let notes = MdInline::joined(status.into_iter().chain((!notes.is_empty()).then_some(notes)), " ");
        access_row(policy, &operation.title(), |mode| operation.for_mode(mode), notes)
    });
    MdTable::new(access_header(policy, "Endpoint"), rows.collect())
}

fn mcp_section(plan: &Plan, kind: McpKind) -> Option<McpSection> {
    let (policy, words) = (&plan.policy, MdInline::words);
    let (heading, column, needed, list, shown) = match kind {
        McpKind::Tool => (
            "MCP tools",
            "Tool",
            "What a caller needs for each tool, beside what the endpoint asks for that takes the call. ",
            "tools/list",
            " shows a caller the tools it may use.",
        ),
        McpKind::Prompt => (
            "MCP prompts",
            "Prompt",
            "What a caller needs to get each prompt, beside what the endpoint asks for that takes the request. ",
            "prompts/list",
            " shows a caller the prompts it may get.",
        ),
        McpKind::Resource => (
            "MCP resources",
            "Resource",
            "What a caller needs to read each resource, beside what the endpoint asks for that takes the request. In a template \
             a name in braces stands for a value without slashes, one after a plus sign for a value with slashes. ",
            "resources/list",
            " shows a caller the resources it may read.",
        ),
    };
    let rows = plan.mcp_of(kind).map(|offered| {
        let notes = notes_cell(policy, offered.decisions(), &offered.may_require);
        access_row(policy, &offered.name, |mode| offered.for_mode(mode), notes)
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let mut introduction = words(needed).then(MdInline::code(list)).then(words(shown));
    let by = policy.modes_of_callers().filter(|(_, mode)| mode.mcp_lists == McpLists::Requestable);
    let by = MdInline::joined(by.map(|(_, mode)| MdInline::code(&mode.name)), " or ");
    if !by.is_empty() {
        let offer = " is also shown what more scopes would open, and which these are.";
        introduction = introduction.then(words(" A caller by ")).then(by).then(words(offer));
    }
    let offered = MdTable::new(access_header(policy, column), rows);
    Some(McpSection { heading: words(heading), introduction, offered })
}

fn access_header(policy: &Policy, first: &'static str) -> Vec<MdInline> {
    let modes = policy.modes_of_callers().map(|(_, mode)| MdInline::code(&mode.name));
    [MdInline::words(first)].into_iter().chain(modes).chain([MdInline::words("Notes")]).collect()
}

fn access_row<'d>(
    policy: &Policy,
    name: &str,
    for_mode: impl Fn(ModeIndex) -> &'d Decision,
    notes: MdInline,
) -> Vec<MdInline> {
    let modes = policy.modes_of_callers().map(|(index, mode)| access_cell(policy, mode, for_mode(index)));
    [MdInline::code(name)].into_iter().chain(modes).chain([notes]).collect()
}

/// What becomes of a credential that is sent where none is needed.
fn optional_note(policy: &Policy) -> MdInline {
    let words = MdInline::words;
    let modes =
        || policy.modes_of_callers().filter(|(_, mode)| mode.upgrades.is_none()).map(|(_, mode)| mode);
    let lenient = || modes().filter(|mode| mode.invalid_counts_as_none);
    let names = MdInline::joined(lenient().map(|mode| MdInline::code(&mode.name)), " or ");
    match lenient().count() {
        0 => words("A credential is not needed; one that is sent must be valid."),
        count if count == modes().count() => {
            words("A credential is not needed; one that is not valid counts as none.")
        }
        _ => words("A credential is not needed; one that is sent must be valid. Of ")
            .then(names)
            .then(words(" one that is not valid counts as none.")),
    }
}

/// What a mode must bring.
fn access_cell(policy: &Policy, mode: &AuthMode, decision: &Decision) -> MdInline {
    let words = MdInline::words;
    match decision {
        Decision::Scoped(alternatives) if mode.enforcement == ScopeEnforcement::Enforced => {
            let least = least_alternatives(policy, &published_alternatives(policy, alternatives));
            let shown = least.iter().map(|all_of| {
                let scopes = all_of.iter().map(|scope| MdInline::code(&policy.scope(*scope).name));
                let together = MdInline::joined(scopes, " and ");
                if least.len() > 1 && all_of.len() > 1 {
                    words("(").then(together).then(words(")"))
                } else {
                    together
                }
            });
            let cell = MdInline::joined(shown, " or ");
            if cell.is_empty() { words("a scope that is not listed") } else { cell }
        }
        Decision::Scoped(_) | Decision::Authenticated => words("any valid credential"),
        Decision::Public { .. } => words("nothing"),
        Decision::OptionalAuth => words("optional"),
        Decision::Refused => words("never"),
        Decision::Deferred { .. } => words("not open yet"),
    }
}

fn notes_cell<'d>(
    policy: &Policy,
    decisions: impl Iterator<Item = &'d Decision>,
    may_require: &[(ScopeIndex, String)],
) -> MdInline {
    let words = MdInline::words;
    let mut notes: Vec<MdInline> = Vec::new();
    for decision in decisions {
        let note = match decision {
            Decision::Public { reason } => {
                let declared = policy.public_reasons.get(reason).map_or(reason, |reason| &reason.value);
                words("Public: ").then(MdInline::text(declared))
            }
            Decision::OptionalAuth => optional_note(policy),
            Decision::Deferred { ticket } => {
                words("Who may call it is being decided: ").then(MdInline::text(ticket)).then(words("."))
            }
            Decision::Scoped(_) | Decision::Authenticated | Decision::Refused => continue,
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    let shown = may_require.iter().filter(|(scope, _)| !policy.scope(*scope).hidden);
    notes.extend(shown.map(|(scope, when)| {
        words("Also ")
            .then(MdInline::code(&policy.scope(*scope).name))
            .then(words(" when "))
            .then(MdInline::text(when))
            .then(words("."))
    }));
    MdInline::joined(notes, " ")
}
