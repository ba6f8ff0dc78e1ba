//! Every folder of `tests/cases/services` is a service that tries to serve what nobody decided about, or does something
//! ordinary in an ordinary way (`ok_`, `idioms_`): built, started and asked without a credential. `right.toml` says what is right.

use anyhow::{Result, ensure};
use scopewright_tests::expect::root;
use scopewright_tests::services::Services;

#[test]
fn no_service_answers_what_nobody_decided_about_and_ordinary_ones_run() -> Result<()> {
    let entries = std::fs::read_dir(root().join("tests/cases/services"))?;
    let mut folders: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    // What services use from outside of their workspace.
    folders.retain(|folder| !folder.ends_with("foreign"));
    folders.sort();
    ensure!(folders.len() >= 60, "only {} services", folders.len());
    let services = Services::build("all", &folders)?;
    let judged = folders.iter().map(|folder| (folder, services.judge(folder)));
    let wrong: Vec<String> = judged
        .filter_map(|(folder, judged)| Some(format!("{}: {:#}", folder.display(), judged.err()?)))
        .collect();
    ensure!(wrong.is_empty(), "{} of {} services:\n{}", wrong.len(), folders.len(), wrong.join("\n\n"));
    Ok(())
}
