#[cfg_attr(unix, path = "sys_unix.rs")]
#[cfg_attr(not(unix), path = "sys_other.rs")]
mod sys;
#[cfg_attr(all(), path = "elsewhere.rs")]
mod always;
#[cfg_attr(any(), path = "missing.rs")]
mod never;
#[cfg_attr(feature = "fast", cfg_attr(unix, path = "fast.rs"))]
mod nested;

async fn main() {
    let app = axum::Router::new().merge(sys::routes()).merge(always::routes()).merge(never::routes());
    axum::serve(listener(), app.merge(nested::routes())).await
}
