//! The reference document's sentences, as shell scripts against the program.

use example_testkit::{Program, cases};

#[test]
fn every_case_prints_what_is_written_down() {
    let program = Program::new(env!("CARGO_BIN_EXE_videovector"));
    cases::run(&program, concat!(env!("CARGO_MANIFEST_DIR"), "/cases"));
}
