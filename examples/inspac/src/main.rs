//! The command `inspac`: serves the API, fills a database with demonstration data, and does what needs no server.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use example_groundwork::{Limits, program, serving};
use inspac::{
    ApiError, AppState, MediaStore, audit_keys, document, open, organisation_named, seed, serve,
    start_session,
};

/// The insp.ac service: inspections and maintenance behind scoped API keys.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database file; attachments are kept in a folder of its name beside it.
    #[arg(long, global = true, default_value = "inspac.sqlite")]
    database: PathBuf,
    #[command(flatten)]
    limits: Limits,
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty database with demonstration data and prints its credentials, a shell assignment each.
    Seed,
    /// Signs an administrator in and prints the session's token.
    Session {
        /// The organisation's name.
        organisation: String,
        /// Who it is.
        email: String,
    },
    /// Prints the scopes that keys were given and do not use.
    Audit {
        /// The organisation's name.
        organisation: String,
        /// For how many days a scope opened nothing to be listed.
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..))]
        unused_for_days: u16,
    },
    /// Prints the OpenAPI document of the handlers, as YAML, without what `cargo scopes generate` adds.
    Openapi,
}

fn main() -> ExitCode {
    program::conclude(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let database = || open(&arguments.database);
    match &arguments.command {
        Some(Command::Openapi) => program::print(document().to_yaml()?.trim_end())?,
        Some(Command::Seed) => {
            for credential in database()?.write_blocking(|transaction| seed(transaction))? {
                program::print(&format!("{}={}", credential.variable, credential.secret))?;
            }
        }
        Some(Command::Session { organisation, email }) => {
            let token =
                database()?.write_blocking(|transaction| start_session(transaction, organisation, email))?;
            program::print(&token)?;
        }
        Some(Command::Audit { organisation, unused_for_days }) => {
            let audited = database()?.read_blocking(|connection| -> Result<_, ApiError> {
                audit_keys(connection, organisation_named(connection, organisation)?, *unused_for_days)
            })?;
            for key in audited.iter().filter(|key| !key.unused.is_empty()) {
                program::print(&format!("{} ({}): {}", key.name, key.id, key.unused.join(" ")))?;
            }
        }
        None => {
            let media = MediaStore::open(&arguments.database.with_extension("media"))?;
            let state = AppState::new(database()?, media);
            serving::run_until_stopped(arguments.listen, |listener, stop| {
                serve(listener, state, arguments.limits, stop)
            })?;
        }
    }
    Ok(())
}
