//! A policy whose table changes: each application has its own.

use crate::random::Random;
use scopewright::{
    Catalogue, CompiledPolicy, Credential, Decision, DenialTemplate, DenialTemplates, Grant, Method,
    ModeIndex, ModeRow, NameTable, Operation, RouteKind, RouteRow, ScopeEnforcement, ScopeIndex, ScopeRow,
    ScopeSet, Status, UnknownNames,
};
use std::cell::Cell;

/// How many scopes there are. None implies another one.
pub const SCOPES: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(pub u16);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason;

impl scopewright::PublicReason for Reason {
    type Catalogue = Scope;
}

thread_local! {
    static POLICY: Cell<&'static CompiledPolicy> = Cell::new(of_rows(Vec::new()));
}

impl Catalogue for Scope {
    type Set = ScopeSet<1>;
    type Mode = Key;
    type Reason = Reason;

    const SCOPES: &'static [Self] = &[Self(0), Self(1), Self(2), Self(3), Self(4)];
    const MODES: &'static [Key] = &[Key];
    const IMPLIES: &'static [&'static [Self]] = &[&[], &[], &[], &[], &[]];
    const CLOSURES: &'static [ScopeSet<1>] = &[
        ScopeSet::from_words([1]),
        ScopeSet::from_words([2]),
        ScopeSet::from_words([4]),
        ScopeSet::from_words([8]),
        ScopeSet::from_words([16]),
    ];

    fn policy() -> &'static CompiledPolicy {
        POLICY.get()
    }

    fn index(self) -> ScopeIndex {
        ScopeIndex(self.0)
    }

    fn mode_index(_: Key) -> ModeIndex {
        ModeIndex(0)
    }
}

/// The table of some handlers. With a mistake, each row has the decision of the next handler: what a door would do that
/// decides by another row.
pub fn table(handlers: &[Handler], is_mistaken: bool) -> Vec<RouteRow> {
    let rows = handlers.iter().enumerate().filter_map(|(at, handler)| {
        let asks = &handlers[(at + usize::from(is_mistaken)) % handlers.len()].asks;
        Handler { asks: asks.clone(), ..handler.clone() }.row()
    });
    rows.collect()
}

/// Makes these rows the policy's table, sorted as generated code has them.
pub fn install(mut rows: Vec<RouteRow>) {
    rows.sort_by_key(|row| (row.path, row.method.as_str()));
    POLICY.set(of_rows(rows));
}

/// A policy for the rest of the process.
fn of_rows(rows: Vec<RouteRow>) -> &'static CompiledPolicy {
    const MODES: &[ModeRow] = &[ModeRow {
        name: "key",
        credential: Credential::Header { name: "x-key", prefix: None },
        alone: true,
        enforcement: ScopeEnforcement::Enforced,
        claim: None,
        claim_format: scopewright::ClaimFormat::Array,
        unknown_scopes: UnknownNames::Deny,
        assurance: None,
        base: None,
        upgrades: &[],
        max_age: None,
        yields_to: &[],
        invalid_counts_as_none: false,
        mcp_lists: scopewright::McpLists::Allowed,
        realm: "doors",
    }];
    const SCOPES: &[ScopeRow] = &[
        ScopeRow { name: "0", grants: "", status: Status::Stable },
        ScopeRow { name: "1", grants: "", status: Status::Stable },
        ScopeRow { name: "2", grants: "", status: Status::Stable },
        ScopeRow { name: "3", grants: "", status: Status::Stable },
        ScopeRow { name: "4", grants: "", status: Status::Stable },
    ];
    let denial = |status| DenialTemplate {
        status,
        content_type: "application/json",
        body: &[],
        granted: scopewright::GrantedForm::Raw,
        disclose: false,
        undisclosed_to: &[],
    };
    Box::leak(Box::new(CompiledPolicy {
        title: "Doors",
        scopes: SCOPES,
        audited: &[],
        hidden: &[],
        names: NameTable { slots: &[0], names: &[] },
        modes: MODES,
        routes: rows.leak(),
        servers: &[],
        tools: &[],
        prompts: &[],
        resources: &[],
        resource: None,
        denials: DenialTemplates {
            invalid_request: denial(400),
            unauthenticated: denial(401),
            insufficient_scope: denial(403),
            insufficient_user_authentication: denial(401),
            mode_refused: denial(403),
            undecided: denial(403),
            unavailable: None,
        },
    }))
}

