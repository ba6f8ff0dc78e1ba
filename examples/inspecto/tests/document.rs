//! The reference document's sentences, as shell scripts against the program.

use example_testkit::{Program, cases, documented, methods, plan};

#[test]
fn every_case_prints_what_is_written_down() {
    let program = Program::new(env!("CARGO_BIN_EXE_inspecto"));
    cases::run(&program, concat!(env!("CARGO_MANIFEST_DIR"), "/cases"));
}

#[test]
fn a_method_that_a_path_does_not_have_is_answered_with_those_it_has() {
    let service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    let asked = methods::every_other_is_405(&service, &plan(env!("CARGO_MANIFEST_DIR")));
    assert!(asked > 50, "{asked} methods");
}

#[test]
fn every_status_is_documented() {
    let service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    let key = service.client().bearer(service.variable("KEY_FULL_FLEET_MANAGEMENT"));
    let session = service.client().bearer(service.variable("ADMIN_SESSION"));
    let document = include_str!("../openapi/inspecto.yaml");
    let looked_up = documented::every_status(&service, document, &[key, session]);
    assert!(looked_up > 200, "{looked_up} answers");
}
