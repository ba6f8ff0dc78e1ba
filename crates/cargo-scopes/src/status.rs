//! What a run came to, as scripts see it.

use std::process::ExitCode;

/// The exit status of every command: findings are not failures, and scripts must tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing to complain about; warnings are shown and count as clean.
    Clean = 0,
    /// An error in the policy or in the service, or a generated file that is stale.
    Findings = 1,
    /// The command could not do its work.
    Failed = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
