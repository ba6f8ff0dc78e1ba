//! The policy's table against what is registered.

use crate::audit;
use crate::catalogue::{Catalogue, CompiledPolicy, RouteRow, ServerRow};
use crate::record::Registration;
use crate::table::is_same_path;
use scopewright_core::{Decision, Method, ModeIndex, Operation, ScopeIndex, decide};
use std::collections::BTreeSet;
use std::fmt;

/// One difference between the policy's table and what is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The table has an operation that nothing is registered for.
    NotRegistered {
        /// The method.
        method: Method,
        /// The path.
        path: String,
    },
    /// Something is registered that the table does not have.
    NotInTable {
        /// The method.
        method: Method,
        /// The path.
        path: String,
        /// Who answers it.
        handler: String,
    },
    /// Table and registration ask for different things.
    OtherDecision {
        /// The method.
        method: Method,
        /// The path.
        path: String,
        /// Who answers it.
        handler: String,
        /// What the table says.
        table: String,
        /// What the registration says.
        registered: String,
    },
    /// Calls that an audited scope lets in have to be written down, and nothing is there to do it: see
    /// [`on_audit`](crate::on_audit).
    NoAuditHook {
        /// The method.
        method: Method,
        /// The path.
        path: String,
    },
    /// The door in front of a plain part of the service asks another policy's table.
    OtherDoor {
        /// The policy it asks: its `[api] title`.
        policy: &'static str,
    },
    /// A handler is guarded by another policy.
    OtherPolicy {
        /// The method.
        method: Method,
        /// The path.
        path: String,
        /// Who answers it.
        handler: String,
    },
}

/// The policy's table and what is registered differ: the service that was built is not the one the build looked at.
/// `Debug` is for people too: it is what a `main` that returns this prints.
#[derive(Clone, PartialEq, Eq)]
pub struct TableMismatch {
    /// The differences, by path and method.
    pub differences: Vec<Difference>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegistered { method, path } => {
                write!(f, "`{method} {path}` is in the table, but nothing is registered for it")
            }
            Self::NotInTable { method, path, handler } => {
                write!(f, "`{method} {path}` is registered (`{handler}`), but is not in the table")
            }
            Self::OtherDecision { method, path, handler, table, registered } => {
                write!(f, "`{method} {path}` (`{handler}`) asks for {registered}, but the table says {table}")
            }
            Self::NoAuditHook { method, path } => write!(
                f,
                "`{method} {path}` can be let in by a scope with `audit = true`, and no audit hook is set \
                 (`scopewright::on_audit`)"
            ),
            Self::OtherPolicy { method, path, handler } => {
                write!(f, "`{method} {path}` (`{handler}`) is guarded by another policy than this one")
            }
            Self::OtherDoor { policy } => {
                write!(f, "the door in front of a plain part asks another policy than this one (`{policy}`)")
            }
        }
    }
}

impl fmt::Display for TableMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, s) = (self.differences.len(), if self.differences.len() == 1 { "" } else { "s" });
        writeln!(f, "the service differs from the scope policy's table in {count} place{s}:")?;
        for difference in &self.differences {
            writeln!(f, "  - {difference}")?;
        }
        if self.differences.iter().all(|it| matches!(it, Difference::NoAuditHook { .. })) {
            return f.write_str("set the hook before the service is compared with its table");
        }
        f.write_str(
            "the build did not see the routes this program serves: run `cargo scopes routes`, and add what it can't \
             follow to `[[routes]]` in scopes.toml",
        )
    }
}

impl fmt::Debug for TableMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for TableMismatch {}

/// What a router of the service registers, and which doors stand in front of its plain parts.
#[derive(Clone, Copy)]
pub(crate) struct Registered<'r> {
    pub(crate) known: &'r [Registration],
    /// The policies whose tables the doors ask.
    pub(crate) doors: &'r [&'static CompiledPolicy],
}

/// Compares with the server of the table that is nearest to what is registered: each router of a service with its own.
pub(crate) fn compare<C: Catalogue>(registered: Registered<'_>) -> Result<(), TableMismatch> {
    let policy = C::policy();
    let of_servers = policy.servers.iter().map(|server| differences(policy, registered, Some(server)));
    // A table whose build saw no server (all endpoints come from documents, say) is one server's.
    let all = of_servers.min_by_key(Vec::len).unwrap_or_else(|| differences(policy, registered, None));
    let mut differences = all;
    let others = registered.doors.iter().filter(|door| !std::ptr::eq(**door, policy));
    differences.extend(others.map(|door| Difference::OtherDoor { policy: door.title }));
    if !audit::has_hook() {
        let needs_hook = policy
            .routes
            .iter()
            .filter(|row| row.is_handler && !row.is_conditional && audit::may_need_hook::<C>(&row.operation));
        let missing =
            |row: &RouteRow| Difference::NoAuditHook { method: row.method, path: row.path.to_owned() };
        differences.extend(needs_hook.map(missing));
    }
    if differences.is_empty() {
        return Ok(());
    }
    differences.sort_by(|one, other| one.place().cmp(&other.place()));
    Err(TableMismatch { differences })
}

