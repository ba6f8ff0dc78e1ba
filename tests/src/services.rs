//! Small services in a workspace of their own: built together, started one by one, asked over HTTP.

use crate::expect::root;
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// What is right of a service: `right.toml` beside its sources.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Right {
    /// It does not build, and each of these stands in what the build says.
    #[serde(default)]
    pub build: Vec<String>,
    /// It builds and does not start, and each of these stands on its standard error.
    #[serde(default)]
    pub start: Vec<String>,
    /// It runs, and answers these so.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// How many listeners it opens.
    #[serde(default = "one")]
    pub listeners: usize,
    /// Environments it is started in, as `NAME=value`; none is its only one.
    #[serde(default)]
    pub environments: Vec<String>,
}

const fn one() -> usize {
    1
}

impl Right {
    /// What is right of a service, and what a `right.toml` beside the folders says is right of each of them.
    fn of(folder: &Path) -> Result<Self> {
        let shared = beside(folder, "right.toml");
        let files: Vec<_> =
            [folder.join("right.toml"), shared].into_iter().filter(|it| it.is_file()).collect();
        ensure!(!files.is_empty(), "there is no `right.toml`");
        let text: String = files.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
        Ok(toml::from_str(&text)?)
    }
}

/// A file beside a service's folder.
fn beside(folder: &Path, name: &str) -> PathBuf {
    folder.with_file_name(name)
}

/// A request and its answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// `GET /cameras`
    pub request: String,
    /// Which listener, in the order they are opened.
    #[serde(default)]
    pub listener: usize,
    /// A key for `X-API-Key`; none sends no credential.
    pub key: Option<String>,
    /// The status.
    pub status: u16,
    /// Only in this environment.
    pub environment: Option<String>,
}

