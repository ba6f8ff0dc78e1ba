//! What the policy's table has against what a server offers.

use crate::audit;
use crate::catalogue::{Catalogue, CompiledPolicy, McpRow};
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::router::tool::ToolRouter;
use std::collections::BTreeSet;
use std::fmt;

/// The kinds of what a server offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Called by `tools/call`.
    Tool,
    /// Got by `prompts/get`.
    Prompt,
    /// Read by `resources/read`.
    Resource,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Prompt => "prompt",
            Self::Resource => "resource",
        }
    }
}

/// What a server offers by name: the router of its tools, of its prompts, or both of them.
///
/// ```text
/// GuardedTools::<Scope, _>::new(server, &Server::tool_router())?
/// GuardedTools::<Scope, _>::new(server, &Server::prompt_router())?
/// GuardedTools::<Scope, _>::new(server, (&Server::tool_router(), &Server::prompt_router()))?
/// ```
pub trait Offered<S>: sealed::Sealed {
    /// The names, with what each is.
    fn names(self) -> BTreeSet<(Kind, String)>;
}

mod sealed {
    pub trait Sealed {}
}

impl<S> sealed::Sealed for &ToolRouter<S> {}
impl<S> sealed::Sealed for &PromptRouter<S> {}
impl<S> sealed::Sealed for (&ToolRouter<S>, &PromptRouter<S>) {}

impl<S> Offered<S> for &ToolRouter<S> {
    fn names(self) -> BTreeSet<(Kind, String)> {
        self.map.keys().map(|name| (Kind::Tool, name.to_string())).collect()
    }
}

impl<S> Offered<S> for &PromptRouter<S> {
    fn names(self) -> BTreeSet<(Kind, String)> {
        self.map.keys().map(|name| (Kind::Prompt, name.to_string())).collect()
    }
}

impl<S> Offered<S> for (&ToolRouter<S>, &PromptRouter<S>) {
    fn names(self) -> BTreeSet<(Kind, String)> {
        let (tools, prompts) = self;
        tools.names().into_iter().chain(prompts.names()).collect()
    }
}

/// One difference between the policy's table and what a server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ToolDifference {
    /// The policy has a tool or prompt that the server does not offer.
    NotOffered {
        /// Which of them.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// The server offers a tool or prompt that the policy does not have.
    NotInTable {
        /// Which of them.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// Calls that an audited scope lets in have to be written down, and nothing is there to do it: see
    /// [`on_audit`](crate::on_audit).
    NoAuditHook {
        /// What is called.
        kind: Kind,
        /// Its name.
        name: String,
    },
}

/// What is offered is not what the build looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct ToolMismatch {
    /// The differences, by kind, then name.
    pub differences: Vec<ToolDifference>,
}

impl fmt::Display for ToolDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOffered { kind: Kind::Tool, name } => {
                write!(f, "`{name}` is in the table, but the server does not offer it")
            }
            Self::NotOffered { kind, name } => {
                write!(f, "the {} `{name}` is in the table, but the server does not offer it", kind.as_str())
            }
            Self::NotInTable { kind: Kind::Tool, name } => {
                write!(f, "`{name}` is offered, but is not in the table")
            }
            Self::NotInTable { kind, name } => {
                write!(f, "the {} `{name}` is offered, but is not in the table", kind.as_str())
            }
            Self::NoAuditHook { name, .. } => write!(
                f,
                "`{name}` can be let in by a scope with `audit = true`, and no audit hook is set (`scopewright::on_audit`)"
            ),
        }
    }
}

impl fmt::Display for ToolMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, s) = (self.differences.len(), if self.differences.len() == 1 { "" } else { "s" });
        writeln!(f, "what the MCP server offers differs from the scope policy's table in {count} place{s}:")?;
        for difference in &self.differences {
            writeln!(f, "  - {difference}")?;
        }
        f.write_str(
            "the build finds tools and prompts by the attributes `#[tool]` and `#[prompt]` of rmcp, and a server offers those \
             of the routers it is made with: see `cargo scopes list`",
        )
    }
}

/// As it is displayed: a `main` that returns it prints it so.
impl fmt::Debug for ToolMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ToolMismatch {}

/// Compares. What stands under a condition may be missing.
pub(super) fn compare<C: Catalogue>(offered: &BTreeSet<(Kind, String)>) -> Result<(), ToolMismatch> {
    let policy = C::policy();
    let rows = || rows(policy);
    let is_known = |(kind, name): &(Kind, String)| match kind {
        Kind::Tool => policy.tool(name).is_some(),
        Kind::Prompt => policy.prompt(name).is_some(),
        // A server makes its resources as it is asked for them.
        Kind::Resource => true,
    };
    let is_missing = |(kind, row): &(Kind, &McpRow)| {
        let is_offered = || offered.iter().any(|(of, name)| of == kind && name == row.name);
        *kind != Kind::Resource && !row.is_conditional && !is_offered()
    };
    let needs_hook =
        |(_, row): &(Kind, &McpRow)| !audit::has_hook() && audit::may_need_hook::<C>(&row.operation);
    let missing = rows().filter(is_missing).map(|(kind, row)| {
        let name = row.name.to_owned();
        ((kind, row.name), ToolDifference::NotOffered { kind, name })
    });
    let unknown = offered.iter().filter(|offered| !is_known(offered)).map(|(kind, name)| {
        ((*kind, name.as_str()), ToolDifference::NotInTable { kind: *kind, name: name.clone() })
    });
    let unheard = rows().filter(needs_hook).map(|(kind, row)| {
        let name = row.name.to_owned();
        ((kind, row.name), ToolDifference::NoAuditHook { kind, name })
    });
    let mut differences: Vec<_> = missing.chain(unknown).chain(unheard).collect();
    if differences.is_empty() {
        return Ok(());
    }
    differences.sort_by_key(|(at, _)| *at);
    Err(ToolMismatch { differences: differences.into_iter().map(|(_, difference)| difference).collect() })
}

fn rows(policy: &'static CompiledPolicy) -> impl Iterator<Item = (Kind, &'static McpRow)> {
    let of_kind = |kind, rows: &'static [McpRow]| rows.iter().map(move |row| (kind, row));
    of_kind(Kind::Tool, policy.tools)
        .chain(of_kind(Kind::Prompt, policy.prompts))
        .chain(of_kind(Kind::Resource, policy.resources))
}
