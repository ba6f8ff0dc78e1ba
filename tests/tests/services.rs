//! Every folder of `tests/cases/services` is a service that tries to serve what nobody decided about, or does something
//! ordinary (`ok_`); every folder of `tests/cases/idioms/<framework>` is a service that is written as people write them. All
//! are built, started and asked, without a credential too. `tests/cases/smuggling` holds what an adversary tried.
//! `right.toml` says what is right.

use anyhow::{Result, ensure};
use scopewright_tests::expect::root;
use scopewright_tests::services::Services;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

fn folders(of: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(root().join("tests/cases").join(of))?;
    let mut folders: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    // What services use from outside of their workspace.
    folders.retain(|folder| folder.is_dir() && !folder.ends_with("foreign"));
    folders.sort();
    Ok(folders)
}

/// One set after the other: they are built into one place, so that their dependencies are compiled once, and two sets may
/// have a service of one name.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn judge(name: &str, folders: &[PathBuf]) -> Result<()> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let services = Services::build(name, folders)?;
    let judged = folders.iter().map(|folder| (folder, services.judge(folder)));
    let wrong: Vec<String> = judged
        .filter_map(|(folder, judged)| Some(format!("{}: {:#}", folder.display(), judged.err()?)))
        .collect();
    ensure!(wrong.is_empty(), "{} of {} services:\n{}", wrong.len(), folders.len(), wrong.join("\n\n"));
    Ok(())
}

#[test]
fn no_service_answers_what_nobody_decided_about_and_ordinary_ones_run() -> Result<()> {
    let folders = folders("services")?;
    ensure!(folders.len() >= 60, "only {} services", folders.len());
    judge("all", &folders)
}

#[test]
fn services_written_as_people_write_them_for_axum_run() -> Result<()> {
    let folders = folders("idioms/axum")?;
    ensure!(folders.len() >= 40, "only {} services", folders.len());
    judge("axum", &folders)
}

#[test]
fn services_written_as_people_write_them_for_actix_web_run() -> Result<()> {
    let folders = folders("idioms/actix")?;
    ensure!(folders.len() >= 40, "only {} services", folders.len());
    judge("actix", &folders)
}

#[test]
fn services_of_an_adversary_tell_a_stranger_nothing() -> Result<()> {
    let folders = folders("smuggling")?;
    ensure!(folders.len() >= 140, "only {} services", folders.len());
    judge("smuggling", &folders)
}
