//! The versions of the schema. A version that was released is never edited: a change is a new file at the end.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/0001_tenants.sql")),
    M::up(include_str!("migrations/0002_premises.sql")),
    M::up(include_str!("migrations/0003_activity.sql")),
    M::up(include_str!("migrations/0004_archive_and_alerts.sql")),
    M::up(include_str!("migrations/0005_admin_sessions.sql")),
];

pub(super) fn run(connection: &mut Connection) -> rusqlite_migration::Result<()> {
    Migrations::from_slice(STEPS).to_latest(connection)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{STEPS, run};

    #[test]
    fn a_database_that_is_up_to_date_stays_as_it_is() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection).unwrap();
        run(&mut connection).unwrap();
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(usize::try_from(version), Ok(STEPS.len()));
    }

    #[test]
    fn a_database_of_a_newer_program_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA user_version = 1000").unwrap();
        assert!(run(&mut connection).is_err());
    }
}
