//! The SQLite file: its schema, and the statements every resource shares.

mod migrations;
mod store;

pub(crate) use example_groundwork::rows::{query_all, query_one, read_json};
pub(crate) use migrations::migrations;
pub(crate) use store::{Entity, Filter, References, Store, entity};
