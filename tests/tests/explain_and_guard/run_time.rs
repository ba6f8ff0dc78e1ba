//! One catalogue for any policy: what `build.rs` would write, made of a plan and held for the thread.

use crate::random::Drawn;
use scopewright::{
    BodyPart, Catalogue, ClaimFormat, CompiledPolicy, Credential, Decision, DenialTemplate, DenialTemplates,
    GrantedForm, McpLists, McpRow, ModeDecision, ModeIndex, ModeRow, NameTable, Operation, PublicReason,
    RouteKind, RouteRow, ScopeIndex, ScopeRow, ScopeWords,
};
use scopewright_model::core::{Iter, Requirement, name_slots};
use scopewright_model::policy::{self, CredentialKind};
use scopewright_model::{self as model, Plan};
use std::cell::Cell;

/// The words of a set: room for 128 scopes.
const WORDS: usize = 2;
const MOST_SCOPES: usize = 64 * WORDS;
const MOST_MODES: usize = 16;

thread_local! {
    static POLICY: Cell<Option<&'static Loaded>> = const { Cell::new(None) };
}

struct Loaded {
    policy: CompiledPolicy,
    closures: Vec<[u64; WORDS]>,
}

/// A scope of the policy that is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnyScope(u16);

/// A mode of the policy that is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnyMode(pub u8);

#[derive(Debug, Clone, Copy)]
pub struct AnyReason;

impl PublicReason for AnyReason {
    type Catalogue = AnyScope;
}

/// A set of scopes. What it takes in from the constant [`Catalogue::CLOSURES`], which knows no policy, it takes from the
/// closures of the policy that is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AnySet([u64; WORDS]);

impl ScopeWords for AnySet {
    fn words(&self) -> &[u64] {
        &self.0
    }

    fn insert(&mut self, scope: ScopeIndex) {
        self.0[scope.word()] |= scope.bit();
    }

    fn insert_all(&mut self, other: &Self) {
        for scope in Iter::over(&other.0) {
            let closure = &loaded().closures[usize::from(scope.0)];
            self.0.iter_mut().zip(closure).for_each(|(own, other)| *own |= other);
        }
    }
}

impl Catalogue for AnyScope {
    type Set = AnySet;
    type Mode = AnyMode;
    type Reason = AnyReason;

    const SCOPES: &'static [Self] = &{
        let mut scopes = [Self(0); MOST_SCOPES];
        let mut at = 0;
        while at < MOST_SCOPES {
            scopes[at] = Self(at as u16);
            at += 1;
        }
        scopes
    };
    const MODES: &'static [AnyMode] = &{
        let mut modes = [AnyMode(0); MOST_MODES];
        let mut at = 0;
        while at < MOST_MODES {
            modes[at] = AnyMode(at as u8);
            at += 1;
        }
        modes
    };
    const IMPLIES: &'static [&'static [Self]] = &[&[] as &[Self]; MOST_SCOPES];
    const CLOSURES: &'static [AnySet] = &{
        let mut sets = [AnySet([0; WORDS]); MOST_SCOPES];
        let mut at = 0;
        while at < MOST_SCOPES {
            sets[at].0[at / 64] = 1 << (at % 64);
            at += 1;
        }
        sets
    };

    fn policy() -> &'static CompiledPolicy {
        &loaded().policy
    }

    fn index(self) -> ScopeIndex {
        ScopeIndex(self.0)
    }

    fn mode_index(mode: AnyMode) -> ModeIndex {
        ModeIndex(mode.0)
    }
}

fn loaded() -> &'static Loaded {
    POLICY.get().unwrap()
}

/// Makes a policy the one of this thread. It is kept for the rest of the process, as a service's own is.
pub fn load(plan: &Plan, drawn: &Drawn) {
    let (tools, routes): (Vec<_>, Vec<_>) =
        plan.operations.iter().partition(|operation| operation.path.to_string().starts_with("/tools/"));
    let policy = CompiledPolicy {
        title: "Random",
        scopes: leaked(drawn.scopes.iter().map(|scope| ScopeRow {
            name: text(&scope.name),
            grants: "",
            status: scope.status,
        })),
        audited: &[],
        hidden: &[],
        names: names(drawn),
        modes: leaked(plan.policy.modes_indexed().map(|(at, mode)| mode_row(&plan.policy, at, mode))),
        routes: leaked(routes.iter().map(|operation| RouteRow {
            method: operation.method,
            path: text(&operation.path.to_string()),
            kind: RouteKind::Route,
            operation_id: "",
            operation: decisions(operation),
            is_handler: true,
            is_conditional: false,
        })),
        servers: &[],
        tools: leaked(tools.iter().map(|operation| McpRow {
            name: text(operation.path.to_string().strip_prefix("/tools/").unwrap()),
            operation: decisions(operation),
            is_conditional: false,
        })),
        prompts: &[],
        resources: &[],
        resource: None,
        denials: denials(&plan.policy.denials),
    };
    let closures = (0..drawn.scopes.len()).map(|at| closure(drawn, at)).collect();
    POLICY.set(Some(Box::leak(Box::new(Loaded { policy, closures }))));
}

