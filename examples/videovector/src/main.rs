//! The command `videovector`: serves the API, or fills a database with demonstration data.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use example_groundwork::destination::Destinations;
use example_groundwork::{Limits, actix, program};
use videovector::{Files, Settings, seed, serve};

/// The VideoVector service: searchable video archives behind ranked scopes.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The database file.
    #[arg(long, global = true, default_value = "videovector.sqlite")]
    database: PathBuf,
    /// The JWK set with the public keys of the sessions' issuer; beside the database, if it is not said.
    #[arg(long, global = true)]
    jwks: Option<PathBuf>,
    /// The `iss` of the sessions' tokens.
    #[arg(long, global = true, default_value = "https://login.videovector.example")]
    issuer: String,
    /// The `aud` of the sessions' tokens.
    #[arg(long, global = true, default_value = "https://api.videovector.example")]
    audience: String,
    /// Where clients reach the service, if not where it listens.
    #[arg(long)]
    public_url: Option<String>,
    /// Which addresses webhooks may be delivered to.
    #[arg(long, value_enum, default_value_t)]
    webhooks_to: Destinations,
    #[command(flatten)]
    limits: Limits,
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty database with demonstration data and prints its credentials, one `NAME=value` a line.
    Seed,
}

fn main() -> ExitCode {
    program::conclude(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let files = Files::new(&arguments.database, arguments.jwks.as_deref());
    let settings = Settings {
        issuer: arguments.issuer.clone(),
        audience: arguments.audience.clone(),
        public_url: arguments.public_url.clone(),
        webhooks_to: arguments.webhooks_to,
        limits: arguments.limits,
    };
    if let Some(Command::Seed) = arguments.command {
        for credential in seed(&files, &settings)? {
            program::print(&format!("{}={}", credential.name, credential.secret))?;
        }
        return Ok(());
    }
    let listener = program::listen(arguments.listen)?;
    actix::run(serve(listener, &files, &settings, program::announce))?;
    Ok(())
}
