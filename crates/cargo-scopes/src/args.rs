//! The command line.

use crate::commands::{check, explain, generate, list, routes};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// One policy decides who may call what: check it, generate from it, and ask it questions.
///
/// Exit status: 0 clean, 1 findings, 2 could not run. Results go to stdout, words about the run to stderr.
#[derive(Debug, Parser)]
#[command(name = "cargo scopes", bin_name = "cargo scopes", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(check::Args),
    Generate(generate::Args),
    Routes(routes::Args),
    Explain(explain::Args),
    List(list::Args),
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The `Cargo.toml` to start from [default: the nearest upwards].
    #[arg(long, value_name = "PATH", global = true)]
    pub manifest_path: Option<PathBuf>,
    /// Work on this package only [default: every package that depends on `scopewright`].
    #[arg(long, short, value_name = "NAME", global = true)]
    pub package: Vec<String>,
    /// Use this policy [default: what the package's metadata names, else the nearest `scopes.toml` upwards].
    #[arg(long, value_name = "FILE", global = true)]
    pub policy: Option<PathBuf>,
    /// How findings are written.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, global = true)]
    pub message_format: MessageFormat,
}

/// The forms of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum MessageFormat {
    /// The source with the place underlined, and the mended line.
    #[default]
    Human,
    /// One line a finding: `path:line:column: error[code]: message`.
    Short,
    /// One object a line, in the shape of `cargo check --message-format json`.
    Json,
    /// A SARIF 2.1.0 log, for code-scanning services.
    Sarif,
}

/// As `cargo scopes …` the first argument is the subcommand's own name, which `cargo-scopes …` does not have.
pub fn without_subcommand_name(args: impl IntoIterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    args.into_iter().enumerate().filter(|(at, arg)| !(*at == 1 && arg == "scopes")).map(|(_, arg)| arg)
}
