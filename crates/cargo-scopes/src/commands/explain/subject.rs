//! What a question is about: an endpoint or an MCP tool, in one shape.

use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::policy::RouteStatus;
use scopewright_model::{Access, DecidedBy, Handler, Operation, Span, ToolOperation};

/// An endpoint or a tool that is decided.
pub struct Subject<'p> {
    /// The member of the machine form that names it: `route` or `tool`.
    pub key: &'static str,
    /// Its value.
    pub name: String,
    /// Its name where endpoints and tools stand side by side.
    pub title: String,
    pub handler: Option<&'p Handler>,
    pub registered: &'p Span,
    /// The framework or source, or what marks it as a tool.
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

impl<'p> From<&'p ToolOperation> for Subject<'p> {
    fn from(tool: &'p ToolOperation) -> Self {
        Self {
            key: "tool",
            name: tool.name.clone(),
            title: tool.title(),
            handler: Some(&tool.handler),
            registered: &tool.registered,
            found_as: "MCP tool",
            conditions: &tool.conditions,
            access: tool.access(),
            decided_by: &tool.decided_by,
            decided_apart: Vec::new(),
            status: RouteStatus::Stable,
            may_require: &tool.may_require,
            is_behind_endpoint: true,
        }
    }
}
