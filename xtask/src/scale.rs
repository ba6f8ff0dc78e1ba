//! What a policy of 917 scopes and a manifest of 11,000 endpoints cost the command, in time and memory.
//!
//! Writes the API of `large_api` into a folder without a `Cargo.toml`, runs the released command in it, and fails if a
//! run fails, counts something else, writes other bytes the second time, or is above the limits.

mod peak;

use crate::process::{cargo, root, run as build, say};
use anyhow::{Context as _, Result, bail, ensure};
use peak::{Cost, measure};
use scopewright_tests::large_api::{self, ENDPOINTS, SCOPES};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Far above what is measured: they are about work that grows with the square of the input.
const LIMIT_SECONDS: f64 = 30.0;
const LIMIT_MEBIBYTES: f64 = 1024.0;

/// What `generate` writes there.
const WRITTEN: [&str; 3] = ["docs/scopes.md", "openapi/service.yaml", "sdk/scopes.ts"];

pub fn run() -> Result<()> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    build(
        "the command, released",
        cargo().args(["build", "--release", "--quiet", "--package", "cargo-scopes"]),
    )?;
    let command = target.join("release").join(format!("cargo-scopes{}", std::env::consts::EXE_SUFFIX));
    let api = Api { command, folder: target.join("scale") };
    let mut costs = Vec::new();
    let written = api.write_and_generate(&mut costs)?;
    ensure!(written == api.write_and_generate(&mut Vec::new())?, "a second run wrote other bytes");
    for arguments in [&["generate", "--check"][..], &["check"], &["list", "--format", "json"]] {
        costs.push((arguments.join(" "), api.run(arguments)?));
    }
    api.count()?;
    report(&costs)
}

/// The large API, in a folder, and the command that works on it.
struct Api {
    command: PathBuf,
    folder: PathBuf,
}

impl Api {
    /// Starts from nothing and generates; the result is what was written.
    fn write_and_generate(&self, costs: &mut Vec<(String, Cost)>) -> Result<BTreeMap<&'static str, Vec<u8>>> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        large_api::write(&self.folder)?;
        costs.push(("generate".to_owned(), self.run(&["generate"])?));
        let read = |name| Ok((name, fs::read(self.folder.join(name)).context("`generate` left a file out")?));
        WRITTEN.into_iter().map(read).collect()
    }

    fn run(&self, arguments: &[&str]) -> Result<Cost> {
        let mut command = Command::new(&self.command);
        // Into files: a pipe that nobody empties would stop the command.
        let said = fs::File::create(self.said())?;
        let complained = fs::File::create(self.complained())?;
        command.current_dir(&self.folder).args(arguments).stdout(said).stderr(complained);
        let (status, cost) = measure(&mut command)?;
        if !status.success() {
            bail!("`cargo scopes {}`: {status}: {}", arguments.join(" "), start_of(&self.complained())?);
        }
        Ok(cost)
    }

    /// Holds what the last `list` said against what was written.
    fn count(&self) -> Result<()> {
        let list: Value = serde_json::from_str(&fs::read_to_string(self.said())?)?;
        let count = |key: &str| list.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        let (scopes, endpoints) = (count("scopes"), count("endpoints"));
        ensure!(
            (scopes, endpoints) == (SCOPES, ENDPOINTS),
            "the command counts {scopes} scopes and {endpoints} endpoints, of {SCOPES} and {ENDPOINTS}"
        );
        Ok(())
    }

    fn said(&self) -> PathBuf {
        self.folder.with_extension("stdout")
    }

    fn complained(&self) -> PathBuf {
        self.folder.with_extension("stderr")
    }
}

/// Enough of a file to see what is wrong.
fn start_of(file: &Path) -> Result<String> {
    Ok(fs::read_to_string(file)?.lines().take(20).collect::<Vec<_>>().join("\n"))
}

/// Prints the costs, also as a sentence for the README; fails if one is above a limit.
fn report(costs: &[(String, Cost)]) -> Result<()> {
    say(&format!("limits: {LIMIT_SECONDS} s, {LIMIT_MEBIBYTES} MiB"));
    let mut words = Vec::new();
    let mut findings = Vec::new();
    for (what, cost) in costs {
        let memory =
            cost.mebibytes.map_or_else(|| "memory not known".to_owned(), |peak| format!("{peak:.0} MiB"));
        say(&format!("  cargo scopes {what:<20} {:6.2} s   {memory}", cost.seconds));
        let in_words = format!("`{what}` {:.1} s and {memory}", cost.seconds);
        if cost.seconds > LIMIT_SECONDS || cost.mebibytes.is_some_and(|peak| peak > LIMIT_MEBIBYTES) {
            findings.push(format!("above the limits: {in_words}"));
        }
        words.push(in_words);
    }
    say(&format!(
        "A policy of {SCOPES} scopes and a manifest of {ENDPOINTS} endpoints take {}.",
        words.join(", ")
    ));
    ensure!(findings.is_empty(), "{}", findings.join("\n"));
    Ok(())
}
