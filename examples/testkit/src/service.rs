//! A service's binary: seeded, started, killed, started again.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

use crate::Client;

/// How a service's program is started, and what its seed made.
///
/// `{folder}` in an argument stands for the folder that holds the database and what lies beside it.
pub struct Program {
    binary: PathBuf,
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
    descriptors: Option<u32>,
    is_log_read: bool,
    seeded: OnceLock<Seeded>,
}

/// A database as the seed left it, and the variables the seed printed.
struct Seeded {
    folder: TempDir,
    variables: BTreeMap<String, String>,
}

impl Program {
    /// The program at `binary`, which is `env!("CARGO_BIN_EXE_name")` of the package under test.
    pub fn new(binary: &str) -> Self {
        Self {
            binary: binary.into(),
            arguments: Vec::new(),
            environment: BTreeMap::new(),
            descriptors: None,
            is_log_read: true,
            seeded: OnceLock::new(),
        }
    }

    /// An argument of the program when it serves.
    #[must_use]
    pub fn with_argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// A variable in the environment of the program and of the cases.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// How many files and connections the process may have open (`ulimit -n`).
    #[must_use]
    pub fn with_descriptors(mut self, number: u32) -> Self {
        self.descriptors = Some(number);
        self
    }

    /// Whoever read standard output and error has gone: what the process writes there fails.
    #[must_use]
    pub fn with_nobody_reading_its_log(mut self) -> Self {
        self.is_log_read = false;
        self
    }

    /// What the seed printed, name by name: the credentials of the demonstration.
    pub fn variables(&self) -> &BTreeMap<String, String> {
        &self.seeded().variables
    }

    /// The service on a copy of the seeded database, on a free port.
    pub fn start(&self) -> Service {
        let folder = TempDir::new().unwrap();
        copy_folder(self.seeded().folder.path(), folder.path());
        let mut service = Service {
            binary: self.binary.clone(),
            arguments: self.arguments.clone(),
            environment: self.environment.clone(),
            descriptors: self.descriptors,
            is_log_read: self.is_log_read,
            variables: self.seeded().variables.clone(),
            folder,
            running: None,
        };
        service.serve();
        service
    }

    fn seeded(&self) -> &Seeded {
        self.seeded.get_or_init(|| {
            let folder = TempDir::new().unwrap();
            let seed = Command::new(&self.binary)
                .current_dir(folder.path())
                .envs(&self.environment)
                .args(["seed", "--database"])
                .arg(folder.path().join(DATABASE))
                .output()
                .unwrap();
            assert!(seed.status.success(), "the seed failed:\n{}", String::from_utf8_lossy(&seed.stderr));
            let printed = String::from_utf8(seed.stdout).unwrap();
            let mut variables = self.environment.clone();
            for line in printed.lines() {
                let (name, value) = line.split_once('=').unwrap_or_else(|| {
                    panic!("the seed prints `NAME=value` lines, so that a shell can read them, not `{line}`")
                });
                variables.insert(name.to_owned(), value.to_owned());
            }
            Seeded { folder, variables }
        })
    }
}

const DATABASE: &str = "service.sqlite";

/// A running service. Killed, and its files removed, when dropped.
pub struct Service {
    binary: PathBuf,
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
    descriptors: Option<u32>,
    is_log_read: bool,
    variables: BTreeMap<String, String>,
    folder: TempDir,
    running: Option<(Child, String)>,
}

impl Service {
    /// `http://127.0.0.1:PORT`. Another one after a restart.
    pub fn base(&self) -> &str {
        self.running.as_ref().map_or("", |(_, base)| base)
    }

    /// What the seed printed.
    pub fn variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }

    /// One of [`variables`](Self::variables).
    pub fn variable(&self, name: &str) -> &str {
        self.variables.get(name).unwrap_or_else(|| panic!("the seed prints no {name}"))
    }

    /// A client without a credential.
    pub fn client(&self) -> Client {
        Client::new(self.base())
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join(DATABASE)
    }

    /// The folder of the database and what lies beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends the process without giving it a chance to finish anything: SIGKILL.
    pub fn kill(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Asks the process to stop, SIGTERM, and returns how long it took until it was gone.
    pub fn terminate(&mut self) -> Duration {
        let (mut child, _) = self.running.take().expect("it runs");
        let begun = Instant::now();
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                assert!(status.success(), "it stopped with {status}");
                return begun.elapsed();
            }
            if begun.elapsed() > Duration::from_secs(60) {
                let _ = child.kill();
                panic!("it was not gone after a minute");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts it again on the same files.
    pub fn restart(&mut self) {
        self.kill();
        self.serve();
    }

    fn serve(&mut self) {
        let folder = self.folder.path().to_str().unwrap();
        let arguments = self.arguments.iter().map(|argument| argument.replace("{folder}", folder));
        let mut command = match self.descriptors {
            Some(number) => {
                let mut command = Command::new("sh");
                command.args(["-c", &format!("ulimit -n {number} && exec \"$0\" \"$@\"")]).arg(&self.binary);
                command
            }
            None => Command::new(&self.binary),
        };
        let mut child = command
            .current_dir(folder)
            .envs(&self.environment)
            .args(["--listen", "127.0.0.1:0", "--database"])
            .arg(self.database())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(if self.is_log_read { Stdio::inherit() } else { Stdio::piped() })
            .spawn()
            .unwrap();
        // The reading end, if there is one.
        drop(child.stderr.take());
        let mut printed = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        printed.read_line(&mut line).unwrap();
        let base = line.trim().strip_prefix("listening on ");
        let base = base.unwrap_or_else(|| panic!("the service did not start: `{line}`")).to_owned();
        // What it prints later must not fill the pipe.
        if self.is_log_read {
            thread::spawn(move || std::io::copy(&mut printed, &mut std::io::sink()));
        }
        self.running = Some((child, base));
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
