//! What an MCP server offers: what discovery and the policy say of it, and each with its decision.
//!
//! A tool, a prompt or a resource is no endpoint. It has a name in place of a method and a path, it is called through an
//! endpoint that has a decision of its own, and families and `[[routes]]` are not about it.

use crate::core::{ModeIndex, ScopeIndex, Verdict};
use crate::plan::{DecidedBy, Decision};
use crate::{Access, Annotation, Handler, Policy, Span};
use std::collections::BTreeMap;

/// The kinds of what a server offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum McpKind {
    /// Called by `tools/call`.
    Tool,
    /// Got by `prompts/get`.
    Prompt,
    /// Read by `resources/read`. Its name is its URI, or the template of its URIs (RFC 6570).
    Resource,
}

impl McpKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Tool, Self::Prompt, Self::Resource];

    /// The word for it: `tool`, `prompt`, `resource`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Prompt => "prompt",
            Self::Resource => "resource",
        }
    }
}

/// A function marked as an MCP tool or prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct McpFunction {
    /// Which of them.
    pub kind: McpKind,
    /// The name a client calls it by.
    pub name: String,
    /// The function.
    pub handler: Handler,
    /// The attribute that makes it one.
    pub registered: Span,
    /// Conditions it exists under (`cfg(feature = "x")`). Shown only.
    pub conditions: Vec<String>,
    /// What was written about it, if anything.
    pub annotation: Option<Annotation>,
}

/// One tool, prompt or resource with its decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct McpOperation {
    /// Which of them.
    pub kind: McpKind,
    /// The name a client calls it by, or the URI or template; unique in a plan among those of its kind.
    pub name: String,
    /// The function. Resources have none: rmcp has no attribute for them.
    pub handler: Option<Handler>,
    /// The attribute that makes it one, or the entry of the policy.
    pub registered: Span,
    /// Modes with a decision of their own.
    pub by_mode: BTreeMap<ModeIndex, Decision>,
    /// Every other mode, and callers without a credential.
    pub otherwise: Decision,
    /// Where that was written.
    pub decided_by: DecidedBy,
    /// Scopes the function itself may ask for, with the condition in words.
    pub may_require: Vec<(ScopeIndex, String)>,
    /// Conditions it exists under.
    pub conditions: Vec<String>,
}

impl McpOperation {
    /// Its decisions, which hold beside those of the endpoint that takes the call.
    pub const fn access(&self) -> Access<'_> {
        Access { by_mode: &self.by_mode, otherwise: &self.otherwise }
    }

    /// The decision for one mode.
    pub fn for_mode(&self, mode: ModeIndex) -> &Decision {
        self.access().for_mode(mode)
    }

    /// Every decision in it.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.by_mode.values().chain([&self.otherwise])
    }

    /// See [`Access::verdict`].
    pub fn verdict(&self, policy: &Policy, caller: Option<(ModeIndex, &[ScopeIndex])>) -> Verdict {
        self.access().verdict(policy, caller)
    }

    /// `tool list_cameras`, `resource cameras://{id}/snapshot`.
    pub fn title(&self) -> String {
        format!("{} {}", self.kind.as_str(), self.name)
    }
}
