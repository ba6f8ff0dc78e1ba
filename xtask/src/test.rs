//! `cargo xtask test`: everything the README promises, in the order in which it fails fastest.

use crate::process::{self, cargo};
use crate::{regenerate, size, tidy, tools};
use anyhow::Result;

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

/// Every crate a user needs can be packaged, with what it needs inside it.
fn packages() -> Result<()> {
    run_cargo(
        "packages",
        &[
            "package",
            "--workspace",
            "--exclude",
            "xtask",
            "--exclude",
            "scopewright-tests",
            "--exclude",
            "cortexvigil",
            "--allow-dirty",
            "--locked",
            "--quiet",
        ],
    )
}