/// What every service depends on. All features, so that the runtime is compiled once.
const DEPENDENCIES: &str = r#"
actix-web = { version = "4", default-features = false, features = ["macros"] }
anyhow = "1"
async-trait = "0.1"
axum = { version = "0.8", features = ["macros", "multipart", "ws"] }
axum-macros = "0.5"
evil = { path = "FOREIGN/evil" }
extrouter = { path = "FOREIGN/extrouter" }
futures-util = "0.3"
http = "1"
http-body-util = "0.1"
hyper-util = { version = "0.1", features = ["server-auto", "service", "tokio"] }
rmcp = { version = "3.9", features = ["macros", "server", "transport-streamable-http-server"] }
scopewright = { path = "CRATES/scopewright", features = ["actix", "axum", "mcp", "utoipa"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
thiserror = "2"
tokio = { version = "1", features = ["full"] }
tower = { version = "0.5", features = ["limit", "load-shed", "timeout", "util"] }
tower-http = { version = "0.7", features = ["catch-panic", "cors", "fs", "limit", "normalize-path", "set-header", "timeout", "trace"] }
tracing = "0.1"
utoipa = { version = "6", default-features = false, features = ["macros"] }
utoipa-axum = "0.3"
"#;

const BUILD: &str =
    "fn main() -> Result<(), scopewright_build::Error> {\n    scopewright_build::compile()\n}\n";

/// The workspace, written and built.
#[derive(Debug)]
pub struct Services {
    target: PathBuf,
    /// What the build said about each package that failed.
    failures: BTreeMap<String, String>,
    /// The packages of each service.
    packages: BTreeMap<String, Vec<String>>,
}

impl Services {
    /// Writes the services of `folders` into a workspace below `target/` and builds them all, whatever fails.
    ///
    /// A `scopes.toml` beside the folders is that of each which has none. A folder with `src` is a package of its own name; of others each folder inside is one, and depends on those that a
    /// file `uses` in it names. One with a `scopes.toml` gets a build script.
    pub fn build(name: &str, folders: &[PathBuf]) -> Result<Self> {
        let workspace = root().join("target/services").join(name);
        let foreign = root().join("target/services").join(format!("{name}-foreign"));
        for folder in [&workspace, &foreign] {
            if folder.exists() {
                std::fs::remove_dir_all(folder)?;
            }
            std::fs::create_dir_all(folder)?;
        }
        write_foreign(&foreign)?;
        let dependencies = DEPENDENCIES
            .replace("FOREIGN", &foreign.display().to_string())
            .replace("CRATES", &root().join("crates").display().to_string());
        let mut members = Vec::new();
        let mut of_services: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for folder in folders {
            let name = file_name(folder)?;
            let at = workspace.join(&name);
            copy(folder, &at)?;
            let shared = beside(folder, "scopes.toml");
            if shared.is_file() && !at.join("scopes.toml").exists() {
                std::fs::copy(shared, at.join("scopes.toml"))?;
            }
            for package in packages(&at, &name)? {
                let place = at.join(&package.folder);
                package.write(&place, &dependencies)?;
                of_services.entry(name.clone()).or_default().push(package.name.clone());
                members.push(if package.folder.is_empty() {
                    name.clone()
                } else {
                    format!("{name}/{}", package.folder)
                });
            }
        }
        let mut manifest = String::from("[workspace]\nresolver = \"3\"\nmembers = [\n");
        for member in &members {
            writeln!(manifest, "    \"{member}\",")?;
        }
        manifest.push_str("]\n\n[profile.dev]\ndebug = false\nincremental = false\n");
        std::fs::write(workspace.join("Cargo.toml"), manifest)?;
        std::fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock"))?;
        let target = root().join("target/services/target");
        let failures = build(&workspace, &target)?;
        Ok(Self { target, failures, packages: of_services })
    }

    /// What is wrong with a service, held against what is right of it.
    pub fn judge(&self, folder: &Path) -> Result<()> {
        let name = file_name(folder)?;
        let right = Right::of(folder)?;
        // A package of the service that is not its server may be what does not build.
        let own = self.packages.get(&name).map(Vec::as_slice).unwrap_or_default();
        let said: String = own.iter().filter_map(|package| self.failures.get(package)).cloned().collect();
        if !right.build.is_empty() {
            ensure!(!said.is_empty(), "it builds");
            for wanted in &right.build {
                ensure!(said.contains(wanted.as_str()), "the build does not say `{wanted}`:\n{said}");
            }
            return Ok(());
        }
        ensure!(said.is_empty(), "it does not build:\n{said}");
        let environments =
            if right.environments.is_empty() { vec![String::new()] } else { right.environments.clone() };
        for environment in &environments {
            self.run(&name, environment, &right).with_context(|| format!("started with `{environment}`"))?;
        }
        Ok(())
    }

    fn run(&self, name: &str, environment: &str, right: &Right) -> Result<()> {
        let started = Running::start(&self.target.join("debug").join(name), environment, right.listeners)?;
        let running = match started {
            Started::Running(running) if right.start.is_empty() => running,
            Started::Running(_) => bail!("it starts"),
            Started::Stopped(said) => {
                ensure!(!right.start.is_empty(), "it does not start: {said}");
                for wanted in &right.start {
                    ensure!(said.contains(wanted.as_str()), "it does not say `{wanted}` but: {said}");
                }
                return Ok(());
            }
        };
        ensure!(!right.answers.is_empty(), "nothing is asked of it");
        for answer in &right.answers {
            if answer.environment.as_ref().is_some_and(|only| only != environment) {
                continue;
            }
            let listener = running.listeners.get(answer.listener).context("there is no such listener")?;
            let (status, body) = ask(*listener, &answer.request, answer.key.as_deref())?;
            let key = answer.key.as_deref().unwrap_or("no key");
            ensure!(status == answer.status, "`{}` with {key} is answered {status}: {body}", answer.request);
            ensure!(
                answer.key.is_some() || !body.contains("SECRET"),
                "`{}` tells a stranger: {body}",
                answer.request
            );
        }
        // Whatever is asked of it, a stranger is told nothing.
        for path in PATHS {
            for listener in &running.listeners {
                for method in ["GET", "POST", "HEAD", "OPTIONS"] {
                    let (_, body) = ask(*listener, &format!("{method} {path}"), None)?;
                    ensure!(!body.contains("SECRET"), "`{method} {path}` tells a stranger: {body}");
                }
            }
        }
        Ok(())
    }
}

/// Where services of all kinds hide something.
const PATHS: &[&str] = &[
    "/",
    "/secret",
    "/secret/",
    "//secret",
    "/secret/x",
    "/%73ecret",
    "/cameras",
    "/count",
    "/files",
    "/files/",
    "/files/a",
    "/files/admin",
    "/files/admin/",
    "/files/admin/x",
    "/files/%61dmin",
    "/ext/listed",
    "/ext/secret",
    "/legacy/report",
    "/nowhere",
    "/x/foo/bar",
    "/x/a/b",
    "/y/a",
    "/y/1/public",
    "/api/secret",
    "/mcp",
];

fn file_name(folder: &Path) -> Result<String> {
    let name = folder.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or_else(|| anyhow!("{} has no name", folder.display()))?.to_owned())
}

/// A package of a service.
struct Package {
    /// Its folder, from the service's; empty for the service's own.
    folder: String,
    name: String,
    /// The other packages of the service it uses.
    uses: Vec<String>,
    has_policy: bool,
}

fn packages(folder: &Path, name: &str) -> Result<Vec<Package>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join("src").is_dir() {
            found.push((file_name(&path)?, path));
        }
    }
    found.sort();
    let of = |at: &Path, inside: &str, own: String| Package {
        folder: inside.to_owned(),
        name: own,
        uses: std::fs::read_to_string(at.join("uses"))
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        has_policy: at.join("scopes.toml").is_file(),
    };
    let mut packages: Vec<Package> = found
        .iter()
        .map(|(inside, path)| {
            // The server goes by the name of the service.
            let own =
                if path.join("src/main.rs").is_file() { name.to_owned() } else { format!("{name}_{inside}") };
            of(path, inside, own)
        })
        .collect();
    if folder.join("src").is_dir() {
        packages.push(of(folder, "", name.to_owned()));
    }
    Ok(packages)
}

