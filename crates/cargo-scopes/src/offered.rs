//! An MCP tool, prompt or resource as the commands show it, in one shape whether a plan decides it or not.

use crate::endpoint::Decisions;
use scopewright_compiler::Outcome;
use scopewright_model::{Handler, McpFunction, McpKind, McpOperation, Plan, Span};
use serde_json::{Map, Value, json};

/// One of them and its decision.
pub struct OfferedLine {
    kind: McpKind,
    name: String,
    handler: Option<Handler>,
    registered: Span,
    conditions: Vec<String>,
    decisions: Decisions,
}

/// What the MCP servers of a service offer, sorted by kind, then name.
pub fn offered(outcome: &Outcome) -> Vec<OfferedLine> {
    let plan = outcome.plan.as_ref();
    let functions = outcome.routes.mcp.iter().map(|function| of_function(function, plan));
    // Resources stand in the policy alone.
    let of_plan =
        |plan| Plan::mcp_of(plan, McpKind::Resource).map(move |resource| of_resource(resource, plan));
    functions.chain(plan.into_iter().flat_map(of_plan)).collect()
}

fn of_function(function: &McpFunction, plan: Option<&Plan>) -> OfferedLine {
    let decided =
        plan.and_then(|plan| plan.mcp_of(function.kind).find(|decided| decided.name == function.name));
    let decisions = match (decided, plan) {
        (Some(decided), Some(plan)) => decided_by(decided, plan),
        _ => Decisions::as_written(function.annotation.as_ref()),
    };
    OfferedLine {
        kind: function.kind,
        name: function.name.clone(),
        handler: Some(function.handler.clone()),
        registered: function.registered.clone(),
        conditions: function.conditions.clone(),
        decisions,
    }
}

fn of_resource(resource: &McpOperation, plan: &Plan) -> OfferedLine {
    OfferedLine {
        kind: resource.kind,
        name: resource.name.clone(),
        handler: resource.handler.clone(),
        registered: resource.registered.clone(),
        conditions: resource.conditions.clone(),
        decisions: decided_by(resource, plan),
    }
}

fn decided_by(operation: &McpOperation, plan: &Plan) -> Decisions {
    Decisions::decided(&operation.by_mode, &operation.otherwise, &plan.policy)
}

impl OfferedLine {
    /// Whether it is of a kind.
    pub fn is(&self, kind: McpKind) -> bool {
        self.kind == kind
    }

    /// The stable form of `cargo scopes routes --format json`.
    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        let mut add = |key: &str, value: Value| _ = object.insert(key.to_owned(), value);
        add(self.kind.as_str(), self.name.as_str().into());
        if let Some(handler) = &self.handler {
            add("handler", handler.path.as_str().into());
            add("file", (*handler.definition.file).into());
            add("line", handler.definition.start.line.into());
        }
        add("registered", json!({ "file": &*self.registered.file, "line": self.registered.start.line }));
        self.decisions.add_to(&mut add);
        if !self.conditions.is_empty() {
            add("conditions", json!(self.conditions));
        }
        Value::Object(object)
    }

    /// The columns of a table: name, what is required, handler, where it is marked or decided.
    pub fn to_row(&self) -> [String; 4] {
        let place = format!("{}:{}", self.registered.file, self.registered.start.line);
        let handler = self.handler.as_ref().map(|handler| handler.path.clone());
        [self.name.clone(), self.decisions.to_string(), handler.unwrap_or_default(), place]
    }
}

/// The heading of a table of one kind, and those of [`OfferedLine::to_row`].
pub const fn headings(kind: McpKind) -> (&'static str, [&'static str; 4]) {
    match kind {
        McpKind::Tool => ("MCP tools", ["TOOL", "REQUIRES", "HANDLER", "REGISTERED"]),
        McpKind::Prompt => ("MCP prompts", ["PROMPT", "REQUIRES", "HANDLER", "REGISTERED"]),
        McpKind::Resource => ("MCP resources", ["RESOURCE", "REQUIRES", "HANDLER", "DECIDED"]),
    }
}
