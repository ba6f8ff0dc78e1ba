//! The SQLite file: its schema, and its rows.

mod migrations;
mod store;

use std::path::Path;

pub use example_keyring::{Database, DatabaseError};

pub(crate) use example_groundwork::rows::{Parameters, query_all, query_one, read_json, write_json};
pub(crate) use store::{Entity, Filter, Store, entity};

/// Opens the file, creates it if it is missing, and runs the migrations it lacks.
///
/// # Errors
///
/// When the file is no database, cannot be written, or was migrated by a newer version of this program.
pub fn open(path: &Path) -> Result<Database, DatabaseError> {
    Database::open(path, &migrations::all())
}
