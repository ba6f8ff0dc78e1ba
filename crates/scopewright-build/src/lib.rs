//! Scopewright for `build.rs`: compiles the scope policy and refuses to build a service with an undecided endpoint.
//!
//! ```no_run
//! fn main() -> Result<(), scopewright_build::Error> {
//!     scopewright_build::compile()
//! }
//! ```
//!
//! The generated Rust is `OUT_DIR/scopewright.rs`; `scopewright::include_scopes!()` in the crate's root takes it in.
//!
//! A policy that is wrong fails the script. An endpoint without a decision does not: it becomes a compile error of the
//! service, so that the generated names stay known to the editor while it is mended. A script that goes on after an error
//! has gained nothing by it: what was generated before is replaced by what does not compile. A package that takes nothing in,
//! or only under a condition, is told so by cargo itself, with all that is wrong. Nothing is written outside `OUT_DIR`, nothing is fetched, and a file whose contents did not change is not touched.

#![warn(clippy::disallowed_methods)]

mod cargo;
mod error;
mod refusal;

pub use error::Error;

use cargo::Environment;
use scopewright_compiler::render::{Colour, Texts, human};
use scopewright_compiler::{
    DiskFileSystem, FactsFile, FileSystem as _, Inclusion, Inputs, Target, compile as run, inclusion,
    read_package,
};
use std::path::PathBuf;

/// The generated file, in `OUT_DIR`.
const GENERATED: &str = "scopewright.rs";
/// What is remembered of the sources between runs, in `OUT_DIR`.
const FACTS: &str = "scopewright.facts";

/// Compiles the policy of the package this build script belongs to: what `policy` under
/// `[package.metadata.scopewright]` names, else the nearest `scopes.toml` upwards.
///
/// # Errors
/// If the policy is wrong (the findings are then on stderr), or a file can't be written. What `OUT_DIR` then holds does not
/// compile, so that nothing is gained by going on.
pub fn compile() -> Result<(), Error> {
    Config::new().compile()
}

/// What [`compile`] does, with another policy.
///
/// ```no_run
/// fn main() -> Result<(), scopewright_build::Error> {
///     scopewright_build::Config::new().policy("policies/public-api.toml").compile()
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Config {
    policy: Option<PathBuf>,
}

impl Config {
    /// The usual configuration.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses this policy. A relative path begins at the package's folder.
    #[must_use]
    pub fn policy(mut self, path: impl Into<PathBuf>) -> Self {
        self.policy = Some(path.into());
        self
    }

    /// Compiles.
    ///
    /// # Errors
    /// If the policy is wrong (the findings are then on stderr), or a file can't be written. What `OUT_DIR` then holds does
    /// not compile.
    pub fn compile(&self) -> Result<(), Error> {
        let out_dir = cargo::out_dir()?;
        let (instructions, result) = match Environment::read(out_dir.clone()) {
            Ok(environment) => self.attempt(&environment),
            Err(error) => (refusal::refuse(&out_dir, &error, false), Err(error)),
        };
        cargo::say(&instructions);
        result
    }

    /// Writes `OUT_DIR` whatever comes of it; the first result is what cargo has to know.
    fn attempt(&self, environment: &Environment) -> (Vec<String>, Result<(), Error>) {
        match self.run(environment) {
            Ok(instructions) => (instructions, Ok(())),
            Err(error) => {
                let files = DiskFileSystem::new(environment.workspace_root());
                let package = read_package(&files, &environment.package_folder());
                let is_carried =
                    package.is_ok_and(|package| inclusion(&files, &package) == Inclusion::Everywhere);
                (refusal::refuse(environment.out_dir(), &error, is_carried), Err(error))
            }
        }
    }

    /// Writes `OUT_DIR`; the result is what cargo has to know.
    fn run(&self, environment: &Environment) -> Result<Vec<String>, Error> {
        let files = DiskFileSystem::new(environment.workspace_root());
        let out = DiskFileSystem::new(environment.out_dir());
        let facts = FactsFile::from_bytes(&out.read(FACTS).unwrap_or_default());
        let package = read_package(&files, &environment.package_folder())
            .map_err(|findings| Error::Findings(human(&findings, &Texts::new(&files), Colour::Off)))?;
        let policy = self.policy.as_ref().map(|policy| environment.in_run(policy));
        let outcome = run(&Inputs {
            files: &files,
            package: Some(&package),
            policy: policy.as_deref(),
            today: &cargo::date(),
            cache: Some(&facts),
            targets: &[Target::Rust],
        });
        let Some(generated) = outcome.files.iter().find(|file| file.path() == GENERATED) else {
            return Err(Error::Findings(human(&outcome.diagnostics, &Texts::new(&files), Colour::Off)));
        };
        for (name, contents) in [(GENERATED, generated.contents().as_bytes()), (FACTS, &facts.to_bytes())] {
            out.write_if_changed(name, contents)
                .map_err(|source| Error::Write { path: out.locate(name), source })?;
        }
        Ok(cargo::instructions(&files, &package, &outcome, &inclusion(&files, &package)))
    }
}

#[cfg(test)]
mod tests;
