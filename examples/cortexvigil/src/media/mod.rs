//! The folder beside the database: archived recordings, generated clips, the outbox of messages.

mod video;

use std::path::{Path, PathBuf};
use std::{fs, io};

use example_keyring::sha256_hex;

pub(crate) use video::{Video, VideoError};

/// Where files are kept. Names are made by this program, never by a client.
#[derive(Clone, Debug)]
pub struct MediaStore {
    root: PathBuf,
}

/// What is kept about a stored file.
pub(crate) struct Stored {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl MediaStore {
    /// Uses `root`, making it if it is missing.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made.
    pub fn open(root: &Path) -> io::Result<Self> {
        for folder in ["recordings", "clips", "outbox"] {
            fs::create_dir_all(root.join(folder))?;
        }
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(name))
    }

    /// Writes a file so that a reader sees all of it or none.
    pub(crate) fn write(&self, name: &str, contents: &[u8]) -> io::Result<Stored> {
        let path = self.root.join(name);
        let partial = path.with_extension("partial");
        fs::write(&partial, contents)?;
        fs::rename(&partial, &path)?;
        Ok(Stored { bytes: contents.len() as u64, sha256: sha256_hex(contents) })
    }
}
