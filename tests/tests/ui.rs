//! What rustc says about the attributes: each file of `tests/ui/` beside its expected errors (`TRYBUILD=overwrite` accepts
//! new ones), and those of `tests/ui/pass/`, which must build without a warning and run.

#[test]
fn errors_are_where_the_mistake_is() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn every_use_that_should_build_does() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