/// The differences from one server, or from the whole table.
fn differences(
    policy: &'static CompiledPolicy,
    registered: Registered<'_>,
    server: Option<&'static ServerRow>,
) -> Vec<Difference> {
    let is_here = |at: usize| match server {
        Some(server) => u16::try_from(at).is_ok_and(|at| server.routes.binary_search(&at).is_ok()),
        None => true,
    };
    let rows = policy.routes.iter().enumerate().filter(|(at, _)| is_here(*at)).map(|(_, row)| row);
    let rows: Vec<&'static RouteRow> = rows.collect();
    let mut differences: Vec<_> =
        registered.known.iter().filter_map(|it| difference(policy, &rows, it)).collect();
    let is_whole = server.map_or(registered.doors.is_empty(), |server| server.is_whole);
    if is_whole {
        let is_missing = |row: &&&RouteRow| {
            row.is_handler
                && !row.is_conditional
                && !registered
                    .known
                    .iter()
                    .any(|it| it.method == row.method && is_same_path(&it.path, row.path))
        };
        let missing =
            |row: &&RouteRow| Difference::NotRegistered { method: row.method, path: row.path.to_owned() };
        differences.extend(rows.iter().filter(is_missing).map(missing));
    }
    differences
}

impl Difference {
    fn place(&self) -> (&str, Method) {
        match self {
            Self::OtherDoor { policy } => (policy, Method::Any),
            Self::NotRegistered { method, path }
            | Self::NoAuditHook { method, path }
            | Self::NotInTable { method, path, .. }
            | Self::OtherDecision { method, path, .. }
            | Self::OtherPolicy { method, path, .. } => (path, *method),
        }
    }
}

fn difference(
    policy: &'static CompiledPolicy,
    rows: &[&'static RouteRow],
    it: &Registration,
) -> Option<Difference> {
    let (method, path, handler) = (it.method, it.path.clone(), it.handler.to_owned());
    if !std::ptr::eq(it.policy, policy) {
        return Some(Difference::OtherPolicy { method, path, handler });
    }
    let mut of_path =
        rows.iter().filter(|row| row.method == method && is_same_path(row.path, &path)).peekable();
    let Some(row) = of_path.peek() else { return Some(Difference::NotInTable { method, path, handler }) };
    let table = described(policy, &row.operation);
    if of_path.any(|row| is_same_decision(policy, &row.operation, it.operation)) {
        return None;
    }
    let registered = described(policy, it.operation);
    Some(Difference::OtherDecision { method, path, handler, table, registered })
}

/// Whether every mode, and a caller without a credential, are decided alike.
fn is_same_decision(policy: &CompiledPolicy, one: &Operation<'_>, other: &Operation<'_>) -> bool {
    decide(one, None) == decide(other, None)
        && policy
            .modes_indexed()
            .all(|(mode, _)| is_same(policy.decision_for(one, mode), policy.decision_for(other, mode)))
        && (!policy.modes.is_empty() || is_same(one.otherwise, other.otherwise))
}

fn is_same(one: Decision<'_>, other: Decision<'_>) -> bool {
    match (one, other) {
        (Decision::Scoped(one), Decision::Scoped(other)) => {
            alternatives(one.alternatives()) == alternatives(other.alternatives())
        }
        (one, other) => one == other,
    }
}

/// The alternatives without order and repetition.
fn alternatives(any_of: &[&[ScopeIndex]]) -> BTreeSet<BTreeSet<ScopeIndex>> {
    any_of.iter().map(|all_of| all_of.iter().copied().collect()).collect()
}

/// An operation's decisions in words.
fn described(policy: &CompiledPolicy, operation: &Operation<'_>) -> String {
    if operation.by_mode.is_empty() {
        return words(policy, operation.otherwise);
    }
    let name = |mode: ModeIndex| policy.mode(mode).map_or("an unknown mode", |row| row.name);
    let mut parts: Vec<_> = operation
        .by_mode
        .iter()
        .map(|entry| format!("{} via {}", words(policy, entry.decision), name(entry.mode)))
        .collect();
    parts.push(format!("{} via any other mode", words(policy, operation.otherwise)));
    parts.join(", ")
}

fn words(policy: &CompiledPolicy, decision: Decision<'_>) -> String {
    let all_of = |scopes: &&[ScopeIndex]| {
        let names: Vec<_> = scopes.iter().map(|scope| format!("`{}`", policy.scope_name(*scope))).collect();
        names.join(" and ")
    };
    match decision {
        Decision::Scoped(requirement) => {
            requirement.alternatives().iter().map(all_of).collect::<Vec<_>>().join(", or ")
        }
        Decision::Authenticated => "any valid credential".to_owned(),
        Decision::Public => "nothing (public)".to_owned(),
        Decision::OptionalAuth => "nothing, or a valid credential".to_owned(),
        Decision::Refused => "what nobody has (refused)".to_owned(),
        Decision::Deferred => "a decision that nobody has made yet".to_owned(),
    }
}
