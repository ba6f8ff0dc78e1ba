//! `cargo xtask test`: everything the README promises, in the order in which it fails fastest.

use crate::process::{self, cargo};
use crate::{cost, regenerate, size, tidy, tools};
use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;
use std::fs;

fn run_cargo(what: &str, arguments: &[&str]) -> Result<()> {
    process::run(what, cargo().args(arguments))
}

pub fn run() -> Result<()> {
    run_cargo("format", &["fmt", "--all", "--check"])?;
    tidy::run()?;
    size::run()?;
    tools::fetch()?;
    run_cargo(
        "lints",
        &["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-Dwarnings"],
    )?;
    run_cargo("tests", &["test", "--workspace", "--all-features", "--locked", "--no-fail-fast"])?;
    cost::run(cost::Frameworks::Axum)?;
    regenerate::run(regenerate::Mode::Check)?;
    process::run(
        "docs",
        cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-Dwarnings"),
    )?;
    packages()
}

/// Every crate a user needs can be packaged, with what it needs inside it. What is not to be published is left out.
///
/// Cargo builds each package against the others by way of a registry in the target directory, and keeps what it unpacks
/// from there under that directory's path, for good: a second run at the same path would build against the first run's
/// crates. So each run has a directory of its own.
fn packages() -> Result<()> {
    let metadata = MetadataCommand::new().no_deps().exec().context("cargo metadata")?;
    fs::create_dir_all(&metadata.target_directory)?;
    let directory = tempfile::Builder::new().prefix("package-").tempdir_in(&metadata.target_directory)?;
    let mut package = cargo();
    package.args(["package", "--workspace", "--allow-dirty", "--locked", "--quiet", "--target-dir"]);
    package.arg(directory.path());
    for member in metadata.workspace_packages() {
        // `publish = false` reads as a list of no registry.
        if member.publish.as_ref().is_some_and(Vec::is_empty) {
            package.args(["--exclude", member.name.as_str()]);
        }
    }
    process::run("packages", &mut package)
}
