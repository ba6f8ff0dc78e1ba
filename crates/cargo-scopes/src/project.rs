//! What a run works on: the packages of the workspace that are services, or a policy that needs none.

use crate::args::Common;
use crate::output::note;
use anyhow::{Context as _, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use scopewright_compiler::render::CargoTarget;
use scopewright_compiler::{
    DiskFileSystem, Inputs, Outcome, POLICY_FILE, PackageInfo, SOURCE_DATE_EPOCH, Target, compile,
    read_package, today,
};
use scopewright_model::Diagnostic;
use std::path::{Path, PathBuf};

/// The package whose presence makes a package a service.
const RUNTIME: &str = "scopewright";

/// The services of a run and the tree they are in.
pub struct Project {
    pub files: DiskFileSystem,
    pub services: Vec<Service>,
}

/// A package with a policy, or a policy alone.
pub struct Service {
    /// The package's name, or the policy's folder.
    pub name: String,
    /// The package, or what is wrong with its manifest. None for a policy without one.
    pub package: Option<Result<PackageInfo, Vec<Diagnostic>>>,
    /// The policy, where it is not looked up.
    pub policy: Option<String>,
    /// For findings in cargo's own form.
    pub target: Option<CargoTarget>,
}

/// Which packages are meant where nobody names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unnamed {
    /// Those that use Scopewright.
    Services,
    /// Those too, or all of them if none does yet.
    Any,
}

impl Project {
    /// Finds what to work on.
    pub fn find(common: &Common, unnamed: Unnamed) -> Result<Self> {
        let here = std::env::current_dir().context("there is no current directory")?;
        if is_policy_alone(common, &here) {
            let policy = common.policy.as_ref().map_or_else(|| POLICY_FILE.to_owned(), |path| slashed(path));
            let service = Service { name: policy.clone(), package: None, policy: Some(policy), target: None };
            return Ok(Self { files: DiskFileSystem::new(here), services: vec![service] });
        }
        let metadata = metadata(common)?;
        let root = metadata.workspace_root.as_std_path();
        let files = DiskFileSystem::new(root);
        let policy = common.policy.as_ref().map(|policy| inside(root, &here.join(policy)));
        let services = chosen(&metadata, common, unnamed)?
            .into_iter()
            .map(|package| service(&files, root, package, policy.clone()))
            .collect();
        Ok(Self { files, services })
    }
}

impl Service {
    /// Compiles the service.
    pub fn compile(&self, files: &DiskFileSystem, targets: &[Target]) -> Outcome {
        let package = match &self.package {
            Some(Ok(package)) => Some(package),
            None => None,
            Some(Err(findings)) => return Outcome { diagnostics: findings.clone(), ..Outcome::default() },
        };
        let date = today(std::env::var(SOURCE_DATE_EPOCH).ok().as_deref());
        compile(&Inputs {
            files,
            package,
            policy: self.policy.as_deref(),
            today: &date,
            cache: None,
            targets,
        })
    }
}

/// A folder with a policy and no package: everything comes from what the policy names.
fn is_policy_alone(common: &Common, here: &Path) -> bool {
    common.manifest_path.is_none()
        && common.package.is_empty()
        && here.join(POLICY_FILE).is_file()
        && !here.join("Cargo.toml").is_file()
}

fn metadata(common: &Common) -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    command.no_deps();
    if let Some(manifest) = &common.manifest_path {
        command.manifest_path(manifest);
    }
    match command.exec() {
        Ok(metadata) => Ok(metadata),
        Err(cargo_metadata::Error::CargoMetadata { stderr }) => {
            let reason = stderr.trim().trim_start_matches("error: ").to_owned();
            bail!("cargo can't say what is in this workspace: {reason}")
        }
        Err(error) => Err(error).context("can't run `cargo metadata`"),
    }
}

fn chosen<'m>(metadata: &'m Metadata, common: &Common, unnamed: Unnamed) -> Result<Vec<&'m Package>> {
    let members = metadata.workspace_packages();
    if common.package.is_empty() {
        let services: Vec<&Package> =
            members.iter().copied().filter(|package| depends_on_runtime(package)).collect();
        return match (services.is_empty(), unnamed) {
            (false, _) => Ok(services),
            (true, Unnamed::Any) => Ok(members),
            (true, Unnamed::Services) => bail!(
                "no package of this workspace depends on `{RUNTIME}`; add it with `cargo add {RUNTIME}`, or name a package with `--package`"
            ),
        };
    }
    let mut found = Vec::new();
    for name in &common.package {
        let package = members.iter().copied().find(|package| package.name.as_str() == name);
        let Some(package) = package else {
            let names: Vec<String> = members.iter().map(|package| format!("`{}`", package.name)).collect();
            bail!("there is no package `{name}` in this workspace; it has {}", names.join(", "));
        };
        if !found.contains(&package) {
            found.push(package);
        }
    }
    Ok(found)
}

fn depends_on_runtime(package: &Package) -> bool {
    package
        .dependencies
        .iter()
        .any(|dependency| dependency.name == RUNTIME && dependency.kind == DependencyKind::Normal)
}

fn service(files: &DiskFileSystem, root: &Path, package: &Package, policy: Option<String>) -> Service {
    let manifest = package.manifest_path.as_std_path();
    let folder = inside(root, manifest.parent().unwrap_or(root));
    let target = package
        .targets
        .iter()
        .find(|target| target.is_lib())
        .or_else(|| package.targets.iter().find(|target| target.is_bin()))
        .and_then(|target| serde_json::to_value(target).ok());
    Service {
        name: package.name.to_string(),
        package: Some(read_package(files, &folder)),
        policy,
        target: target.map(|target| CargoTarget {
            package_id: package.id.repr.clone(),
            manifest_path: package.manifest_path.to_string(),
            target,
        }),
    }
}

/// A path as seen from the root of the run.
fn inside(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

fn slashed(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    path.to_string_lossy().replace('\\', "/")
}

/// Says which services a run is about, where there are several.
pub fn announce(project: &Project) {
    if let [_, _, ..] = project.services.as_slice() {
        let names: Vec<&str> = project.services.iter().map(|service| service.name.as_str()).collect();
        note(&format!("services: {}\n", names.join(", ")));
    }
}
