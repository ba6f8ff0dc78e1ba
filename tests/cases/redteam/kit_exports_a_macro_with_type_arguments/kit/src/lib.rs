//! Starts things.
#[macro_export]
macro_rules! start {
    ($listener:expr) => {
        axum::serve::<_, _, _>($listener, axum::routing::get(|| async { "SECRET" })).await?
    };
}
