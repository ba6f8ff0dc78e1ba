//! The SQLite file of the service: its schema, and the rows of one workspace.

mod migrations;
mod store;

use std::path::Path;

pub(crate) use example_keyring::Database;
use example_keyring::DatabaseError;

pub(crate) use example_groundwork::rows::{query_all, query_one, read_json, write_json};
pub(crate) use store::{Entity, Filter, Store, entity};

/// Opens the file, creates it if it is missing, and runs the migrations it lacks.
pub(crate) fn open(path: &Path) -> Result<Database, DatabaseError> {
    Database::open(path, &migrations::all())
}
