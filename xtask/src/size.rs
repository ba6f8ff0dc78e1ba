//! What a service's build script pays for: its dependency tree, counted, and free of heavy crates.

use crate::process::{cargo, read, say};
use anyhow::{Result, bail};
use std::collections::BTreeSet;

/// Crates that belong to the command alone: documents, templates, command lines.
const HEAVY: &[&str] = &[
    "openapiv3",
    "askama",
    "clap",
    "schemars",
    "serde-saphyr",
    "granit-parser",
    "saphyr",
    "saphyr-parser",
    "ignore",
    "rayon",
];

pub fn run() -> Result<()> {
    let tree = read(
        "dependency tree",
        cargo().args([
            "tree",
            "--package",
            "scopewright-build",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--locked",
        ]),
    )?;
    let crates: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let (own, others): (Vec<&str>, Vec<&str>) =
        crates.iter().partition(|name| name.starts_with("scopewright"));
    say(&format!(
        "build side of a service: {} crates of ours, {} others: {}",
        own.len(),
        others.len(),
        others.join(" ")
    ));
    let heavy: Vec<&str> = others.into_iter().filter(|name| HEAVY.contains(name)).collect();
    if heavy.is_empty() {
        return Ok(());
    }
    bail!("the build side of a service must not depend on {}", heavy.join(", "))
}
