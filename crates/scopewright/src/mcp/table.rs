//! The policy's tools against those a server offers.

use crate::audit;
use crate::catalogue::{Catalogue, ToolRow};
use rmcp::handler::server::router::tool::ToolRouter;
use std::collections::BTreeSet;
use std::fmt;

/// One difference between the policy's tools and those a server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ToolDifference {
    /// The policy has a tool that the server does not offer.
    NotOffered {
        /// Its name.
        tool: String,
    },
    /// The server offers a tool that the policy does not have.
    NotInTable {
        /// Its name.
        tool: String,
    },
    /// Calls of the tool that an audited scope lets in have to be written down, and nothing is there to do it: see
    /// [`on_audit`](crate::on_audit).
    NoAuditHook {
        /// Its name.
        tool: String,
    },
}

/// The tools that are offered are not those the build looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolMismatch {
    /// The differences, by name.
    pub differences: Vec<ToolDifference>,
}

impl fmt::Display for ToolDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOffered { tool } => {
                write!(f, "`{tool}` is in the table, but the server does not offer it")
            }
            Self::NotInTable { tool } => write!(f, "`{tool}` is offered, but is not in the table"),
            Self::NoAuditHook { tool } => write!(
                f,
                "`{tool}` can be let in by a scope with `audit = true`, and no audit hook is set (`scopewright::on_audit`)"
            ),
        }
    }
}

impl fmt::Display for ToolMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, s) = (self.differences.len(), if self.differences.len() == 1 { "" } else { "s" });
        writeln!(f, "the MCP tools differ from the scope policy's table in {count} place{s}:")?;
        for difference in &self.differences {
            writeln!(f, "  - {difference}")?;
        }
        f.write_str(
            "the build finds tools by the attribute `#[tool]` of rmcp, and a server offers those of the routers it is \
             made with: see `cargo scopes list`",
        )
    }
}

impl std::error::Error for ToolMismatch {}

/// Compares. A tool under a condition may be missing.
pub(super) fn compare<C: Catalogue, S>(router: &ToolRouter<S>) -> Result<(), ToolMismatch> {
    let policy = C::policy();
    let offered: BTreeSet<&str> = router.map.keys().map(AsRef::as_ref).collect();
    let missing = policy.tools.iter().filter(|row| !row.is_conditional && !offered.contains(row.name));
    let unknown = offered.iter().filter(|name| policy.tool(name).is_none());
    let needs_hook = |row: &&ToolRow| !audit::has_hook() && audit::may_need_hook::<C>(&row.operation);
    let unheard = policy.tools.iter().filter(needs_hook);
    let mut differences: Vec<_> = missing
        .map(|row| (row.name, ToolDifference::NotOffered { tool: row.name.to_owned() }))
        .chain(unknown.map(|name| (*name, ToolDifference::NotInTable { tool: (*name).to_owned() })))
        .chain(unheard.map(|row| (row.name, ToolDifference::NoAuditHook { tool: row.name.to_owned() })))
        .collect();
    if differences.is_empty() {
        return Ok(());
    }
    differences.sort_by_key(|(name, _)| *name);
    Err(ToolMismatch { differences: differences.into_iter().map(|(_, difference)| difference).collect() })
}
