//! Whole requests through other crates that guard axum handlers, in the same way as `ratios` measures ours:
//! `cargo run --release --manifest-path crates/scopewright/benches/compared/Cargo.toml`
//!
//! Each knows its caller already (a session in memory, permissions at hand) and lets it in.

#[path = "../../subjects/mod.rs"]
mod subjects;

mod login;
mod protect;

use subjects::report::Report;
use subjects::request;

fn main() {
    let mut report = Report::default();
    let none = f64::INFINITY;
    report.requests("scopewright", none, &mut request::authenticated_and_guarded(), &mut request::plain());
    report.requests(
        "scopewright in `Router::layer`",
        none,
        &mut request::layered_and_guarded(),
        &mut request::plain(),
    );
    report.requests(
        "a `from_fn` that does nothing",
        none,
        &mut request::from_fn_that_does_nothing(),
        &mut request::plain(),
    );
    report.requests("protect-axum", none, &mut protect::app(), &mut request::plain());
    report.requests("axum-login", none, &mut login::app(), &mut request::plain());
}
