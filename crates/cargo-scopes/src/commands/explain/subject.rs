//! What a question is about: an endpoint, or an MCP tool, prompt or resource, in one shape.

use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::policy::RouteStatus;
use scopewright_model::{Access, DecidedBy, Handler, McpKind, McpOperation, Operation, Span};

/// An endpoint, tool, prompt or resource that is decided.
pub struct Subject<'p> {
    /// The member of the machine form that names it: `route`, `tool`, `prompt` or `resource`.
    pub key: &'static str,
    /// Its value.
    pub name: String,
    /// Its name where all of these stand side by side.
    pub title: String,
    pub handler: Option<&'p Handler>,
    pub registered: &'p Span,
    /// The framework or source, or what it is to MCP.
    pub found_as: &'static str,
    pub conditions: &'p [String],
    pub access: Access<'p>,
    pub decided_by: &'p DecidedBy,
    /// Modes that another place decides.
    pub decided_apart: Vec<(ModeIndex, &'p DecidedBy)>,
    pub status: RouteStatus,
    pub may_require: &'p [(ScopeIndex, String)],
    /// Whether an endpoint takes the call, and asks for its own. Which one it is, the sources do not say: the server
    /// behind an endpoint is a value like any other.
    pub is_behind_endpoint: bool,
}

impl<'p> From<&'p Operation> for Subject<'p> {
    fn from(operation: &'p Operation) -> Self {
        Self {
            key: "route",
            name: operation.title(),
            title: operation.title(),
            handler: operation.handler.as_ref(),
            registered: &operation.registered,
            found_as: operation.framework.as_str(),
            conditions: &operation.conditions,
            access: operation.access(),
            decided_by: &operation.decided_by,
            decided_apart: operation.decided_apart.iter().map(|(mode, place)| (*mode, place)).collect(),
            status: operation.status,
            may_require: &operation.may_require,
            is_behind_endpoint: false,
        }
    }
}

impl<'p> From<&'p McpOperation> for Subject<'p> {
    fn from(offered: &'p McpOperation) -> Self {
        Self {
            key: offered.kind.as_str(),
            name: offered.name.clone(),
            title: offered.title(),
            handler: offered.handler.as_ref(),
            registered: &offered.registered,
            found_as: match offered.kind {
                McpKind::Tool => "MCP tool",
                McpKind::Prompt => "MCP prompt",
                McpKind::Resource => "MCP resource",
            },
            conditions: &offered.conditions,
            access: offered.access(),
            decided_by: &offered.decided_by,
            decided_apart: Vec::new(),
            status: RouteStatus::Stable,
            may_require: &offered.may_require,
            is_behind_endpoint: true,
        }
    }
}
