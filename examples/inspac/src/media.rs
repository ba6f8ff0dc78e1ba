//! The folder beside the database that holds the bytes of attachments.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where files are kept. Their names are the ids of uploads, never what a client called them.
#[derive(Clone, Debug)]
pub struct MediaStore {
    root: PathBuf,
}

impl MediaStore {
    /// Uses `root`, making it if it is missing.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made.
    pub fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Writes a file so that a reader sees all of it or none.
    pub(crate) fn write(&self, upload_id: i64, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(upload_id);
        let partial = path.with_extension("partial");
        fs::write(&partial, bytes)?;
        fs::File::open(&partial)?.sync_all()?;
        fs::rename(&partial, &path)
    }

    pub(crate) fn read(&self, upload_id: i64) -> io::Result<Vec<u8>> {
        fs::read(self.path(upload_id))
    }

    fn path(&self, upload_id: i64) -> PathBuf {
        self.root.join(upload_id.to_string())
    }
}
