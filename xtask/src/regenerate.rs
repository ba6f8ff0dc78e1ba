//! Writes, or compares, every committed file that a program makes.

use crate::process::{self, cargo};
use anyhow::Result;

/// Whether to write or only to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write.
    Write,
    /// Compare, and fail with a difference.
    Check,
}

pub fn run(mode: Mode) -> Result<()> {
    let mut generate = cargo();
    generate.args(["run", "--quiet", "--package", "cargo-scopes", "--", "generate"]);
    if mode == Mode::Check {
        generate.arg("--check");
    }
    process::run("outputs of the root policy", &mut generate)?;
    if mode == Mode::Write {
        // Goldens and the schema compare themselves in the tests; accepting them is this explicit run.
        let mut accept = cargo();
        accept.args(["test", "--workspace", "--all-features", "--quiet"]).env("UPDATE", "1");
        process::run("goldens, cases and the schema", &mut accept)?;
    }
    Ok(())
}
