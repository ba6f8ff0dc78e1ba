//! The parts of `Cargo.toml` that decide which crates a package has and how it calls its dependencies.
//!
//! Names and defaults as in the manifest format of the cargo reference.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Manifest {
    pub(super) package: Option<PackageTable>,
    pub(super) lib: Option<TargetTable>,
    pub(super) bin: Vec<TargetTable>,
    pub(super) workspace: Option<WorkspaceTable>,
    dependencies: BTreeMap<String, Dependency>,
    dev_dependencies: BTreeMap<String, Dependency>,
    build_dependencies: BTreeMap<String, Dependency>,
    target: BTreeMap<String, PlatformTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PackageTable {
    pub(super) name: String,
    /// `workspace = "../.."`: where the workspace's root is.
    pub(super) workspace: Option<String>,
    pub(super) autobins: Option<bool>,
    pub(super) autolib: Option<bool>,
    build: Option<BuildScript>,
    #[serde(default)]
    metadata: Metadata,
}

/// `build = "build.rs"`
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum BuildScript {
    Path(String),
    IsThere(bool),
    Several(Vec<String>),
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Metadata {
    scopewright: Option<Settings>,
}

/// `[package.metadata.scopewright]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    policy: Option<String>,
}

/// `[lib]` or one `[[bin]]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TargetTable {
    pub(super) name: Option<String>,
    pub(super) path: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WorkspaceTable {
    pub(super) exclude: Vec<String>,
    pub(super) members: Vec<String>,
    dependencies: BTreeMap<String, Dependency>,
}

/// `[target.'cfg(..)']`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PlatformTable {
    dependencies: BTreeMap<String, Dependency>,
}

/// `axum = "0.8"` or a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Dependency {
    Version(#[expect(dead_code, reason = "only its shape matters: a text is a version")] String),
    Table {
        package: Option<String>,
        #[serde(default)]
        workspace: bool,
        path: Option<String>,
    },
}

impl Dependency {
    /// The package's real name, where the key is another.
    pub(super) fn package(&self) -> Option<&str> {
        match self {
            Self::Version(_) => None,
            Self::Table { package, .. } => package.as_deref(),
        }
    }

    /// The folder its source is in, from the manifest that says so.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Version(_) => None,
            Self::Table { path, .. } => path.as_deref(),
        }
    }

    /// Whether the workspace says what it is.
    pub(super) const fn is_inherited(&self) -> bool {
        matches!(self, Self::Table { workspace: true, .. })
    }
}

impl Manifest {
    /// What the package depends on, on every platform; what only tests and build scripts use is left out.
    pub(super) fn dependencies(&self) -> impl Iterator<Item = (&str, &Dependency)> {
        let on_platforms = self.target.values().flat_map(|platform| &platform.dependencies);
        self.dependencies.iter().chain(on_platforms).map(|(key, dependency)| (key.as_str(), dependency))
    }

    /// All that it depends on for whatever purpose.
    pub(super) fn all_dependencies(&self) -> impl Iterator<Item = (&str, &Dependency)> {
        let others = self.dev_dependencies.iter().chain(&self.build_dependencies);
        self.dependencies().chain(others.map(|(key, dependency)| (key.as_str(), dependency)))
    }

    /// What its build script calls `scopewright-build`, if it may use it.
    pub(super) fn build_crate(&self) -> Option<String> {
        let mut all = self.build_dependencies.iter();
        let found = all.find(|(key, dependency)| dependency.package().unwrap_or(key) == "scopewright-build");
        found.map(|(key, _)| key.replace('-', "_"))
    }

    /// Whether any dependency is declared in the workspace.
    pub(super) fn inherits(&self) -> bool {
        self.dependencies().any(|(_, dependency)| dependency.is_inherited())
    }

    /// Whether any dependency is in a folder or declared in the workspace: then it matters which workspace that is.
    pub(super) fn is_of_a_workspace(&self) -> bool {
        self.dependencies().any(|(_, dependency)| dependency.is_inherited() || dependency.path().is_some())
    }

    /// `[workspace.dependencies]`
    pub(super) fn workspace_dependencies(&self) -> &BTreeMap<String, Dependency> {
        static NONE: BTreeMap<String, Dependency> = BTreeMap::new();
        self.workspace.as_ref().map_or(&NONE, |workspace| &workspace.dependencies)
    }
}

impl PackageTable {
    /// The build scripts, from the package's folder.
    pub(super) fn build_scripts(&self) -> Vec<&str> {
        match &self.build {
            None | Some(BuildScript::IsThere(true)) => vec!["build.rs"],
            Some(BuildScript::IsThere(false)) => Vec::new(),
            Some(BuildScript::Path(path)) => vec![path],
            Some(BuildScript::Several(paths)) => paths.iter().map(String::as_str).collect(),
        }
    }

    /// `[package.metadata.scopewright] policy`
    pub(super) fn policy(&self) -> Option<&str> {
        self.metadata.scopewright.as_ref()?.policy.as_deref()
    }
}
