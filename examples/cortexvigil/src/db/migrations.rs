//! The versions of the schema. A version that was released is never edited: a change is a new file at the end.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/0001_tenants.sql")),
    M::up(include_str!("migrations/0002_premises.sql")),
    M::up(include_str!("migrations/0003_activity.sql")),
    M::up(include_str!("migrations/0004_archive_and_alerts.sql")),
    M::up(include_str!("migrations/0005_admin_sessions.sql")),
    M::up(include_str!("migrations/0006_expiring_keys.sql")),
];

pub(super) fn all() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{STEPS, all};

    #[test]
    fn a_database_that_is_up_to_date_stays_as_it_is() {
        let mut connection = Connection::open_in_memory().unwrap();
        all().to_latest(&mut connection).unwrap();
        all().to_latest(&mut connection).unwrap();
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(usize::try_from(version), Ok(STEPS.len()));
    }
}
