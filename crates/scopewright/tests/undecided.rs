//! What rustc says about handlers that carry no decision: the text a person sees first.

#[test]
fn an_undecided_handler_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/undecided/*.rs");
}
