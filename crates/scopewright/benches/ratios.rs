//! Prints the ratios that the project promises, each from one interleaved run, and fails if one is over its limit.
//!
//! `cargo bench -p scopewright --features actix,axum --bench ratios`

mod subjects;

use std::process::ExitCode;
use subjects::report::Report;
use subjects::{claim, decision, request};

fn main() -> ExitCode {
    let mut report = Report::default();
    report.fast("64 scopes: one scope / bare", 2.0, decision::one_of_64, decision::bare_64);
    report.fast("64 scopes: three scopes / bare", 2.0, decision::three_of_64, decision::bare_64);
    report.fast("64 scopes: either of two / bare", 2.0, decision::either_of_64, decision::bare_64);
    report.fast("917 scopes: one scope / bare", 2.0, decision::one_of_917, decision::bare_917);
    report.fast("917 scopes: three scopes / bare", 2.0, decision::three_of_917, decision::bare_917);
    report.fast("claim of 19 scopes: grant / split only", 1.3, claim::to_grant, claim::split_only);
    report.fast(
        "  (a hash map and a hash set / split only)",
        f64::INFINITY,
        claim::by_hash_map,
        claim::split_only,
    );
    report.requests(
        "request: guard / same layer, no guard",
        1.03,
        &mut request::authenticated_and_guarded(),
        &mut request::authenticated(),
    );
    report.requests(
        "request: layer and guard / nothing",
        1.12,
        &mut request::authenticated_and_guarded(),
        &mut request::plain(),
    );
    report.requests(
        "  (in `Router::layer` / nothing)",
        f64::INFINITY,
        &mut request::layered_and_guarded(),
        &mut request::plain(),
    );
    report.requests(
        "  (a `from_fn` that does nothing / nothing)",
        f64::INFINITY,
        &mut request::from_fn_that_does_nothing(),
        &mut request::plain(),
    );
    #[cfg(feature = "actix")]
    actix(&mut report);
    if report.is_within() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(feature = "actix")]
fn actix(report: &mut Report) {
    use subjects::actix_request;
    report.calls(
        "actix-web: guard / same middleware, no guard",
        1.1,
        actix_request::authenticated_and_guarded(),
        actix_request::authenticated(),
    );
    report.calls(
        "actix-web: middleware and guard / nothing",
        1.2,
        actix_request::authenticated_and_guarded(),
        actix_request::plain(),
    );
}
