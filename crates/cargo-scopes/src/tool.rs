//! An MCP tool as the commands show it, in one shape whether a plan decides it or not.

use crate::endpoint::Decisions;
use scopewright_compiler::Outcome;
use scopewright_model::{Handler, Span};
use serde_json::{Map, Value, json};

/// One tool and its decision.
pub struct ToolLine {
    name: String,
    handler: Handler,
    registered: Span,
    conditions: Vec<String>,
    decisions: Decisions,
}

/// The tools of a service, sorted by name.
pub fn tools(outcome: &Outcome) -> Vec<ToolLine> {
    let plan = outcome.plan.as_ref();
    let line = |tool: &scopewright_model::Tool| {
        let decided = plan.and_then(|plan| plan.tools.iter().find(|decided| decided.name == tool.name));
        let decisions = match (decided, plan) {
            (Some(decided), Some(plan)) => {
                Decisions::decided(&decided.by_mode, &decided.otherwise, &plan.policy)
            }
            _ => Decisions::as_written(tool.annotation.as_ref()),
        };
        ToolLine {
            name: tool.name.clone(),
            handler: tool.handler.clone(),
            registered: tool.registered.clone(),
            conditions: tool.conditions.clone(),
            decisions,
        }
    };
    outcome.routes.tools.iter().map(line).collect()
}

impl ToolLine {
    /// The stable form of `cargo scopes routes --format json`.
    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        let mut add = |key: &str, value: Value| _ = object.insert(key.to_owned(), value);
        add("tool", self.name.as_str().into());
        add("handler", self.handler.path.as_str().into());
        add("file", (*self.handler.definition.file).into());
        add("line", self.handler.definition.start.line.into());
        add("registered", json!({ "file": &*self.registered.file, "line": self.registered.start.line }));
        self.decisions.add_to(&mut add);
        if !self.conditions.is_empty() {
            add("conditions", json!(self.conditions));
        }
        Value::Object(object)
    }

    /// The columns of a table: name, what is required, handler, where it is marked as a tool.
    pub fn to_row(&self) -> [String; 4] {
        let place = format!("{}:{}", self.registered.file, self.registered.start.line);
        [self.name.clone(), self.decisions.to_string(), self.handler.path.clone(), place]
    }
}

/// The headings of [`ToolLine::to_row`].
pub const COLUMNS: [&str; 4] = ["TOOL", "REQUIRES", "HANDLER", "REGISTERED"];
