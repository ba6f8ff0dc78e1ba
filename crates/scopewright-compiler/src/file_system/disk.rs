//! Files on disk: the only place of the compiler that touches them.
#![expect(clippy::disallowed_methods, reason = "this is the place the lint keeps file access to")]

use super::{FileSystem, replace};
use scopewright_routes::ReadFailure;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Files larger than this are not read: no source and no policy is, and a mistaken path may be.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A directory tree on disk.
#[derive(Debug, Clone)]
pub struct DiskFileSystem {
    root: PathBuf,
}

/// What [`DiskFileSystem::write_if_changed`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// There was no such file.
    Created,
    /// The file had other contents.
    Changed,
    /// The file already was as it should be, and was not touched.
    Unchanged,
}

impl DiskFileSystem {
    /// The tree below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where the tree is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The place of a path of this tree on disk.
    pub fn locate(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }

    /// Writes a file, with the folders it is in, unless it already has these contents: what did not change must not
    /// look changed to cargo. The file is written beside itself and then renamed, so that it is never there in part; its
    /// mode is kept, and a symbolic link stays one.
    ///
    /// # Errors
    /// If the file can't be written. What was there is then still there.
    pub fn write_if_changed(&self, path: &str, contents: &[u8]) -> io::Result<Written> {
        let place = replace::target(&self.locate(path))?;
        let written = match std::fs::read(&place) {
            Ok(present) if present == contents => return Ok(Written::Unchanged),
            Ok(_) => Written::Changed,
            Err(error) if error.kind() == ErrorKind::NotFound => Written::Created,
            Err(error) => return Err(error),
        };
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        replace::replace(&place, contents)?;
        Ok(written)
    }

    /// Removes a file.
    ///
    /// # Errors
    /// If it can't be removed.
    pub fn remove(&self, path: &str) -> io::Result<()> {
        std::fs::remove_file(self.locate(path))
    }
}

impl FileSystem for DiskFileSystem {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFailure> {
        let place = self.locate(path);
        let failure = |error: io::Error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => ReadFailure::Missing,
            _ => ReadFailure::Unreadable(error.to_string()),
        };
        // A pipe or a device could keep the run waiting for ever; only plain files are read.
        let metadata = std::fs::metadata(&place).map_err(failure)?;
        if !metadata.is_file() {
            return Err(ReadFailure::Unreadable("not a file".to_owned()));
        }
        if metadata.len() > LARGEST {
            return Err(ReadFailure::Unreadable(format!("larger than {} MiB", LARGEST / 1024 / 1024)));
        }
        std::fs::read(place).map_err(failure)
    }

    fn is_file(&self, path: &str) -> bool {
        self.locate(path).is_file()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.locate(folder)) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}
