//! What rustc says about actix-web handlers and services that carry no decision, and that it says nothing about those that
//! do.

#[test]
fn what_is_undecided_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/undecided_actix/*.rs");
    cases.pass("tests/undecided_actix/pass/*.rs");
}
