//! The versions of the schema. A version that was released is never edited: a change is a new step at the end.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/0001_archive.sql")),
    M::up(include_str!("migrations/0002_workflows.sql")),
    M::up(example_keyring::keys::MIGRATION),
    M::up(include_str!("migrations/0003_idempotency.sql")),
];

pub(super) fn all() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_step_runs_on_an_empty_database() {
        super::all().validate().unwrap();
    }
}
