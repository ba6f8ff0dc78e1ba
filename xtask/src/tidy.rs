//! The structure of the repository, checked against what its documents say.

mod arrows;
mod codes;
mod purposes;

use crate::process::say;
use anyhow::{Result, bail};

pub fn run() -> Result<()> {
    let mut findings = arrows::check()?;
    findings.extend(purposes::check()?);
    findings.extend(codes::check()?);
    for finding in &findings {
        say(finding);
    }
    if findings.is_empty() {
        say("tidy: arrows, module purposes and diagnostic codes hold");
        return Ok(());
    }
    bail!("tidy: {} findings", findings.len())
}
