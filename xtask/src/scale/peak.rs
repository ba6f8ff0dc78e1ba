//! How long a program runs, and the most memory it held: what Linux tells about a process that runs.

use anyhow::{Context as _, Result};
use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// On the wall.
    pub seconds: f64,
    /// The most that was resident at one time; none where the system does not tell.
    pub mebibytes: Option<f64>,
}

/// Runs a program to its end.
pub fn measure(command: &mut Command) -> Result<(ExitStatus, Cost)> {
    let started = Instant::now();
    let mut child = command.spawn().with_context(|| format!("can't start {command:?}"))?;
    let mut mebibytes = None;
    loop {
        // The value only grows, so the last one that is read before the end is the peak, but for the last millisecond.
        mebibytes = peak(child.id()).or(mebibytes);
        if let Some(status) = child.try_wait()? {
            return Ok((status, Cost { seconds: started.elapsed().as_secs_f64(), mebibytes }));
        }
        sleep(Duration::from_millis(1));
    }
}

/// `VmHWM` of proc(5), which is in kibibytes. None for a process that has ended.
fn peak(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes / 1024.0)
}
