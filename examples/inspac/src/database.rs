//! The SQLite file, and the statements that every resource shares.

mod migrations;
mod rows;

use std::path::Path;

use example_keyring::{Database, DatabaseError};

pub(crate) use example_groundwork::rows::{query_all, query_one, read_json, write_json};
pub(crate) use rows::{Filter, Resource, Rows, resource};

/// Opens the file, creates it if it is missing, and brings its schema up to date.
///
/// # Errors
///
/// When the file is no database, cannot be written, or is a newer program's.
pub fn open(path: &Path) -> Result<Database, DatabaseError> {
    Database::open(path, &migrations::all())
}
