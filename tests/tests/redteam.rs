//! Every folder of `tests/cases/redteam` is a service that tries to answer a stranger with what nobody decided about, or does
//! something ordinary (`ok_`). `right.toml` says what is right; many of them win today.

use anyhow::{Result, ensure};
use scopewright_tests::expect::root;
use scopewright_tests::services::Services;
use std::path::PathBuf;

#[test]
#[ignore = "these are not closed yet"]
fn no_service_of_an_adversary_answers() -> Result<()> {
    let entries = std::fs::read_dir(root().join("tests/cases/redteam"))?;
    let mut folders: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    ensure!(folders.len() >= 70, "only {} services", folders.len());
    let services = Services::build("redteam", &folders)?;
    let judged = folders.iter().map(|folder| (folder, services.judge(folder)));
    let wrong: Vec<String> = judged
        .filter_map(|(folder, judged)| Some(format!("{}: {:#}", folder.display(), judged.err()?)))
        .collect();
    ensure!(wrong.is_empty(), "{} of {} services:\n{}", wrong.len(), folders.len(), wrong.join("\n\n"));
    Ok(())
}
