//! The versions of the schema. One that was released is never edited: a change is a new file at the end.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(example_keyring::keys::MIGRATION),
    M::up(include_str!("migrations/0001_organisations.sql")),
    M::up(include_str!("migrations/0002_resources.sql")),
    M::up(include_str!("migrations/0003_schedules_media_integrations.sql")),
];

pub(super) const fn all() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_step_can_be_taken() {
        super::all().validate().unwrap();
    }
}
