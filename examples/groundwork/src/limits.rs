//! What clients may take of a service: its time, and the descriptors of its process.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;

/// The limits of a service, as a program's arguments. Each is there for a client that begins something and does not end it.
#[derive(Args, Clone, Copy, Debug)]
pub struct Limits {
    /// Seconds a client has for the header of a request.
    #[arg(long, value_name = "SECONDS", default_value_t = HEADER, value_parser = clap::value_parser!(u16).range(1..))]
    header_seconds: u16,
    /// Seconds a client may be silent within a body.
    #[arg(long, value_name = "SECONDS", default_value_t = BODY_IDLE, value_parser = clap::value_parser!(u16).range(1..))]
    body_idle_seconds: u16,
    /// Seconds a client has for a whole body.
    #[arg(long, value_name = "SECONDS", default_value_t = BODY, value_parser = clap::value_parser!(u16).range(1..))]
    body_seconds: u16,
    /// Seconds the requests under way have once the process is asked to stop.
    #[arg(long, value_name = "SECONDS", default_value_t = SHUTDOWN, value_parser = clap::value_parser!(u16).range(1..))]
    shutdown_seconds: u16,
    /// Connections at once; as many as the process has descriptors for, if it is not said.
    #[arg(long, value_name = "NUMBER")]
    connections: Option<NonZeroUsize>,
}

const HEADER: u16 = 5;
const BODY_IDLE: u16 = 8;
const BODY: u16 = 60;
const SHUTDOWN: u16 = 8;

/// Descriptors that are kept for the database (eight readers and a writer, three files each), for files of the requests
/// and for the runtime.
const KEPT: usize = 64;
/// More connections than this are a matter of a load balancer.
const MOST: usize = 8192;

impl Limits {
    /// How long the header of a request may take, and a connection may be idle between two requests.
    pub fn header(&self) -> Duration {
        seconds(self.header_seconds)
    }

    /// How long a client may be silent within a body.
    pub fn body_idle(&self) -> Duration {
        seconds(self.body_idle_seconds)
    }

    /// How long a whole body may take.
    pub fn body(&self) -> Duration {
        seconds(self.body_seconds)
    }

    /// How long the requests under way may take once the process is asked to stop.
    pub fn shutdown(&self) -> Duration {
        seconds(self.shutdown_seconds)
    }

    /// How many connections there may be at once. Others wait where the system keeps them, and cost no descriptor.
    pub fn connections(&self) -> usize {
        self.connections.map_or_else(|| connections_for(descriptors()), NonZeroUsize::get)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_seconds: HEADER,
            body_idle_seconds: BODY_IDLE,
            body_seconds: BODY,
            shutdown_seconds: SHUTDOWN,
            connections: None,
        }
    }
}

fn seconds(number: u16) -> Duration {
    Duration::from_secs(number.into())
}

/// A quarter of the descriptors is not for connections, and [`KEPT`] at least, unless there are hardly any.
fn connections_for(descriptors: usize) -> usize {
    let kept = (descriptors / 4).max(KEPT).min(descriptors / 2);
    (descriptors - kept).clamp(1, MOST)
}

/// The soft limit of the process (`ulimit -n`).
#[cfg(unix)]
fn descriptors() -> usize {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
fn descriptors() -> usize {
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::connections_for;

    #[test]
    fn some_descriptors_are_never_for_connections() {
        let found = [0, 1, 20, 128, 200, 1024, usize::MAX].map(connections_for);
        assert_eq!(found, [1, 1, 10, 64, 136, 768, 8192]);
    }
}
