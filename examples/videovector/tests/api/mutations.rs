//! Every rank, family and exception of the policy, deleted one at a time: a sentence of the document notices.

use example_testkit::mutations;

#[test]
fn nothing_is_in_the_policy_that_no_sentence_asks_for() {
    let noticed = mutations::check(env!("CARGO_MANIFEST_DIR"));
    // Four ranks, eight families, and what the families except.
    assert!(noticed.len() >= 12, "{noticed:#?}");
}
