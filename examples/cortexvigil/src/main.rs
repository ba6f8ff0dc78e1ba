//! The command `cortexvigil`: serves the API, or fills a database with demonstration data.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cortexvigil::{AppState, MediaStore, OperatorToken, open, seed, serve};
use example_groundwork::{Limits, program, serving};

/// The CortexVigil service: cameras, events and attendance behind scoped API keys.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database file; recordings are kept in a folder of its name beside it.
    #[arg(long, global = true, default_value = "cortexvigil.sqlite")]
    database: PathBuf,
    /// The bearer token of the operator; without it the administration is closed.
    #[arg(long, env = "CORTEXVIGIL_OPERATOR_TOKEN", hide_env_values = true)]
    operator_token: Option<String>,
    #[command(flatten)]
    limits: Limits,
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty database with demonstration data and prints its API keys as a shell reads them.
    Seed,
}

fn main() -> ExitCode {
    program::conclude(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let database = open(&arguments.database)?;
    let media = MediaStore::open(&arguments.database.with_extension("media"))?;
    if let Some(Command::Seed) = arguments.command {
        for key in seed(&database, &media)? {
            program::print(&format!("{}={}", key.variable, key.secret))?;
        }
        return Ok(());
    }
    let operator = OperatorToken::new(arguments.operator_token.as_deref());
    let state = AppState::new(database, media, operator);
    serving::run_until_stopped(arguments.listen, |listener, stop| {
        serve(listener, state, arguments.limits, stop)
    })
}
