macro_rules! boot {
    ($listener:expr) => {
        axum::serve::<_, _, _>($listener, axum::routing::get(crate::bare)).await?
    };
}
