//! `cargo scopes generate`: writes the files of `[generate]`, or says which of them are not as they should be.

mod leftovers;

use super::compile;
use crate::args::Common;
use crate::output::{note, result};
use crate::project::{Project, Unnamed};
use crate::report::{Compiled, Stream, counted};
use crate::status::Status;
use anyhow::{Context as _, Result, bail};
use scopewright_compiler::{DiskFileSystem, FileSystem as _, Target, Written};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Write all targets of the policy.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write nothing; show what would change, and fail if anything would or if a file is left over.
    #[arg(long)]
    check: bool,
}

pub fn run(common: &Common, args: &Args) -> Result<Status> {
    let project = Project::find(common, Unnamed::Services)?;
    let compiled = compile(&project, &[Target::Generated]);
    compiled.report(common.message_format, Stream::Note)?;
    if compiled.status() != Status::Clean {
        let findings = compiled.counted().unwrap_or_default();
        note(&format!("found {findings}; nothing is generated from a policy or a service with errors\n"));
        return Ok(Status::Findings);
    }
    let files = wanted(&compiled)?;
    if files.is_empty() {
        note("the policy has no `[generate]` table; there is nothing to generate\n");
    }
    let leftovers = leftovers::find(&compiled, &files);
    if args.check {
        check(&project.files, &files, &leftovers)
    } else {
        write(&project.files, &files, &leftovers)
    }
}

/// The files of all services: path from the root of the run -> contents.
fn wanted(compiled: &Compiled<'_>) -> Result<BTreeMap<String, String>> {
    let mut wanted: BTreeMap<String, (String, &str)> = BTreeMap::new();
    for (service, outcome) in &compiled.outcomes {
        for file in &outcome.files {
            let (path, contents) = (file.path(), file.contents());
            let earlier = wanted.insert(path.to_owned(), (contents.to_owned(), &service.name));
            if let Some((_, other)) = earlier.filter(|(other, _)| other != contents) {
                bail!(
                    "`{other}` and `{}` would both write `{path}`; give each a policy of its own, or choose one with `--package`",
                    service.name
                );
            }
        }
    }
    Ok(wanted.into_iter().map(|(path, (contents, _))| (path, contents)).collect())
}

fn write(disk: &DiskFileSystem, files: &BTreeMap<String, String>, leftovers: &[String]) -> Result<Status> {
    let mut said = String::new();
    for (path, contents) in files {
        let written = disk
            .write_if_changed(path, contents.as_bytes())
            .with_context(|| format!("can't write `{path}`"))?;
        let word = match written {
            Written::Created => "created",
            Written::Changed => "updated",
            Written::Unchanged => "unchanged",
        };
        // Writing to a text can't fail.
        _ = writeln!(said, "{word:<10}{path}");
    }
    result(&said)?;
    for path in leftovers {
        note(&format!("left over: `{path}`, which nothing generates any more; remove it\n"));
    }
    Ok(Status::Clean)
}

fn check(disk: &DiskFileSystem, files: &BTreeMap<String, String>, leftovers: &[String]) -> Result<Status> {
    let mut stale = 0_usize;
    for (path, contents) in files {
        let present = disk.read(path).unwrap_or_default();
        if present == contents.as_bytes() {
            continue;
        }
        stale += 1;
        let present = String::from_utf8_lossy(&present);
        let difference = TextDiff::from_lines(&*present, contents);
        let old = if present.is_empty() { "/dev/null".to_owned() } else { format!("a/{path}") };
        result(&difference.unified_diff().header(&old, &format!("b/{path}")).to_string())?;
    }
    for path in leftovers {
        note(&format!("left over: `{path}`, which nothing generates any more; remove it\n"));
    }
    if stale > 0 {
        note(&format!("{} not up to date; `cargo scopes generate` writes them\n", counted(stale, "file")));
    }
    Ok(if stale == 0 && leftovers.is_empty() { Status::Clean } else { Status::Findings })
}
