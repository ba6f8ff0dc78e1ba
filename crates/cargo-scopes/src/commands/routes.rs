//! `cargo scopes routes`: every endpoint found, and every place that could not be followed.

use super::compile;
use crate::args::Common;
use crate::endpoint::{COLUMNS, Endpoint, endpoints, sort};
use crate::offered::{OfferedLine, headings, offered};
use crate::output::{note, result};
use crate::project::{Project, Unnamed};
use crate::report::{Compiled, Stream, counted};
use crate::status::Status;
use crate::table::Style;
use anyhow::Result;
use clap::ValueEnum;
use scopewright_compiler::Outcome;
use scopewright_model::{Level, McpKind, Unresolved};
use serde_json::json;

/// List every endpoint found, and what could not be followed. Needs no policy.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How endpoints are written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For reading.
    #[default]
    Table,
    /// One object a line.
    Json,
}

pub fn run(common: &Common, args: &Args) -> Result<Status> {
    let project = Project::find(common, Unnamed::Any)?;
    let compiled = discovered_only(compile(&project, &[]));
    let mut found: Vec<Endpoint> =
        compiled.outcomes.iter().flat_map(|(_, outcome)| endpoints(outcome)).collect();
    sort(&mut found);
    let offered: Vec<OfferedLine> =
        compiled.outcomes.iter().flat_map(|(_, outcome)| offered(outcome)).collect();
    let unresolved: Vec<&Unresolved> =
        compiled.outcomes.iter().flat_map(|(_, outcome)| &outcome.routes.unresolved).collect();
    result(&match args.format {
        Format::Table => table(&found, &offered),
        Format::Json => lines(&found, &offered, &unresolved),
    })?;
    compiled.report(common.message_format, Stream::Note)?;
    let and_offered = McpKind::ALL.map(|kind| match offered.iter().filter(|line| line.is(kind)).count() {
        0 => String::new(),
        count => format!(", {}", counted(count, &format!("MCP {}", kind.as_str()))),
    });
    note(&format!(
        "{}{}, {} not followed\n",
        counted(found.len(), "endpoint"),
        and_offered.concat(),
        counted(unresolved.len(), "place")
    ));
    let errors = |outcome: &Outcome| outcome.diagnostics.iter().any(|found| found.level == Level::Error);
    let has_errors = compiled.outcomes.iter().any(|(_, outcome)| errors(outcome));
    Ok(if has_errors { Status::Findings } else { Status::Clean })
}

/// Only what discovery has to say: whether the policy is right, or there at all, is not asked here.
fn discovered_only(mut compiled: Compiled<'_>) -> Compiled<'_> {
    for (_, outcome) in &mut compiled.outcomes {
        let Outcome { diagnostics, discovery_findings, .. } = outcome;
        *diagnostics = std::mem::take(discovery_findings);
    }
    compiled
}

fn table(found: &[Endpoint], offered: &[OfferedLine]) -> String {
    let rows: Vec<_> = found.iter().map(Endpoint::to_row).collect();
    let of_mcp = McpKind::ALL.map(|kind| {
        let of_kind = offered.iter().filter(|line| line.is(kind));
        Style::Aligned.table(headings(kind).1, &of_kind.map(OfferedLine::to_row).collect::<Vec<_>>())
    });
    let tables = [Style::Aligned.table(COLUMNS, &rows)].into_iter().chain(of_mcp);
    tables.flatten().collect::<Vec<_>>().join("\n")
}

fn lines(found: &[Endpoint], offered: &[OfferedLine], unresolved: &[&Unresolved]) -> String {
    let endpoints = found.iter().map(Endpoint::to_json).chain(offered.iter().map(OfferedLine::to_json));
    let unresolved = unresolved.iter().map(|unresolved| {
        json!({
            "unresolved": unresolved.reason,
            "file": &*unresolved.span.file,
            "line": unresolved.span.start.line,
            "code": unresolved.code.name(),
            "help": unresolved.help,
        })
    });
    endpoints.chain(unresolved).map(|line| line.to_string() + "\n").collect()
}
