//! Compares two subjects in one interleaved run.
//!
//! A subject and what it is compared with take turns in short rounds, so that what else the machine does falls on both
//! alike, and the undisturbed rounds of both are compared.

use super::call;
use axum::body::Body;
use axum::http::{Request, Response};
use std::hint::black_box;
use std::time::{Duration, Instant};
use tower_service::Service;

const ROUNDS: usize = 301;

/// Prints ratios and remembers whether one was over its limit.
#[derive(Default)]
pub struct Report {
    is_over: bool,
}

impl Report {
    pub const fn is_within(&self) -> bool {
        !self.is_over
    }

    /// Calls of nanoseconds.
    pub fn fast<T>(&mut self, what: &str, limit: f64, subject: impl Fn() -> T, other: impl Fn() -> T) {
        let drop_result = |result: T| drop(black_box(result));
        self.compare(what, limit, 5_000, || drop_result(subject()), || drop_result(other()));
    }

    /// Whole requests.
    pub fn requests<S, O>(&mut self, what: &str, limit: f64, subject: &mut S, other: &mut O)
    where
        S: Service<Request<Body>, Response = Response<Body>>,
        O: Service<Request<Body>, Response = Response<Body>>,
    {
        self.calls(what, limit, || call(subject), || call(other));
    }

    /// Whole requests, sent by functions.
    pub fn calls(&mut self, what: &str, limit: f64, subject: impl FnMut(), other: impl FnMut()) {
        self.compare(what, limit, 100, subject, other);
    }

    #[expect(clippy::print_stdout, reason = "printing is what it is for")]
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
        self.is_over |= ratio > limit;
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
