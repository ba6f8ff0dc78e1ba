//! An MCP tool, named as findings, docs and lists name it: `tool list_cameras`.

use super::Args;
use super::lookup::{self, Wanted};
use super::subject::Subject;
use crate::args::Common;
use crate::status::Status;
use anyhow::{Result, bail};
use scopewright_compiler::Outcome;
use scopewright_model::Plan;

/// The name of the tool that is asked about: what stands behind the word `tool`. Empty if nothing does.
pub fn name(what: &str) -> Option<&str> {
    let what = what.trim();
    let (word, name) = what.split_once(char::is_whitespace).unwrap_or((what, ""));
    word.eq_ignore_ascii_case("tool").then_some(name.trim())
}

pub fn explain(common: &Common, args: &Args, name: &str) -> Result<Status> {
    if name.is_empty() {
        bail!("`tool` names no tool; write the name behind it, as in `tool list_cameras`");
    }
    lookup::explain(common, args, &Tool { name })
}

struct Tool<'a> {
    name: &'a str,
}

impl Wanted for Tool<'_> {
    const NOUN: &'static str = "tool";

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn decided<'p>(&self, plan: &'p Plan) -> Option<Subject<'p>> {
        plan.tools.iter().find(|tool| tool.name == self.name).map(Subject::from)
    }

    fn undecided(&self, outcome: &Outcome) -> Option<String> {
        let tool = outcome.routes.tools.iter().find(|tool| tool.name == self.name)?;
        Some(format!("tool {}", tool.name))
    }

    fn known(outcome: &Outcome) -> Vec<String> {
        outcome.routes.tools.iter().map(|tool| tool.name.clone()).collect()
    }
}
