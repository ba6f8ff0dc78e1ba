//! Fetches the programs of other languages that tests run: the TypeScript compiler, the OpenAPI validator, the
//! browser's driver, and says what has to be there already.

use crate::process::{root, run};
use anyhow::{Result, bail};
use std::process::Command;

/// Installs what is pinned in the lock files under `tests/`, into folders that git ignores.
pub fn fetch() -> Result<()> {
    need("node", "Node.js 20.19 or later")?;
    need("npm", "npm")?;
    need("curl", "curl")?;
    if std::env::var_os("CHROMIUM").is_none() {
        need("chromium", "Chromium, or its path in `CHROMIUM`")?;
    }
    let folder = root().join("tests/node");
    run(
        "node tools",
        Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(folder),
    )
}

fn need(program: &str, name: &str) -> Result<()> {
    if Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    bail!("the tests need {name} (`{program}` on the PATH); `.ci/run` shows how to install it on Debian")
}