impl Package {
    fn write(&self, place: &Path, dependencies: &str) -> Result<()> {
        let service = self.name.clone();
        let mut manifest =
            format!("[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n", self.name);
        if place.join("src/lib.rs").is_file() && !self.folder.is_empty() {
            writeln!(manifest, "[lib]\nname = \"{}\"\n", self.folder)?;
        }
        manifest.push_str("[dependencies]");
        manifest.push_str(dependencies);
        for used in &self.uses {
            let package =
                format!("{}_{used}", service.strip_suffix(&format!("_{}", self.folder)).unwrap_or(&service));
            let path = if self.folder.is_empty() { used.clone() } else { format!("../{used}") };
            writeln!(manifest, "{used} = {{ package = \"{package}\", path = \"{path}\" }}")?;
        }
        if self.has_policy {
            let path = root().join("crates/scopewright-build");
            writeln!(
                manifest,
                "\n[build-dependencies]\nscopewright-build = {{ path = \"{}\" }}",
                path.display()
            )?;
            if !place.join("build.rs").exists() {
                std::fs::write(place.join("build.rs"), BUILD)?;
            }
        }
        Ok(std::fs::write(place.join("Cargo.toml"), manifest)?)
    }
}

/// The crates from outside of the workspace.
fn write_foreign(folder: &Path) -> Result<()> {
    copy(&root().join("tests/cases/services/foreign"), folder)?;
    let package = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n")
    };
    std::fs::write(folder.join("evil/Cargo.toml"), format!("{}[lib]\nproc-macro = true\n", package("evil")))?;
    let needs = "[dependencies]\naxum = \"0.8\"\nactix-web = { version = \"4\", default-features = false, features = [\"macros\"] }\n";
    std::fs::write(folder.join("extrouter/Cargo.toml"), format!("{}{needs}", package("extrouter")))?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let (path, target) =
            (entry.as_ref().map(std::fs::DirEntry::path), entry.as_ref().map(|it| to.join(it.file_name())));
        let (Ok(path), Ok(target)) = (path, target) else { bail!("can't read {}", from.display()) };
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            std::fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// Builds everything that builds; what was said of each package that does not.
fn build(workspace: &Path, target: &Path) -> Result<BTreeMap<String, String>> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--workspace", "--keep-going", "--message-format", "json"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .current_dir(workspace)
        .output()?;
    let mut failures: BTreeMap<String, String> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line)?;
        let text =
            |pointer: &str| message.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_default();
        if text("/reason") == "compiler-message" && text("/message/level") == "error" {
            // `path+file:///folder/name#0.0.0`, or `path+file:///folder/other#name@0.0.0`.
            let (path, rest) = text("/package_id").split_once('#').unwrap_or_default();
            let named = rest.split_once('@').map(|(name, _)| name);
            let package = named.or_else(|| path.rsplit('/').next()).unwrap_or_default();
            failures.entry(package.to_owned()).or_default().push_str(text("/message/rendered"));
        }
    }
    // What build scripts say is in no message: `error: package@0.0.0: ..`.
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        let said = line.strip_prefix("error: ").and_then(|line| line.split_once("@0.0.0: "));
        if let Some((package, said)) = said {
            failures.entry(package.to_owned()).or_default().push_str(said);
        }
    }
    if !output.status.success() && failures.is_empty() {
        bail!("nothing was built: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(failures)
}

enum Started {
    Running(Running),
    Stopped(String),
}

/// A service that runs; it is stopped when this goes.
struct Running {
    child: Child,
    listeners: Vec<SocketAddr>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that is gone already needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(program: &Path, environment: &str, listeners: usize) -> Result<Started> {
        let mut command = Command::new(program);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some((name, value)) = environment.split_once('=') {
            command.env(name, value);
        }
        let mut child = command.spawn().with_context(|| program.display().to_string())?;
        let stdout = child.stdout.take().context("no standard output")?;
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(address) = line.strip_prefix("LISTEN ").and_then(|address| address.parse().ok()) {
                    // Nobody listens any more once all addresses are known.
                    let _ = sender.send(address);
                }
            }
        });
        let mut running = Self { child, listeners: Vec::new() };
        while running.listeners.len() < listeners {
            match receiver.recv_timeout(Duration::from_secs(20)) {
                Ok(address) => running.listeners.push(address),
                Err(mpsc::RecvTimeoutError::Timeout) => bail!("it opens no listener"),
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    let mut said = String::new();
                    if let Some(mut stderr) = running.child.stderr.take() {
                        stderr.read_to_string(&mut said)?;
                    }
                    return Ok(Started::Stopped(said));
                }
            }
        }
        Ok(Started::Running(running))
    }
}

/// One request over a connection of its own: status and body.
fn ask(listener: SocketAddr, request: &str, key: Option<&str>) -> Result<(u16, String)> {
    let mut connection = TcpStream::connect(listener)?;
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let key = key.map_or_else(String::new, |key| format!("x-api-key: {key}\r\n"));
    write!(
        connection,
        "{request} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{key}content-length: 0\r\n\r\n"
    )?;
    let mut reply = Vec::new();
    connection.read_to_end(&mut reply)?;
    let reply = String::from_utf8_lossy(&reply);
    let (head, body) = reply.split_once("\r\n\r\n").context("no answer")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
    Ok((status, body.to_owned()))
}
