//! The command `cortexvigil`: serves the API, or fills a database with demonstration data.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to whoever started it")]

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cortexvigil::{AppState, MediaStore, OperatorToken, open, seed, serve};
use tokio::net::TcpListener;

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
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty database with demonstration data and prints its API keys as a shell reads them.
    Seed,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                eprintln!("  because: {inner}");
                cause = inner.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let database = open(&arguments.database)?;
    let media = MediaStore::open(&arguments.database.with_extension("media"))?;
    if let Some(Command::Seed) = arguments.command {
        for key in seed(&database, &media)? {
            println!("{}={}", key.variable, key.secret);
        }
        return Ok(());
    }
    let operator = OperatorToken::new(arguments.operator_token.as_deref());
    let state = AppState::new(database, media, operator);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(listen(arguments.listen, state))
}

async fn listen(address: SocketAddr, state: AppState) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    serve(listener, state, stop_signal()?).await?;
    Ok(())
}

/// Completes when the process is asked to stop.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes when the process is asked to stop.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Where Ctrl-C cannot be watched, the process is ended by other means.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
