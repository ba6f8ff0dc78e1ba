//! Running other programs and speaking to the person who waits.

use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A line on standard error: words about the run.
#[expect(clippy::print_stderr, reason = "a task runner speaks on standard error, here and nowhere else")]
pub fn say(line: &str) {
    eprintln!("{line}");
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// The `cargo` that runs this task.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs to the end, showing output, and fails if the program does.
pub fn run(what: &str, command: &mut Command) -> Result<()> {
    say(&format!("== {what}"));
    let status = command.status().with_context(|| format!("{what}: can't start {command:?}"))?;
    if !status.success() {
        bail!("{what} failed ({status}): {command:?}");
    }
    Ok(())
}

/// Runs to the end and returns what it printed.
pub fn read(what: &str, command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{what}: can't start {command:?}"))?;
    if !output.status.success() {
        bail!("{what} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).with_context(|| format!("{what}: output is not UTF-8"))
}
