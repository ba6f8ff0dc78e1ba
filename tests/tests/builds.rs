//! Builds of CortexVigil: unbroken it builds once and then not again; broken it fails with its exact diagnostics.

use anyhow::{Context as _, Result, ensure};
use scopewright_tests::expect::{equals_file, root};
use scopewright_tests::workspace_copy::{Edit, WorkspaceCopy};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    edit: Vec<Edit>,
}

/// Each variant must fail to build, say where and how to mend it, and nothing else.
#[test]
fn unbroken_builds_once_and_each_broken_variant_fails_with_its_diagnostics() -> Result<()> {
    let copy = WorkspaceCopy::new("cortexvigil")?;
    let first = copy.check()?;
    ensure!(
        first.succeeded && first.said.is_empty(),
        "the unbroken service does not build cleanly:\n{}",
        first.said
    );
    let second = copy.check()?;
    ensure!(second.rebuilt.is_empty(), "a build after no change built again: {}", second.rebuilt.join(", "));

    let mut failures = Vec::new();
    let mut folders: Vec<_> =
        std::fs::read_dir(root().join("tests/cases/broken"))?.collect::<Result<_, _>>()?;
    folders.sort_by_key(std::fs::DirEntry::file_name);
    ensure!(folders.len() >= 5, "there are {} broken variants", folders.len());
    for folder in folders {
        let change: Change = toml::from_str(&std::fs::read_to_string(folder.path().join("change.toml"))?)
            .with_context(|| folder.path().display().to_string())?;
        for edit in &change.edit {
            copy.apply(edit).with_context(|| folder.path().display().to_string())?;
        }
        let broken = copy.check()?;
        if broken.succeeded {
            failures.push(format!("{} builds", folder.path().display()));
        }
        // The enum survives coverage findings: nothing may be said about names that can't be found
        // (rustc's codes for types, values, imports and paths).
        if ["E0412", "E0425", "E0432", "E0433"].iter().any(|code| broken.said.contains(code)) {
            failures.push(format!("{} takes the generated names away", folder.path().display()));
        }
        failures.extend(equals_file(&broken.said, &folder.path().join("diagnostics.txt")).err());
        for edit in &change.edit {
            copy.restore(&edit.file)?;
        }
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n\n"));
    Ok(())
}
