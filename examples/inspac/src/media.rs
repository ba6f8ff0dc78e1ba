//! The folder beside the database that holds the bytes of attachments.

use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest as _, Sha256};

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

/// SHA-256 in lower-case hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).collect()
}
