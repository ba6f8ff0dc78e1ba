//! `cargo scopes`: the command in front of the compiler. Parses, dispatches and maps the result to an exit status.

mod args;
mod commands;
mod endpoint;
mod offered;
mod output;
mod progress;
mod project;
mod report;
mod status;
mod table;

use args::{Cli, Command};
use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(args::without_subcommand_name(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => return output::usage(&error).into(),
    };
    let common = &cli.common;
    let result = match &cli.command {
        Command::Check(args) => commands::check::run(common, args),
        Command::Generate(args) => commands::generate::run(common, args),
        Command::Routes(args) => commands::routes::run(common, args),
        Command::Explain(args) => commands::explain::run(common, args),
        Command::List(args) => commands::list::run(common, args),
    };
    output::finish(result).into()
}
