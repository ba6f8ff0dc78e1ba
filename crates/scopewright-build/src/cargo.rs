//! What a build script hears from cargo and says to it.

use crate::Error;
use scopewright_compiler::{
    DiskFileSystem, Inclusion, Outcome, PackageInfo, SOURCE_DATE_EPOCH, error_line, is_in_folder, today,
    warning_line, workspace_root,
};
use std::env;
use std::path::{Path, PathBuf};

/// What cargo tells a build script.
pub(crate) struct Environment {
    package: String,
    workspace: String,
    out_dir: PathBuf,
}

/// The folder that cargo gives a build script to write to.
pub(crate) fn out_dir() -> Result<PathBuf, Error> {
    variable("OUT_DIR")
}

fn variable(name: &'static str) -> Result<PathBuf, Error> {
    env::var_os(name).map(PathBuf::from).ok_or(Error::NoBuildScript(name))
}

impl Environment {
    pub(crate) fn read(out_dir: PathBuf) -> Result<Self, Error> {
        Ok(Self::new(&variable("CARGO_MANIFEST_DIR")?, out_dir))
    }

    /// The environment of a package in a folder.
    pub(crate) fn new(package: &Path, out_dir: PathBuf) -> Self {
        let package = slashed(package);
        let workspace = workspace_root(&DiskFileSystem::new(""), &package);
        Self { package, workspace, out_dir }
    }

    /// The root of the run: paths in findings begin there, as in cargo's own.
    pub(crate) fn workspace_root(&self) -> &str {
        &self.workspace
    }

    pub(crate) fn out_dir(&self) -> &Path {
        &self.out_dir
    }

    /// The package's folder, from the root of the run.
    pub(crate) fn package_folder(&self) -> String {
        self.below_root(&self.package)
    }

    /// A path that is written relative to the package, from the root of the run.
    pub(crate) fn in_run(&self, path: &Path) -> String {
        self.below_root(&slashed(&Path::new(&self.package).join(path)))
    }

    fn below_root(&self, path: &str) -> String {
        if path == self.workspace {
            return String::new();
        }
        let inside = path.strip_prefix(&self.workspace).and_then(|rest| rest.strip_prefix('/'));
        inside.unwrap_or(path).to_owned()
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Today, or what stands in for it.
pub(crate) fn date() -> String {
    today(env::var(SOURCE_DATE_EPOCH).ok().as_deref())
}

/// What cargo has to know about a run: what it depended on, its warnings, and the errors that what is generated does not
/// carry into the package.
pub(crate) fn instructions(
    files: &DiskFileSystem,
    package: &PackageInfo,
    outcome: &Outcome,
    inclusion: &Inclusion,
) -> Vec<String> {
    // A folder stands for everything in it, so that a new file is seen; what it covers need not be named again.
    let of_dependents = package.dependents.iter().flat_map(|dependent| &dependent.folders);
    let folders: Vec<&String> = package.folders.iter().chain(of_dependents).collect();
    let covered = |path: &&String| folders.iter().any(|folder| is_in_folder(folder, path));
    let watched = folders.iter().copied().chain(outcome.files_read.iter().filter(|path| !covered(path)));
    let watched = watched.map(|path| format!("cargo::rerun-if-changed={}", files.locate(path).display()));
    let clock = [format!("cargo::rerun-if-env-changed={SOURCE_DATE_EPOCH}")];
    let warnings = outcome.diagnostics.iter().filter_map(warning_line);
    let warnings = warnings.map(|warning| format!("cargo::warning={warning}"));
    watched.chain(clock).chain(warnings).chain(errors(outcome, inclusion)).collect()
}

/// The errors that cargo is told because nothing else fails the build.
fn errors(outcome: &Outcome, inclusion: &Inclusion) -> Vec<String> {
    let missing = match inclusion {
        Inclusion::Everywhere => return Vec::new(),
        Inclusion::Somewhere => None,
        Inclusion::Nowhere(missing) => Some(missing.as_ref()),
    };
    let errors = outcome.diagnostics.iter().chain(missing).filter_map(error_line);
    errors.map(|error| format!("cargo::error={error}")).collect()
}

/// Says it.
#[expect(clippy::print_stdout, reason = "a build script talks to cargo on stdout")]
pub(crate) fn say(instructions: &[String]) {
    for instruction in instructions {
        println!("{instruction}");
    }
}
