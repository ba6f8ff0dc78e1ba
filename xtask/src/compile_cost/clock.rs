//! How long a program takes: processor time where the system tells it, else time on the wall.

use anyhow::Result;
use std::time::Instant;

/// Ticks a second in `/proc/self/stat`, on every Linux that runs on a platform of Rust's first two tiers.
const TICKS: f64 = 100.0;

/// The seconds that the programs take which `work` starts and waits for.
pub fn cost(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let (started, before) = (Instant::now(), children());
    work()?;
    Ok(match (before, children()) {
        (Some(before), Some(after)) => after - before,
        _ => started.elapsed().as_secs_f64(),
    })
}

/// Processor seconds of all children that have ended: `cutime` and `cstime` of proc(5).
fn children() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in parentheses and may hold blanks.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13).map(str::parse::<f64>);
    Some((fields.next()?.ok()? + fields.next()?.ok()?) / TICKS)
}
