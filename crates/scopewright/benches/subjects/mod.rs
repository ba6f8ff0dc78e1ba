//! What is measured: each subject and what it is compared with, as functions without arguments.

pub mod claim;
pub mod decision;
pub mod request;

#[allow(dead_code, reason = "as `include_scopes!` has it")]
pub mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/cortexvigil.rs");
}
