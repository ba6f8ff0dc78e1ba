//! The sentences of a document as cases: a folder each, with `request.sh` and what it prints in `response.txt`.
//!
//! A script is plain POSIX shell with `curl -sS -i`. It has `$BASE` and the variables of the seed, so that a person can
//! run it against a service of their own. Each runs on a fresh database and a fresh process.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, thread};

use crate::normalise::normalised;
use crate::{Program, Service};

/// The fewest cases a document has.
const FEWEST: usize = 20;

/// Runs every case of a folder and compares what was printed; with `UPDATE=1` it is written down instead.
///
/// Also held: there are at least twenty, each is named in `README.md` beside them, and that names no other.
pub fn run(program: &Program, folder: &str) {
    let folder = Path::new(folder);
    let cases = folders(folder);
    assert!(cases.len() >= FEWEST, "{} cases in {}", cases.len(), folder.display());
    let mut problems = unlisted(folder, &cases);
    // Seeded here, so that the threads below find it done.
    program.variables();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from).min(4) {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(problem) = compare(&program.start(), case) {
                        found.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
                    }
                }
            });
        }
    });
    problems.extend(found.into_inner().unwrap_or_else(PoisonError::into_inner));
    problems.sort();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut folders: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(case: &Path) -> &str {
    case.file_name().unwrap().to_str().unwrap()
}

/// What the list of sentences leaves out, and what it names that is not there.
fn unlisted(folder: &Path, cases: &[PathBuf]) -> Vec<String> {
    let list = fs::read_to_string(folder.join("README.md")).expect("cases/README.md lists the sentences");
    let mut problems = Vec::new();
    for case in cases {
        if !list.contains(&format!("`{}`", name(case))) {
            problems.push(format!("README.md does not name `{}`", name(case)));
        }
    }
    let named = regex::Regex::new(r"`(\d+_[a-z0-9_]+)`").unwrap();
    for named in named.captures_iter(&list) {
        if !cases.iter().any(|case| name(case) == &named[1]) {
            problems.push(format!("README.md names `{}`, which is no case", &named[1]));
        }
    }
    problems
}

fn compare(service: &Service, case: &Path) -> Result<(), String> {
    let output = Command::new("sh")
        .args(["-eu", "request.sh"])
        .current_dir(case)
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .envs(service.variables())
        .env("BASE", service.base())
        .output()
        .unwrap();
    let problems = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || !problems.is_empty() {
        return Err(format!("{}: the script failed ({}):\n{problems}", name(case), output.status));
    }
    let found = normalised(&String::from_utf8_lossy(&output.stdout));
    if !found.contains("HTTP/1.1 ") {
        return Err(format!("{}: the script shows no answer", name(case)));
    }
    let file = case.join("response.txt");
    if env::var_os("UPDATE").is_some_and(|value| value == "1") {
        return fs::write(&file, found).map_err(|error| error.to_string());
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected.as_str(), &found);
    let difference = difference.unified_diff().header("expected", "found").to_string();
    Err(format!("{} (accept with UPDATE=1):\n{difference}", name(case)))
}
