//! An endpoint, named by its method and path.

use super::lookup::{self, Wanted};
use super::subject::Subject;
use super::{Args, search};
use crate::args::Common;
use crate::status::Status;
use anyhow::{Context as _, Result};
use scopewright_compiler::{Outcome, nearest};
use scopewright_model::core::Method;
use scopewright_model::{Operation, Plan};

pub fn explain(common: &Common, args: &Args, what: &str) -> Result<Status> {
    lookup::explain(common, args, &Endpoint::parse(what)?)
}

/// The endpoint through which a tool is called.
pub fn of_tool<'p>(what: &str, plan: &'p Plan) -> Result<Subject<'p>> {
    let endpoint = Endpoint::parse(what)?;
    endpoint.decided(plan).with_context(|| {
        let name = endpoint.name();
        let known: Vec<String> = plan.operations.iter().map(Operation::title).collect();
        match nearest(&name, known.iter().map(String::as_str)) {
            Some(near) => format!("there is no endpoint `{name}` with a decision; did you mean `{near}`?"),
            None => {
                format!("there is no endpoint `{name}` with a decision; `cargo scopes routes` lists them")
            }
        }
    })
}

struct Endpoint<'a> {
    method: Method,
    path: &'a str,
}

impl<'a> Endpoint<'a> {
    fn parse(what: &'a str) -> Result<Self> {
        let (method, path) = what.trim().split_once(char::is_whitespace).with_context(|| {
            format!("`{what}` names no method; write it before the path, as in `GET {}`", what.trim())
        })?;
        let method: Method =
            method.to_ascii_uppercase().parse().map_err(|error| anyhow::anyhow!("`{method}` is {error}"))?;
        Ok(Self { method, path: path.trim() })
    }
}

impl Wanted for Endpoint<'_> {
    fn noun(&self) -> &'static str {
        "endpoint"
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn decided<'p>(&self, plan: &'p Plan) -> Option<Subject<'p>> {
        search::operation(&plan.operations, self.method, self.path).map(Subject::from)
    }

    fn undecided(&self, outcome: &Outcome) -> Option<String> {
        let route = outcome.routes.routes.iter().find(|route| {
            let is_path = route.path.to_string() == self.path || route.path_as_written == self.path;
            route.method == self.method && is_path
        })?;
        Some(format!("{} {}", self.method, route.path))
    }

    fn known(&self, outcome: &Outcome) -> Vec<String> {
        outcome.plan.iter().flat_map(|plan| &plan.operations).map(Operation::title).collect()
    }
}