/// The names that grant something, of what was drawn.
fn names(drawn: &Drawn) -> NameTable<'static> {
    let own = drawn.scopes.iter().enumerate().map(|(at, scope)| (&scope.name, at));
    let all = own.chain(drawn.aliases.iter().map(|(name, target)| (name, *target)));
    let live = all.filter(|(_, at)| drawn.scopes[*at].status.is_live());
    let names: Vec<(&'static str, ScopeIndex)> = live.map(|(name, at)| (text(name), index(at))).collect();
    let slots = name_slots(&names.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    NameTable { slots: leaked(slots), names: leaked(names) }
}

/// All that a scope gives, by following what it implies.
fn closure(drawn: &Drawn, scope: usize) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    let mut next = vec![scope];
    while let Some(at) = next.pop() {
        words[index(at).word()] |= index(at).bit();
        next.extend(&drawn.scopes[at].implies);
    }
    words
}

fn mode_row(policy: &model::Policy, at: ModeIndex, mode: &policy::AuthMode) -> ModeRow {
    ModeRow {
        name: text(&mode.name),
        credential: credential(&mode.credential),
        alone: mode.alone,
        enforcement: mode.enforcement,
        claim: None,
        claim_format: match mode.claim_format {
            None | Some(policy::ClaimFormat::SpaceSeparated) => ClaimFormat::SpaceSeparated,
            Some(policy::ClaimFormat::CommaSeparated) => ClaimFormat::CommaSeparated,
            Some(policy::ClaimFormat::Array) => ClaimFormat::Array,
        },
        unknown_scopes: mode.unknown_scopes,
        assurance: None,
        base: mode.upgrades,
        upgrades: leaked(policy.upgrades_of(at)),
        max_age: None,
        yields_to: leaked(mode.yields_to.iter().copied()),
        invalid_counts_as_none: mode.invalid_counts_as_none,
        realm: "Random",
        mcp_lists: McpLists::Allowed,
    }
}

fn credential(kind: &CredentialKind) -> Credential {
    let prefix = |prefix: &Option<String>| prefix.as_deref().map(text);
    match kind {
        CredentialKind::ApiKeyHeader { name, prefix: key } => {
            Credential::Header { name: text(&name.to_ascii_lowercase()), prefix: prefix(key) }
        }
        CredentialKind::ApiKeyQuery { name } => Credential::Query { name: text(name) },
        CredentialKind::ApiKeyCookie { name } => Credential::Cookie { name: text(name) },
        CredentialKind::Bearer { prefix: token, .. } => Credential::Bearer { prefix: prefix(token) },
        CredentialKind::OAuth2 { .. } | CredentialKind::OpenIdConnect { .. } => {
            Credential::Bearer { prefix: None }
        }
        CredentialKind::MutualTls => Credential::MutualTls,
        CredentialKind::Together(members) => Credential::Together(leaked(members.iter().copied())),
    }
}

fn decisions(operation: &model::Operation) -> Operation<'static> {
    Operation {
        by_mode: leaked(
            operation
                .by_mode
                .iter()
                .map(|(mode, decision)| ModeDecision { mode: *mode, decision: self::decision(decision) }),
        ),
        otherwise: decision(&operation.otherwise),
    }
}

fn decision(decision: &model::Decision) -> Decision<'static> {
    match decision {
        model::Decision::Scoped(any_of) => {
            let any_of = any_of.iter().map(|all_of| leaked(all_of.iter().copied()));
            Decision::Scoped(Requirement::new(leaked(any_of)))
        }
        model::Decision::Authenticated => Decision::Authenticated,
        model::Decision::Public { .. } => Decision::Public,
        model::Decision::OptionalAuth => Decision::OptionalAuth,
        model::Decision::Refused => Decision::Refused,
        model::Decision::Deferred { .. } => Decision::Deferred,
    }
}

fn denials(denials: &policy::Denials) -> DenialTemplates {
    const NO_BODY: &[BodyPart] = &[];
    let template = |denial: &policy::Denial| DenialTemplate {
        status: denial.status,
        content_type: "application/json",
        body: NO_BODY,
        granted: GrantedForm::Raw,
        disclose: true,
        undisclosed_to: &[],
    };
    DenialTemplates {
        invalid_request: template(&denials.invalid_request),
        unauthenticated: template(&denials.unauthenticated),
        insufficient_scope: template(&denials.insufficient_scope),
        insufficient_user_authentication: template(&denials.insufficient_user_authentication),
        mode_refused: template(&denials.mode_refused),
        undecided: template(&denials.undecided),
        unavailable: None,
    }
}

fn index(at: usize) -> ScopeIndex {
    ScopeIndex(u16::try_from(at).unwrap())
}

fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn leaked<T>(of: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(of.into_iter().collect())
}
