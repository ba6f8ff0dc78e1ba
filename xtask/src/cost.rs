//! What a guarded request costs, in instructions: they are the same on every machine and in every run, as times are not.
//!
//! Runs a program that makes one kind of request a number of times under cachegrind, twice, so that what it does before the
//! first request falls out, and compares kinds. Fails above the limits.

use crate::process::{cargo, read, root, run as build, say};
use anyhow::{Context as _, Result, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Requests of the shorter run and of the longer one.
const CALLS: [u32; 2] = [500, 1500];

/// One kind of request, to another, and what it may be.
struct Compared {
    what: &'static str,
    subject: &'static str,
    to: &'static str,
    limit: f64,
}

const AXUM: &[Compared] = &[
    Compared {
        what: "a guarded request, to the same layer without a guard",
        subject: "guarded",
        to: "authenticated",
        limit: 1.02,
    },
    Compared {
        what: "layer and guard, to no authentication at all",
        subject: "guarded",
        to: "plain",
        limit: 1.10,
    },
    Compared { what: "the same, the layer in `Router::layer`", subject: "layered", to: "plain", limit: 1.25 },
    Compared { what: "a `from_fn` that does nothing", subject: "from_fn", to: "plain", limit: f64::INFINITY },
];

const ACTIX: &[Compared] = &[
    Compared {
        what: "actix-web: a guarded request, to the same middleware without a guard",
        subject: "actix-guarded",
        to: "actix-authenticated",
        limit: 1.02,
    },
    Compared {
        what: "actix-web: middleware and guard, to no authentication at all",
        subject: "actix-guarded",
        to: "actix-plain",
        limit: 1.10,
    },
];

/// Which frameworks are measured; actix-web takes a minute to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Frameworks {
    Axum,
    Both,
}

pub fn run(frameworks: Frameworks) -> Result<()> {
    let mut compared: Vec<&Compared> = AXUM.iter().collect();
    let mut command = cargo();
    command.args([
        "build",
        "--release",
        "--quiet",
        "--locked",
        "--package",
        "scopewright-cost",
        "--example",
        "scopewright-cost",
    ]);
    if frameworks == Frameworks::Both {
        command.args(["--package", "scopewright", "--features", "scopewright-cost/actix,scopewright/actix"]);
        compared.extend(ACTIX);
    }
    build("the requests, released", &mut command)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let program =
        target.join("release/examples").join(format!("scopewright-cost{}", std::env::consts::EXE_SUFFIX));

    let mut counts = BTreeMap::new();
    for subject in compared.iter().flat_map(|it| [it.subject, it.to]) {
        if !counts.contains_key(subject) {
            counts.insert(subject, per_request(&program, subject)?);
        }
    }
    let mut over = Vec::new();
    for Compared { what, subject, to, limit } in compared {
        let count = |of| counts.get(of).copied().unwrap_or_default();
        let (own, other) = (count(subject), count(to));
        let ratio = own / other;
        let shown = if limit.is_finite() { format!("<= {limit:.2}") } else { String::new() };
        say(&format!("{what:<70} {ratio:>6.3}  {shown:<8} ({own:.0} / {other:.0} instructions)"));
        if ratio > *limit {
            over.push(format!("{what}: {ratio:.3} is over {limit:.2}"));
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    bail!("{}", over.join("\n"))
}

/// The instructions of one request.
fn per_request(program: &Path, subject: &str) -> Result<f64> {
    let [few, many] = CALLS;
    let more = instructions(program, subject, many)? - instructions(program, subject, few)?;
    Ok(more / f64::from(many - few))
}

/// The instructions of a whole run.
fn instructions(program: &Path, subject: &str, calls: u32) -> Result<f64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--log-fd=1"]);
    valgrind.arg(program).arg(subject).arg(calls.to_string());
    let log = read("valgrind, a package of that name,", &mut valgrind)?;
    // ==123== I   refs:      10,934,693
    let count = log.lines().filter(|line| line.contains(" I ")).find_map(|line| line.split_once("refs:"));
    let (_, count) = count.with_context(|| format!("valgrind printed no count of instructions:\n{log}"))?;
    count.trim().replace(',', "").parse().with_context(|| format!("valgrind counted {count}"))
}
