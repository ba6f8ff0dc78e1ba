//! `cargo scopes explain`: why an endpoint or an MCP tool asks for what it does, whether a caller may call it, what a
//! finding means.

mod code;
mod lookup;
mod offered;
mod question;
mod route;
mod search;
mod subject;
mod words;

use crate::args::Common;
use crate::status::Status;
use anyhow::{Result, bail};
use clap::ValueEnum;

/// Explain the decision on an endpoint or an MCP tool, or what a finding means.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    cargo scopes explain 'GET /cameras/{id}'\n  \
    cargo scopes explain 'GET /cameras/7' --grant read:events,read:cameras --mode api_key\n  \
    cargo scopes explain 'tool list_cameras' --grant read:cameras --endpoint 'POST /mcp'\n  \
    cargo scopes explain undecided-endpoint")]
pub struct Args {
    /// An endpoint (`GET /cameras/{id}`, or the path of a request to it), an MCP tool (`tool list_cameras`), prompt
    /// (`prompt NAME`) or resource (`resource cameras://7/snapshot`), or the code of a finding.
    #[arg(required = true, value_name = "METHOD /PATH | tool NAME | CODE")]
    what: Vec<String>,
    /// Ask for a caller whose credential names these scopes: between commas or blanks, or as a JSON array.
    #[arg(long, value_name = "SCOPES")]
    grant: Option<Vec<String>>,
    /// Ask for a caller with a credential of this auth mode.
    #[arg(long, value_name = "NAME")]
    mode: Option<String>,
    /// Ask about a call of the tool through this endpoint, which has a decision of its own.
    #[arg(long, value_name = "METHOD /PATH")]
    endpoint: Option<String>,
    /// How the explanation is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For reading.
    #[default]
    Text,
    /// One object.
    Json,
}

pub fn run(common: &Common, args: &Args) -> Result<Status> {
    let what = args.what.join(" ");
    match offered::named(&what) {
        Some(named) => offered::explain(common, args, named),
        None if args.endpoint.is_some() => {
            bail!("`--endpoint` says through which endpoint a tool is called, and `{what}` is no tool")
        }
        None if what.contains('/') => route::explain(common, args, &what),
        None => code::explain(args, &what),
    }
}
