//! Prints what the audit log costs: audited calls in a second, to the same calls unaudited.
//!
//! `cargo bench -p inspecto --bench audited`. The calls are one and the same, by keys whose scopes differ: reading groups is
//! let in by the reading scope, or by the writing scope, which is audited and implies it.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use example_testkit::{Client, Program};
use std::thread;
use std::time::{Duration, Instant};

const PATH: &str = "/api/third-party/v1/vehicle-groups/1";
const ROUND: Duration = Duration::from_millis(1500);
const ROUNDS: usize = 5;

fn main() {
    let service = Program::new(env!("CARGO_BIN_EXE_inspecto")).start();
    let with_key = |key| service.client().bearer(service.variable(key));
    let (audited, unaudited) = (with_key("KEY_VEHICLE_GROUPS_WRITE"), with_key("KEY_VEHICLE_GROUPS_READ"));
    for clients in [1, 8, 64] {
        let mut rounds: Vec<(f64, f64)> =
            (0..ROUNDS).map(|_| (in_a_second(clients, &audited), in_a_second(clients, &unaudited))).collect();
        rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
        if let Some((audited, unaudited)) = rounds.get(ROUNDS / 2) {
            println!(
                "{clients:>3} clients at once: audited / unaudited {:.3} ({audited:.0} / {unaudited:.0} calls in a second)",
                audited / unaudited
            );
        }
    }
}

/// How many calls so many clients get answered in a second, each calling again when it was answered.
fn in_a_second(clients: usize, client: &Client) -> f64 {
    let start = Instant::now();
    let calls: usize = thread::scope(|scope| {
        let called = || {
            let mut calls = 0_usize;
            while start.elapsed() < ROUND {
                client.get(PATH).expect(200);
                calls += 1;
            }
            calls
        };
        let running: Vec<_> = (0..clients).map(|_| scope.spawn(called)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
    });
    #[expect(clippy::cast_precision_loss, reason = "they are not that many")]
    let calls = calls as f64;
    calls / start.elapsed().as_secs_f64()
}
