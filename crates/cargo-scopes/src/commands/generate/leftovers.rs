//! Files that were generated once and that nothing generates any more.
//!
//! Every wholly generated file names its policy in one of its first lines, as seen from the file. So a file that names
//! one of the policies of this run, and is not among what they generate, is left over. No list of files has to be
//! committed, and a copy somewhere else (a test's expectation, say) names another policy.

use crate::report::Compiled;
use ignore::WalkBuilder;
use scopewright_model::generated_marker;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// How much of a file is read to find the marker.
const BEGINNING: u64 = 512;

/// The leftovers below the root of the run, sorted. Folders that git ignores are not searched.
pub fn find(compiled: &Compiled<'_>, wanted: &BTreeMap<String, String>) -> Vec<String> {
    let policies: Vec<&str> =
        compiled.outcomes.iter().filter_map(|(_, outcome)| outcome.policy_file.as_deref()).collect();
    let root = compiled.project.files.root();
    let mut found: Vec<String> = WalkBuilder::new(root)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            let is_left_over = !wanted.contains_key(&path) && is_of_a_policy(&path, entry.path(), &policies);
            is_left_over.then_some(path)
        })
        .collect();
    found.sort();
    found
}

fn is_of_a_policy(path: &str, place: &Path, policies: &[&str]) -> bool {
    let Some(beginning) = beginning(place) else { return false };
    // As the policy's folder sees a file: the root of the run is as good as the folder, both paths being from there.
    policies.iter().any(|policy| {
        let marker = generated_marker(policy, &seen_from(policy, path));
        beginning.lines().take(5).any(|line| {
            line.split_once(&marker)
                .is_some_and(|(_, rest)| !rest.starts_with(|next: char| next.is_alphanumeric()))
        })
    })
}

/// A path from the root of the run as the policy's folder sees it.
fn seen_from(policy: &str, path: &str) -> String {
    let mut folders: Vec<&str> = policy.split('/').collect();
    folders.pop();
    let mut rest = path;
    let mut up = folders.len();
    for folder in folders {
        match rest.split_once('/') {
            Some((first, below)) if first == folder => {
                rest = below;
                up -= 1;
            }
            _ => break,
        }
    }
    format!("{}{rest}", "../".repeat(up))
}

fn beginning(place: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(place).ok()?.take(BEGINNING).read_to_end(&mut bytes).ok()?;
    // A character may be cut at the end; what is not text has no marker that counts.
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
