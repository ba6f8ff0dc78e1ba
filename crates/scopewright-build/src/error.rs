//! Why a build script fails.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a build script fails. `Debug` is for people too: it is what a `main` that returns this prints.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Cargo always sets these for a build script.
    #[error("`{0}` is not set; call this from a build script that cargo runs")]
    NoBuildScript(&'static str),
    /// The policy or the package's manifest is wrong; the findings, rendered.
    #[error("the scope policy can't be compiled\n\n{0}")]
    Findings(String),
    /// A file in `OUT_DIR` can't be written.
    #[error("can't write `{}`: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
