//! The versions of the schema. A version that was released is never edited: a change is a new file at the end.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/0001_fleet.sql")),
    M::up(include_str!("migrations/0002_inspections.sql")),
    M::up(example_keyring::keys::MIGRATION),
    M::up(include_str!("migrations/0003_access.sql")),
];

pub(crate) const fn migrations() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}
