//! Tasks of this repository: `test`, `tidy`, `regenerate`, `size`, `cost`, `compile-cost`, `scale`.

mod compile_cost;
mod cost;
mod process;
mod regenerate;
mod scale;
mod size;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask TASK

  test                 everything the README promises: fetches the tools the tests need, then checks format, lints,
                       structure, tests, docs, generated files and packages
  tidy                 the structure: arrows between crates, module purposes, diagnostic codes
  regenerate [--check] writes (or compares) every committed file that is made by a program
  size                 prints what a service's build script depends on, and fails if a heavy crate is among it
  cost [--actix]       counts the instructions of a guarded request under valgrind, and fails above the limits
  compile-cost         measures what a guarded handler costs to compile, and fails above the limits (takes minutes)
  scale                compiles 917 scopes and 11,000 endpoints, and fails above limits of time and memory
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        ["regenerate"] => regenerate::run(regenerate::Mode::Write),
        ["regenerate", "--check"] => regenerate::run(regenerate::Mode::Check),
        ["size"] => size::run(),
        ["cost"] => cost::run(cost::Frameworks::Axum),
        ["cost", "--actix"] => cost::run(cost::Frameworks::Both),
        ["compile-cost"] => compile_cost::run(),
        ["scale"] => scale::run(),
        _ => {
            process::say(USAGE);
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
