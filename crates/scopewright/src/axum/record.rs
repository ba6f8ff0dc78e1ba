//! How axum joins paths.

/// The path of a route inside a nested router, as axum 0.8 joins it: `/ui` and `/` make `/ui`.
pub(super) fn nested(prefix: &str, path: &str) -> String {
    if prefix.ends_with('/') {
        format!("{prefix}{}", path.trim_start_matches('/'))
    } else if path == "/" {
        prefix.to_owned()
    } else {
        format!("{prefix}{path}")
    }
}
