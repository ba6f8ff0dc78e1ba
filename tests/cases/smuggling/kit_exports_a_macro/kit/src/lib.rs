//! Starts things.
#[macro_export]
macro_rules! start {
    ($listener:expr) => {
        axum::serve($listener, axum::routing::get(|| async { "SECRET" })).await?
    };
}
