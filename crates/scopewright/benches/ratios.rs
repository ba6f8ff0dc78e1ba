//! Prints the ratios that the project promises, each from one interleaved run, and fails if one is over its limit.
//!
//! A subject and what it is compared with take turns in short rounds, so that what else the machine does falls on both
//! alike, and the undisturbed rounds of both are compared. `cargo bench -p scopewright --features axum --bench ratios`

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

mod subjects;

use axum::body::Body;
use axum::http::{Request, Response};
use std::hint::black_box;
use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use subjects::{claim, decision, request};
use tower_service::Service;

const ROUNDS: usize = 301;

fn main() -> ExitCode {
    let mut report = Report { is_within: true };
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
        1.15,
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
    if report.is_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Report {
    is_within: bool,
}

impl Report {
    fn fast<T>(&mut self, what: &str, limit: f64, subject: impl Fn() -> T, other: impl Fn() -> T) {
        let drop_result = |result: T| drop(black_box(result));
        self.compare(what, limit, 5_000, || drop_result(subject()), || drop_result(other()));
    }

    fn requests<S, O>(&mut self, what: &str, limit: f64, subject: &mut S, other: &mut O)
    where
        S: Service<Request<Body>, Response = Response<Body>>,
        O: Service<Request<Body>, Response = Response<Body>>,
    {
        self.compare(what, limit, 100, || call(subject), || call(other));
    }

    fn compare(
        &mut self,
        what: &str,
        limit: f64,
        calls: u32,
        mut subject: impl FnMut(),
        mut other: impl FnMut(),
    ) {
        let mut subject_times = Vec::with_capacity(ROUNDS);
        let mut other_times = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS {
            // Who goes first changes, so that neither always has the warm cache.
            if round % 2 == 0 {
                subject_times.push(time(calls, &mut subject));
                other_times.push(time(calls, &mut other));
            } else {
                other_times.push(time(calls, &mut other));
                subject_times.push(time(calls, &mut subject));
            }
        }
        let (subject, other) = (undisturbed(subject_times), undisturbed(other_times));
        let ratio = subject.as_secs_f64() / other.as_secs_f64();
        let nanoseconds = |time: Duration| time.as_secs_f64() * 1e9 / f64::from(calls);
        let verdict = if ratio <= limit { "ok" } else { "OVER" };
        let limit_shown = if limit.is_finite() { format!("<= {limit:.2} {verdict}") } else { String::new() };
        println!(
            "{what:<48} {ratio:>6.3}  {limit_shown:<14} ({:.1} ns / {:.1} ns)",
            nanoseconds(subject),
            nanoseconds(other)
        );
        self.is_within &= ratio <= limit;
    }
}

/// The time of a round that nothing else on the machine took part in: the tenth of them is slower than the fastest,
/// which may be luck, and faster than those that were interrupted.
fn undisturbed(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(ROUNDS / 10).copied().unwrap_or_default()
}

/// Inlined nowhere, so that both sides of a comparison are laid out alike; the calls in it are.
#[inline(never)]
fn time(calls: u32, subject: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        subject();
    }
    start.elapsed()
}

/// One request, polled until it is answered: nothing here waits for anything outside.
fn call<S: Service<Request<Body>, Response = Response<Body>>>(service: &mut S) {
    let mut answer = pin!(service.call(request::request()));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(answer) = answer.as_mut().poll(&mut context) {
            let status = answer.map(|answer| answer.status().as_u16()).unwrap_or_default();
            assert_eq!(status, 200);
            return;
        }
    }
}