/// What a handler asks for, in plain sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    Nothing,
    Credential,
    AnyOf(Vec<Vec<u16>>),
    Nobody,
}

impl Asks {
    pub fn random(random: &mut Random) -> Self {
        match random.below(10) {
            0..3 => Self::Nothing,
            3 => Self::Credential,
            4 => Self::Nobody,
            5 => Self::AnyOf(vec![one(random), one(random)]),
            6 => Self::AnyOf(vec![[one(random), one(random)].concat()]),
            _ => Self::AnyOf(vec![one(random)]),
        }
    }

    pub fn lets_in(&self, held: Option<&[u16]>) -> bool {
        match (self, held) {
            (Self::Nothing, _) | (Self::Credential, Some(_)) => true,
            (Self::AnyOf(any), Some(held)) => any.iter().any(|all| all.iter().all(|it| held.contains(it))),
            _ => false,
        }
    }

    fn decision(&self) -> Decision<'static> {
        match self {
            Self::Nothing => Decision::Public,
            Self::Credential => Decision::Authenticated,
            Self::Nobody => Decision::Refused,
            Self::AnyOf(any) => {
                let all = |all: &Vec<u16>| -> &'static [ScopeIndex] {
                    all.iter().map(|scope| ScopeIndex(*scope)).collect::<Vec<_>>().leak()
                };
                scopewright::scoped(any.iter().map(all).collect::<Vec<_>>().leak())
            }
        }
    }
}

fn one(random: &mut Random) -> Vec<u16> {
    vec![u16::try_from(random.below(SCOPES)).unwrap()]
}

/// A caller: without a credential, or with scopes.
pub fn caller(random: &mut Random) -> Option<Vec<u16>> {
    let all: Vec<u16> = Scope::SCOPES.iter().map(|scope| scope.0).collect();
    (!random.one_in(3)).then(|| random.some_of(&all, 2))
}

pub fn grant(held: &[u16]) -> Grant<Scope> {
    Grant::of(Key, held.iter().map(|scope| Scope(*scope)))
}

/// A handler and what the table has of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    pub name: usize,
    pub asks: Asks,
    pub listed: Listed,
    pub method: Method,
    pub path: String,
    pub kind: RouteKind,
    pub is_conditional: bool,
}

/// How a handler is in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// The build has seen it.
    Seen,
    /// The policy says that it is there.
    Declared,
    /// Not at all.
    Missing,
}

impl Handler {
    pub fn row(&self) -> Option<RouteRow> {
        (self.listed != Listed::Missing).then(|| RouteRow {
            method: self.method,
            path: self.path.clone().leak(),
            operation_id: "",
            operation: Operation::uniform(self.asks.decision()),
            is_handler: self.listed == Listed::Seen,
            is_conditional: self.is_conditional,
            kind: if self.listed == Listed::Seen { self.kind } else { RouteKind::Route },
        })
    }

    /// Whether the table says something of this handler that is not in it, because another one has its path and answers
    /// every method, or, where `either`, it does.
    pub fn is_meant_by(&self, other: &Self, either: bool) -> bool {
        let is_any = other.method == Method::Any && (either || other.listed == Listed::Declared);
        self.listed == Listed::Missing
            && other.listed != Listed::Missing
            && self.endpoint().1 == other.endpoint().1
            && (is_any || either && self.method == Method::Any)
    }

    /// The endpoint, as a client sees it: two of them are not in one table.
    pub fn endpoint(&self) -> (Method, String) {
        let mut path = String::new();
        let mut is_inside = false;
        for character in self.path.chars() {
            match character {
                '{' => is_inside = true,
                '}' => is_inside = false,
                _ if is_inside && character != '*' => continue,
                _ => {}
            }
            path.push(character);
        }
        (self.method, path)
    }
}
