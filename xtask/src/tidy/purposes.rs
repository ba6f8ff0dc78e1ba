//! Every module begins with a line that says what it is for.

use crate::process::{read, root};
use anyhow::{Context as _, Result, ensure};
use std::process::Command;

pub fn check() -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let files = tracked(&["crates/*.rs", "examples/*.rs", "xtask/*.rs", "tests/*.rs"])?;
    ensure!(!files.is_empty(), "git lists no Rust file");
    for file in files {
        // Fixtures are input, not modules of this project.
        if ["/cases/", "/golden/", "/fixtures/", "/ui/"].iter().any(|folder| file.contains(folder)) {
            continue;
        }
        let text = std::fs::read_to_string(root().join(&file)).with_context(|| file.clone())?;
        let first = text.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
        if !first.starts_with("//! ") && !first.starts_with("// @generated") {
            findings.push(format!("{file}:1: begin with a `//!` line that says what the module is for"));
        }
    }
    Ok(findings)
}

/// The files git knows, by pattern, that still exist.
pub fn tracked(patterns: &[&str]) -> Result<Vec<String>> {
    let listing = read(
        "git ls-files",
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "--"])
            .args(patterns)
            .current_dir(root()),
    )?;
    Ok(listing.lines().filter(|file| root().join(file).is_file()).map(str::to_owned).collect())
}
