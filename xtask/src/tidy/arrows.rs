//! The arrows between crates: the table in `ARCHITECTURE.md` against `cargo metadata`.

use crate::process::root;
use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// Crate -> crates of this workspace that it may depend on, from the table's last column.
type Arrows = BTreeMap<String, BTreeSet<String>>;

pub fn check() -> Result<Vec<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let allowed = read_table(&text);
    ensure!(!allowed.is_empty(), "ARCHITECTURE.md holds no table of crates");
    let real = real_arrows()?;
    let mut findings = Vec::new();
    for (krate, dependencies) in &real {
        let Some(allowed) = allowed.get(krate) else {
            findings.push(format!("ARCHITECTURE.md: the crate table has no row for `{krate}`"));
            continue;
        };
        findings.extend(dependencies.difference(allowed).map(|other| {
            format!("crates/{krate}/Cargo.toml: `{krate}` -> `{other}` is no arrow of ARCHITECTURE.md")
        }));
        findings.extend(allowed.difference(dependencies).map(|other| {
            format!("ARCHITECTURE.md: the arrow `{krate}` -> `{other}` is written down and not there")
        }));
    }
    findings.extend(
        allowed
            .keys()
            .filter(|krate| !real.contains_key(*krate))
            .map(|krate| format!("ARCHITECTURE.md: there is no crate `{krate}`")),
    );
    Ok(findings)
}

/// Rows look like ``| `crate` | what it holds | `a`, `b` |``; crates that may use everything say `-`.
fn read_table(text: &str) -> Arrows {
    text.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|');
            let krate = cells.next()?.trim().trim_end_matches('`');
            let dependencies = cells.nth(1)?;
            Some((krate.to_owned(), dependencies.split('`').skip(1).step_by(2).map(str::to_owned).collect()))
        })
        .collect()
}

/// Normal and build dependencies inside the workspace, of the crates under `crates/`.
fn real_arrows() -> Result<Arrows> {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec()?;
    let members: BTreeSet<String> =
        metadata.packages.iter().map(|package| package.name.to_string()).collect();
    Ok(metadata
        .packages
        .iter()
        .filter(|package| package.manifest_path.starts_with(metadata.workspace_root.join("crates")))
        .map(|package| {
            let inside = package
                .dependencies
                .iter()
                .filter(|dependency| {
                    dependency.kind != DependencyKind::Development && members.contains(&dependency.name)
                })
                .map(|dependency| dependency.name.clone())
                .collect();
            (package.name.to_string(), inside)
        })
        .collect())
}
