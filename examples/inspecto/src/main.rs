//! The command `inspecto`: serves the API, fills a database with demonstration data, opens an administrator's session.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use example_groundwork::{Limits, program};

/// The Inspecto service: vehicles and inspections behind scoped API keys.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database file; made if it is not there.
    #[arg(long, global = true, default_value = "inspecto.sqlite")]
    database: PathBuf,
    #[command(flatten)]
    limits: Limits,
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty database with demonstration data and prints its credentials as shell assignments.
    Seed,
    /// Opens a session of an administrator for eight hours and prints it.
    OpenSession {
        /// Who the administrator is.
        administrator: String,
    },
}

fn main() -> ExitCode {
    program::conclude(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let database = inspecto::open(&arguments.database)?;
    match &arguments.command {
        Some(Command::Seed) => {
            for (name, secret) in inspecto::seed(&database)? {
                program::print(&format!("{name}={secret}"))?;
            }
        }
        Some(Command::OpenSession { administrator }) => {
            program::print(&inspecto::open_session(&database, administrator)?)?;
        }
        None => {
            let audit_log = inspecto::AuditLog::open(&arguments.database)?;
            let listener = program::listen(arguments.listen)?;
            inspecto::serve(listener, database, audit_log, arguments.limits, program::announce)?;
        }
    }
    Ok(())
}
