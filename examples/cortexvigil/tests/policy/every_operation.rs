//! The one test every service can have: each operation and mode with the grants that are just enough and just not.

use cortexvigil::scopes::Scope;
use cortexvigil::{AppState, MediaStore, OperatorToken, app, open};
use tempfile::TempDir;

#[tokio::test]
async fn every_operation_lets_in_what_is_just_enough_and_nothing_less() {
    let folder = TempDir::new().unwrap();
    let database = open(&folder.path().join("test.sqlite")).unwrap();
    let media = MediaStore::open(&folder.path().join("media")).unwrap();
    let state = AppState::new(database, media, OperatorToken::new(None));
    scopewright::testing::axum::every_operation::<Scope>(app(state).unwrap()).await;
}
