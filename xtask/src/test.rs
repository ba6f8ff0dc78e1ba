//! `cargo xtask test`: everything the README promises, in the order in which it fails fastest.

use crate::process::{self, cargo};
use crate::{regenerate, size, tidy, tools};
use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;

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
    regenerate::run(regenerate::Mode::Check)?;
    process::run(
        "docs",
        cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-Dwarnings"),
    )?;
    packages()
}

/// Every crate a user needs can be packaged, with what it needs inside it. What is not to be published is left out.
fn packages() -> Result<()> {
    let metadata = MetadataCommand::new().no_deps().exec().context("cargo metadata")?;
    let mut package = cargo();
    package.args(["package", "--workspace", "--allow-dirty", "--locked", "--quiet"]);
    for member in metadata.workspace_packages() {
        // `publish = false` reads as a list of no registry.
        if member.publish.as_ref().is_some_and(Vec::is_empty) {
            package.args(["--exclude", member.name.as_str()]);
        }
    }
    process::run("packages", &mut package)
}
