//! A copy of CortexVigil in a workspace of its own, to be broken and built.

use crate::expect::root;
use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A change to one file of the copy: `find` must stand in it exactly once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The file, from the root of the repository.
    pub file: String,
    /// The text that goes.
    pub find: String,
    /// The text that comes.
    pub replace: String,
}

/// A copy in which CortexVigil can be built with the crates of this checkout.
#[derive(Debug)]
pub struct WorkspaceCopy {
    folder: PathBuf,
}

impl WorkspaceCopy {
    /// Copies the example, its policy and its documents below `target/`, so that no run sees another's leftovers.
    pub fn new(name: &str) -> Result<Self> {
        let folder = root().join("target/workspace-copies").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        for part in [
            "examples/cortexvigil",
            "examples/groundwork",
            "examples/keyring",
            "examples/testkit",
            "openapi",
            "scopes.toml",
            "Cargo.lock",
        ] {
            copy(&root().join(part), &folder.join(part)).with_context(|| part.to_owned())?;
        }
        let manifest = std::fs::read_to_string(root().join("Cargo.toml"))?;
        let crates = root().join("crates");
        let manifest: String = manifest
            .lines()
            .map(|line| match line {
                _ if line.starts_with("members = ") => "members = [\"examples/cortexvigil\"]\n".to_owned(),
                _ => format!(
                    "{}\n",
                    line.replace("path = \"crates", &format!("path = \"{}", crates.display()))
                ),
            })
            .collect();
        std::fs::write(folder.join("Cargo.toml"), manifest)?;
        Ok(Self { folder })
    }

    /// Where the copy is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Applies one edit; the text it replaces must stand in the file exactly once.
    pub fn apply(&self, edit: &Edit) -> Result<()> {
        let path = self.folder.join(&edit.file);
        let text = std::fs::read_to_string(&path).with_context(|| edit.file.clone())?;
        let times = text.matches(&edit.find).count();
        ensure!(times == 1, "{}: `{}` stands in it {times} times, not once", edit.file, edit.find);
        std::fs::write(path, text.replace(&edit.find, &edit.replace))?;
        Ok(())
    }

    /// Puts a file back as it is in this checkout.
    pub fn restore(&self, file: &str) -> Result<()> {
        std::fs::copy(root().join(file), self.folder.join(file)).with_context(|| file.to_owned())?;
        Ok(())
    }

    /// Runs `cargo check` on CortexVigil.
    pub fn check(&self) -> Result<Checked> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "check",
                "--package",
                "cortexvigil",
                "--lib",
                "--bins",
                "--message-format",
                "json",
                "--offline",
            ])
            .env("CARGO_TARGET_DIR", target())
            .env_remove("RUSTFLAGS")
            .current_dir(&self.folder)
            .output()?;
        let mut said = String::new();
        let mut rebuilt = Vec::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let message: serde_json::Value = serde_json::from_str(line)?;
            let text = |pointer: &str| message.pointer(pointer).and_then(serde_json::Value::as_str);
            match text("/reason") {
                Some("compiler-message") => said.push_str(text("/message/rendered").unwrap_or_default()),
                Some("compiler-artifact") if message.get("fresh") != Some(&true.into()) => {
                    rebuilt.push(text("/target/name").unwrap_or_default().to_owned());
                }
                _ => {}
            }
        }
        if said.is_empty() && !output.status.success() {
            said = String::from_utf8_lossy(&output.stderr).into_owned();
        }
        Ok(Checked { succeeded: output.status.success(), said: self.shorten(&said), rebuilt })
    }

    /// Takes out what differs between checkouts, and the places inside Scopewright's own sources, which move with
    /// every change there.
    fn shorten(&self, text: &str) -> String {
        let target = target().display().to_string();
        let crates = format!("{}/", root().join("crates").display());
        let text = text.replace(&format!("{}/", self.folder.display()), "");
        text.lines()
            .filter(|line| !line.contains(".long-type-") && !line.contains("consider using `--verbose`"))
            .map(|line| {
                if let (Some(from), Some(to)) = (line.find(&target), line.find("/scopewright.rs")) {
                    return format!(
                        "{}$OUT_DIR{}\n",
                        line.get(..from).unwrap_or_default(),
                        line.get(to..).unwrap_or_default()
                    );
                }
                match line.split_once(&crates) {
                    Some((before, place)) => {
                        format!("{before}$SCOPEWRIGHT/{}\n", place.split(':').next().unwrap_or_default())
                    }
                    None => format!("{line}\n"),
                }
            })
            .collect()
    }
}

/// What a `cargo check` came to.
#[derive(Debug)]
pub struct Checked {
    /// Whether it succeeded.
    pub succeeded: bool,
    /// What the compiler said about CortexVigil, rendered, with the places of generated files shortened.
    pub said: String,
    /// The targets that were not fresh.
    pub rebuilt: Vec<String>,
}

/// One target folder for all copies, so that dependencies are built once.
fn target() -> PathBuf {
    root().join("target/workspace-copies/target")
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_file() {
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::copy(from, to)?;
        return Ok(());
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
