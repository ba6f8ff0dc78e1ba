//! The Scopewright pipeline: policy and routes in, plan and files out.
//!
//! [`compile`] is the whole of it. It opens nothing itself: files come through a [`FileSystem`], and writing is left
//! to the two fronts (the build script and the command), which share everything else.

#![warn(clippy::disallowed_methods)]

mod clock;
mod emit;
mod facts_file;
mod file_system;
mod globs;
mod inclusion;
mod link;
mod nearest;
mod package;
mod paths;
mod pipeline;
mod policy_file;
mod refusal;
pub mod render;
mod served_elsewhere;
mod sources;
mod vouched;

pub use clock::{SOURCE_DATE_EPOCH, today};
pub use emit::Target;
pub use facts_file::FactsFile;
pub use file_system::{DiskFileSystem, FileSystem, MemoryFileSystem, Written};
pub use inclusion::{Inclusion, inclusion};
pub use link::{link, requirement};
pub use nearest::nearest;
pub use package::{Dependent, PackageInfo, read_package, workspace_root};
pub use paths::is_in_folder;
pub use pipeline::{Inputs, Outcome, compile};
pub use policy_file::{POLICY_FILE, find_policy};
pub use refusal::{error_line, warning_line};
pub use scopewright_emit::emit_rust_refusal;
pub use scopewright_routes::{FactsCache, ReadFailure};
