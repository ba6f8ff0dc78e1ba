//! `cargo scopes check`: everything the build would check, with every finding.

use super::compile;
use crate::args::Common;
use crate::output::note;
use crate::project::{Project, Unnamed};
use crate::report::{Stream, counted};
use crate::status::Status;
use anyhow::Result;
use scopewright_compiler::Target;

/// Check the policy and every endpoint; write nothing.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(common: &Common, _: &Args) -> Result<Status> {
    let project = Project::find(common, Unnamed::Services)?;
    let compiled = compile(&project, &[Target::Generated]);
    compiled.report(common.message_format, Stream::Result)?;
    for (service, outcome) in &compiled.outcomes {
        let endpoints = counted(outcome.routes.routes.len(), "endpoint");
        note(&match outcome.plan {
            Some(_) => format!("checked {endpoints} of `{}`\n", service.name),
            None => format!("checked no endpoint of `{}`: its policy can't be used\n", service.name),
        });
    }
    if let Some(findings) = compiled.counted() {
        note(&format!("found {findings}\n"));
    }
    Ok(compiled.status())
}
