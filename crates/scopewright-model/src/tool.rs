//! MCP tools: what discovery found of them, and each with its decision.
//!
//! A tool is no endpoint. It has a name in place of a method and a path, it is called through an endpoint that has a
//! decision of its own, and families and `[[routes]]` are not about it.

use crate::core::{ModeIndex, ScopeIndex, Verdict};
use crate::plan::{DecidedBy, Decision};
use crate::{Access, Annotation, Handler, Policy, Span};
use std::collections::BTreeMap;

/// A function marked as an MCP tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// The name a client calls it by.
    pub name: String,
    /// The function.
    pub handler: Handler,
    /// The attribute that makes it a tool.
    pub registered: Span,
    /// Conditions it exists under (`cfg(feature = "x")`). Shown only.
    pub conditions: Vec<String>,
    /// What was written about it, if anything.
    pub annotation: Option<Annotation>,
}

/// One tool with its decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolOperation {
    /// The name a client calls it by, unique in a plan.
    pub name: String,
    /// The function.
    pub handler: Handler,
    /// The attribute that makes it a tool.
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

impl ToolOperation {
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

    /// `tool list_cameras`.
    pub fn title(&self) -> String {
        format!("tool {}", self.name)
    }
}
