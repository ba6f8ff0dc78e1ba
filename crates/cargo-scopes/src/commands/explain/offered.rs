//! An MCP tool, prompt or resource, named as findings, docs and lists name it: `tool list_cameras`.

use super::Args;
use super::lookup::{self, Wanted};
use super::subject::Subject;
use crate::args::Common;
use crate::status::Status;
use anyhow::{Result, bail};
use scopewright_compiler::Outcome;
use scopewright_model::core::resources_about;
use scopewright_model::{McpKind, McpOperation, Plan};

/// The kind and name that is asked about: a word for the kind and what stands behind it, which is empty if nothing does.
pub fn named(what: &str) -> Option<(McpKind, &str)> {
    let what = what.trim();
    let (word, name) = what.split_once(char::is_whitespace).unwrap_or((what, ""));
    let kind = McpKind::ALL.into_iter().find(|kind| word.eq_ignore_ascii_case(kind.as_str()))?;
    Some((kind, name.trim()))
}

pub fn explain(common: &Common, args: &Args, (kind, name): (McpKind, &str)) -> Result<Status> {
    if name.is_empty() {
        let example = match kind {
            McpKind::Tool => "tool list_cameras",
            McpKind::Prompt => "prompt summarize_day",
            McpKind::Resource => "resource cameras://7/snapshot",
        };
        let noun = kind.as_str();
        bail!("`{noun}` names no {noun}; write the name behind it, as in `{example}`");
    }
    lookup::explain(common, args, &Offered { kind, name })
}

struct Offered<'a> {
    kind: McpKind,
    name: &'a str,
}

impl Offered<'_> {
    /// What decides about a resource that is asked for by a URI of its own, as at run time.
    fn about<'p>(&self, plan: &'p Plan) -> Vec<&'p McpOperation> {
        if self.kind != McpKind::Resource {
            return Vec::new();
        }
        let resources: Vec<&McpOperation> = plan.mcp_of(self.kind).collect();
        if resources.iter().any(|resource| resource.name == self.name) {
            return Vec::new();
        }
        let patterns = resources.iter().map(|resource| resource.name.as_str());
        let about = resources_about(self.name, patterns);
        about.into_iter().filter_map(|at| resources.get(at).copied()).collect()
    }
}

impl Wanted for Offered<'_> {
    fn noun(&self) -> &'static str {
        self.kind.as_str()
    }

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn decided<'p>(&self, plan: &'p Plan) -> Option<Subject<'p>> {
        let mut of_kind = plan.mcp_of(self.kind);
        let named = of_kind.find(|offered| offered.name == self.name);
        named.or_else(|| self.about(plan).first().copied()).map(Subject::from)
    }

    fn several(&self, plan: &Plan) -> Option<String> {
        let about = self.about(plan);
        let names: Vec<String> = about.iter().map(|offered| format!("`{}`", offered.name)).collect();
        (names.len() > 1).then(|| {
            format!(
                "a caller has to meet all that is decided of `{}`; ask for each: {}",
                self.name,
                names.join(", ")
            )
        })
    }

    fn undecided(&self, outcome: &Outcome) -> Option<String> {
        let mut found = outcome.routes.mcp.iter();
        let function = found.find(|function| function.kind == self.kind && function.name == self.name)?;
        Some(format!("{} {}", self.kind.as_str(), function.name))
    }

    fn known(&self, outcome: &Outcome) -> Vec<String> {
        let of_source = outcome.routes.mcp.iter().filter(|function| function.kind == self.kind);
        let of_plan = outcome.plan.iter().flat_map(|plan| plan.mcp_of(self.kind));
        let mut known: Vec<String> = of_source.map(|function| function.name.clone()).collect();
        known.extend(of_plan.map(|offered| offered.name.clone()));
        known
    }
}
