//! What a guarded handler costs to compile, against a guard written by hand and against `#[utoipa::path]`.
//!
//! Writes packages of 1,000 handlers each that differ in nothing but what stands on the handlers, and checks them with
//! `cargo check`, in turn, several rounds: from nothing (dependencies are ready) and after a change in one body.
//! The number is processor time, not time on the wall. The limits are for `cargo check` as a whole; the ratio without
//! what cargo takes to find out that nothing is to be done is printed beside, because it does not flatter.

mod clock;
mod source;

use crate::process::{cargo, read, root, say};
use anyhow::{Context as _, Result, bail};
use clock::cost;
use source::{HANDLERS, Registration, Style};
use std::fs;
use std::path::PathBuf;

const ROUNDS: usize = 5;

/// Checking the attributed handlers may cost this much more than checking the ones with a guard written by hand.
const LIMIT_TO_BY_HAND: f64 = 1.15;

/// What the attribute adds to a bare handler may be this part of what `#[utoipa::path]` adds.
const LIMIT_TO_UTOIPA: f64 = 0.2;

pub fn run() -> Result<()> {
    let workspace = Workspace::write()?;
    workspace.check("--workspace")?;
    let mut findings = Vec::new();
    for registration in [Registration::None, Registration::Router] {
        for change in [Change::Everything, Change::OneBody] {
            let samples = workspace.measure(registration, change)?;
            findings.extend(report(registration, change, &samples));
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    bail!("{}", findings.join("\n"))
}

/// What has to be checked again.
#[derive(Clone, Copy)]
enum Change {
    Everything,
    OneBody,
}

/// The packages, in one workspace of their own.
struct Workspace {
    directory: PathBuf,
}

/// The seconds of one `cargo check`.
#[derive(Clone, Copy)]
struct Sample {
    whole: f64,
    /// What cargo takes when there is nothing to check.
    nothing: f64,
}

/// The samples of each round, for each style.
type Samples = Vec<(Style, Vec<Sample>)>;

impl Workspace {
    fn write() -> Result<Self> {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let workspace = Self { directory: target.join("compile-cost") };
        fs::create_dir_all(&workspace.directory)?;
        fs::write(workspace.directory.join("Cargo.toml"), source::workspace_manifest())?;
        // The versions this repository is tested with; cargo adds what is missing.
        fs::copy(root().join("Cargo.lock"), workspace.directory.join("Cargo.lock"))?;
        for registration in [Registration::None, Registration::Router] {
            for style in Style::ALL {
                workspace.write_package(registration, style, 0)?;
            }
        }
        Ok(workspace)
    }

    fn write_package(&self, registration: Registration, style: Style, salt: usize) -> Result<()> {
        let package = self.directory.join(source::package(registration, style));
        fs::create_dir_all(&package)?;
        let manifest = source::manifest(&root(), registration, style);
        if fs::read_to_string(package.join("Cargo.toml")).is_ok_and(|there| there == manifest) {
            // Left alone: a newer file is a change to cargo.
        } else {
            fs::write(package.join("Cargo.toml"), manifest)?;
        }
        let file = package.join("lib.rs");
        fs::write(&file, source::library(&root(), registration, style, salt)).context("can't write a package")
    }

    fn check(&self, what: &str) -> Result<()> {
        let mut command = cargo();
        command.current_dir(&self.directory).args(["check", "--quiet", what]).env_remove("CARGO_TARGET_DIR");
        read("cargo check", &mut command).map(drop)
    }

    fn measure(&self, registration: Registration, change: Change) -> Result<Samples> {
        let mut samples: Samples = Style::ALL.iter().map(|style| (*style, Vec::new())).collect();
        for round in 1..=ROUNDS {
            for (style, rounds) in &mut samples {
                let package = source::package(registration, *style);
                let selected = format!("--package={package}");
                match change {
                    Change::Everything => {
                        let mut clean = cargo();
                        clean.current_dir(&self.directory).env_remove("CARGO_TARGET_DIR");
                        read("cargo clean", clean.args(["clean", "--quiet", &selected]))?;
                    }
                    Change::OneBody => self.write_package(registration, *style, round)?,
                }
                let whole = cost(|| self.check(&selected))?;
                let nothing = cost(|| self.check(&selected))?;
                rounds.push(Sample { whole, nothing });
            }
        }
        Ok(samples)
    }
}

/// Prints one table; returns the limits that do not hold.
fn report(registration: Registration, change: Change, samples: &Samples) -> Vec<String> {
    let title = match (registration, change) {
        (Registration::None, Change::Everything) => "handlers alone, from nothing",
        (Registration::None, Change::OneBody) => "handlers alone, one body changed",
        (Registration::Router, Change::Everything) => "registered handlers, from nothing",
        (Registration::Router, Change::OneBody) => "registered handlers, one body changed",
    };
    say(&format!("{title} ({HANDLERS} handlers, median of {ROUNDS} rounds, processor seconds):"));
    for (style, rounds) in samples {
        let whole = median(rounds.iter().map(|sample| sample.whole).collect());
        say(&format!("  {:<24} {whole:6.2}", style.title()));
    }
    let rounds = |style: Style| samples.iter().find(|(other, _)| *other == style).map_or(&[][..], |(_, s)| s);
    let [bare, by_hand, attribute, utoipa] = Style::ALL.map(rounds);
    // Within a round, so that a machine that is busy for a while does not favour one of them.
    let ratio = |seconds: fn(&Sample) -> f64| {
        let pairs = attribute.iter().zip(by_hand);
        median(pairs.map(|(ours, theirs)| seconds(ours) / seconds(theirs)).collect())
    };
    let to_by_hand = ratio(|sample| sample.whole);
    let without_cargo = ratio(|sample| sample.whole - sample.nothing);
    let added = |of: &[Sample]| {
        let pairs = of.iter().zip(bare);
        median(pairs.map(|(with, without)| with.whole - without.whole).collect())
    };
    let (ours, theirs) = (added(attribute), added(utoipa));
    let to_utoipa = ours / theirs;
    let milliseconds = |seconds: f64| {
        #[expect(clippy::cast_precision_loss, reason = "a thousand is exact")]
        let handlers = HANDLERS as f64;
        seconds * 1000.0 / handlers
    };
    say(&format!(
        "  attribute / by hand      {to_by_hand:6.2}   (limit {LIMIT_TO_BY_HAND}; {without_cargo:.2} without cargo)"
    ));
    say(&format!(
        "  added / utoipa's         {to_utoipa:6.2}   (limit {LIMIT_TO_UTOIPA}; {:.2} ms and {:.2} ms a handler)",
        milliseconds(ours),
        milliseconds(theirs)
    ));
    let mut findings = Vec::new();
    if to_by_hand.is_nan() || to_by_hand > LIMIT_TO_BY_HAND {
        findings.push(format!("{title}: {to_by_hand:.2} times the cost of a guard written by hand"));
    }
    if to_utoipa.is_nan() || to_utoipa > LIMIT_TO_UTOIPA {
        findings.push(format!("{title}: adds {to_utoipa:.2} of what `#[utoipa::path]` adds"));
    }
    findings
}

/// The middle value; NaN if there is none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
