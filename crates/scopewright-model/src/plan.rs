//! The linked result: every operation with exactly one decision for every auth mode. All targets print from this.

use crate::core::{self, Method, ModeIndex, Requirement, RouteKind, RoutePattern, ScopeIndex, Verdict};
use crate::policy::{Policy, RouteStatus};
use crate::{Access, AskedBy, Framework, Handler, McpKind, McpOperation, Span};
use std::collections::BTreeMap;

/// What one auth mode must bring to one operation, owned. See [`scopewright_core::Decision`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Any of the alternatives, all of its scopes. INVARIANT: not empty, no empty alternative; alternatives sorted,
    /// scopes in each sorted by index, none twice.
    Scoped(Vec<Vec<ScopeIndex>>),
    /// A valid credential.
    Authenticated,
    /// Nothing; the key of the reason in `[public_reasons]`.
    Public {
        /// The key.
        reason: String,
    },
    /// Nothing, but a credential that is sent must be valid.
    OptionalAuth,
    /// Never.
    Refused,
    /// Denied until decided.
    Deferred {
        /// Where the open question is tracked.
        ticket: String,
    },
}

impl Decision {
    /// The word for it in machine forms: `scoped`, `authenticated`, `public`, `optional`, `refused`, `deferred`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Scoped(_) => "scoped",
            Self::Authenticated => "authenticated",
            Self::Public { .. } => "public",
            Self::OptionalAuth => "optional",
            Self::Refused => "refused",
            Self::Deferred { .. } => "deferred",
        }
    }

    /// The alternatives of a scoped decision, empty for all others.
    pub fn alternatives(&self) -> &[Vec<ScopeIndex>] {
        match self {
            Self::Scoped(any_of) => any_of,
            _ => &[],
        }
    }

    pub(crate) fn slices(&self) -> Vec<&[ScopeIndex]> {
        self.alternatives().iter().map(Vec::as_slice).collect()
    }

    pub(crate) fn as_core<'a>(&self, any_of: &'a [&'a [ScopeIndex]]) -> core::Decision<'a> {
        match self {
            Self::Scoped(_) => core::Decision::Scoped(Requirement::new(any_of)),
            Self::Authenticated => core::Decision::Authenticated,
            Self::Public { .. } => core::Decision::Public,
            Self::OptionalAuth => core::Decision::OptionalAuth,
            Self::Refused => core::Decision::Refused,
            Self::Deferred { .. } => core::Decision::Deferred,
        }
    }
}

/// Where the decision of an operation was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedBy {
    /// An attribute on the handler.
    Attribute(Span),
    /// A wrapper at the registration.
    Registration(Span),
    /// A `[[routes]]` entry.
    Route(Span),
    /// A `[[families]]` entry with `mode = "assign"`.
    Family(Span),
    /// An OpenAPI document or a manifest.
    Source(Span),
    /// `[resource]`.
    Resource(Span),
    /// An `[[mcp.resources]]` entry.
    McpResource(Span),
}

impl DecidedBy {
    /// The place.
    pub const fn span(&self) -> &Span {
        match self {
            Self::Attribute(span)
            | Self::Registration(span)
            | Self::Route(span)
            | Self::Family(span)
            | Self::Source(span)
            | Self::Resource(span)
            | Self::McpResource(span) => span,
        }
    }
}

/// One endpoint with its decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The method, or `Any`.
    pub method: Method,
    /// What answers: a route, or what is asked where no route fits.
    pub kind: RouteKind,
    /// The full path.
    pub path: RoutePattern,
    /// The name a document or an SDK uses for the operation; derived from the handler's name, unique in a plan.
    pub operation_id: String,
    /// Who answers.
    pub handler: Option<Handler>,
    /// Where it is registered.
    pub registered: Span,
    /// The framework or source.
    pub framework: Framework,
    /// Modes with a decision of their own. INVARIANT: a mode that upgrades one with an entry has an entry too, so that
    /// nobody who reads a plan has to look for it.
    pub by_mode: BTreeMap<ModeIndex, Decision>,
    /// Every other mode, and callers without a credential.
    pub otherwise: Decision,
    /// Where that was written.
    pub decided_by: DecidedBy,
    /// Modes that another entry decides, and which: where families of different `via` decide an endpoint together.
    pub decided_apart: BTreeMap<ModeIndex, DecidedBy>,
    /// Scopes the handler itself may ask for, with the condition in words.
    pub may_require: Vec<(ScopeIndex, String)>,
    /// Conditions the endpoint exists under.
    pub conditions: Vec<String>,
    /// Its life.
    pub status: RouteStatus,
    /// What asks for its decision.
    pub asked_by: AskedBy,
    /// The servers it is on, by their positions in the route table.
    pub servers: Vec<usize>,
}

/// What one of the service's typed routers has to register: it is compared with when the service starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedRows {
    /// The operations, by their positions in [`Plan::operations`]. Those behind a door are not among them: what a plain
    /// router registers is not known when a service starts.
    pub operations: Vec<usize>,
    /// Whether it is all that is served together; parts that a library hands out are served by others, as they like.
    pub is_whole: bool,
}

impl Operation {
    /// Its decisions.
    pub const fn access(&self) -> Access<'_> {
        Access { by_mode: &self.by_mode, otherwise: &self.otherwise }
    }

    /// The decision for one mode.
    pub fn for_mode(&self, mode: ModeIndex) -> &Decision {
        self.access().for_mode(mode)
    }

    /// See [`Access::verdict`].
    pub fn verdict(&self, policy: &Policy, caller: Option<(ModeIndex, &[ScopeIndex])>) -> Verdict {
        self.access().verdict(policy, caller)
    }

    /// See [`Access::missing_scopes`].
    pub fn missing_scopes(
        &self,
        policy: &Policy,
        mode: ModeIndex,
        granted: &[ScopeIndex],
    ) -> Vec<ScopeIndex> {
        self.access().missing_scopes(policy, mode, granted)
    }

    /// See [`Access::as_core`].
    pub fn as_core<R>(&self, ask: impl FnOnce(&core::Operation<'_>) -> R) -> R {
        self.access().as_core(ask)
    }

    /// `GET /cameras/{id}`.
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Policy and operations, linked.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The policy.
    pub policy: Policy,
    /// The operations, sorted by path text, then method name. No two have the same method and, parameter names aside,
    /// the same path, but for fallbacks of different servers. Two that differ in letter case only have the same decisions.
    pub operations: Vec<Operation>,
    /// The MCP tools, prompts and resources, sorted by kind, then name.
    pub mcp: Vec<McpOperation>,
    /// What each guarded server registers, each different one once; none if no server is known.
    pub servers: Vec<ServedRows>,
}

impl Plan {
    /// Those of the MCP operations that are of a kind, sorted by name.
    pub fn mcp_of(&self, kind: McpKind) -> impl Iterator<Item = &McpOperation> {
        self.mcp.iter().filter(move |operation| operation.kind == kind)
    }
}
