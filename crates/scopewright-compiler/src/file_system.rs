//! The one way to files: a trait with a form on disk and one in memory.
//!
//! Nothing else in the compiler opens a file (clippy's `disallowed-methods` holds this), so a run can be told from its
//! inputs, tests need no disk, and a build script can name every file it read.

use scopewright_routes::ReadFailure;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

mod disk;
mod replace;

pub use disk::{DiskFileSystem, Written};

/// Files of one directory tree. Paths are relative to its root, with `/` between parts.
pub trait FileSystem: Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is no such file, or it can't be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFailure>;

    /// Whether there is a file (not a folder) at this path.
    fn is_file(&self, path: &str) -> bool;

    /// The names in a folder, sorted; empty if there is no such folder.
    fn names(&self, folder: &str) -> Vec<String>;

    /// The text of a file.
    ///
    /// # Errors
    /// If there is no such file, it can't be read, or it is not UTF-8.
    fn read_text(&self, path: &str) -> Result<String, ReadFailure> {
        String::from_utf8(self.read(path)?).map_err(|error| {
            ReadFailure::Unreadable(format!("not UTF-8 (byte {})", error.utf8_error().valid_up_to()))
        })
    }
}

/// Why a file can't be read, in words.
pub(crate) fn reason(failure: &ReadFailure) -> &str {
    match failure {
        ReadFailure::Missing => "there is no such file",
        ReadFailure::Unreadable(reason) => reason,
    }
}

/// Files that exist in memory only.
///
/// ```
/// use scopewright_compiler::{FileSystem, MemoryFileSystem};
/// let files = MemoryFileSystem::from_iter([("src/main.rs", "fn main() {}")]);
/// assert_eq!(files.names("src"), ["main.rs"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct MemoryFileSystem(BTreeMap<String, Vec<u8>>);

impl<P: Into<String>, C: Into<Vec<u8>>> FromIterator<(P, C)> for MemoryFileSystem {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Self {
        Self(files.into_iter().map(|(path, contents)| (path.into(), contents.into())).collect())
    }
}

impl FileSystem for MemoryFileSystem {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFailure> {
        self.0.get(path).cloned().ok_or(ReadFailure::Missing)
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let inside = self.0.keys().filter_map(|path| crate::paths::below(folder, path));
        let names: BTreeSet<&str> =
            inside.map(|path| path.split_once('/').map_or(path, |(name, _)| name)).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// A file system that remembers what was read, for `rerun-if-changed`.
pub(crate) struct Tracked<'f> {
    files: &'f dyn FileSystem,
    read: Mutex<BTreeSet<String>>,
}

impl<'f> Tracked<'f> {
    pub(crate) const fn new(files: &'f dyn FileSystem) -> Self {
        Self { files, read: Mutex::new(BTreeSet::new()) }
    }

    /// The files that were read, sorted. A file that is not there was not read.
    pub(crate) fn into_read(self) -> Vec<String> {
        self.read.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect()
    }
}

impl FileSystem for Tracked<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFailure> {
        let result = self.files.read(path);
        if !matches!(result, Err(ReadFailure::Missing)) {
            self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        }
        result
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.is_file(path)
    }

    fn names(&self, folder: &str) -> Vec<String> {
        self.files.names(folder)
    }
}

impl scopewright_routes::SourceReader for Tracked<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadFailure> {
        self.read_text(path).map(Arc::from)
    }
}
