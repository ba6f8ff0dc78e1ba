//! Paths as actix-web joins and spells them, in the policy's notation.

use scopewright_core::RoutePattern;

/// The path of something under a prefix. actix-web puts both together as they are: `/api/` and `/x` make `/api//x`, and
/// nothing under `/api` answers `/api`.
pub(super) fn joined(prefix: &str, path: &str) -> String {
    canonical(&format!("{}{}", with_slash(prefix), with_slash(path)))
}

/// A path with a slash in front, unless it is empty.
fn with_slash(path: &str) -> String {
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// A pattern with its parameters as `{name}` and `{*name}`: without regular expressions, and `{rest}*` and
/// `{rest:.*}` as the tail they are. What can't be read stays as it is, and equals no path of a table.
pub(super) fn canonical(pattern: &str) -> String {
    let tail = pattern.strip_suffix("}*").and_then(|head| head.rsplit_once('{'));
    let pattern = match tail {
        Some((head, name)) => format!("{head}{{*{name}}}"),
        None => pattern.to_owned(),
    };
    pattern.parse().map_or(pattern, |read: RoutePattern| read.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_actix_is_read() {
        for (written, expected) in [
            ("/cameras/{id}", "/cameras/{id}"),
            (r"/cameras/{id:\d{1,3}}", "/cameras/{id}"),
            ("/files/{path:.*}", "/files/{*path}"),
            ("/files/{path}*", "/files/{*path}"),
            ("/cameras/", "/cameras/"),
            ("", ""),
        ] {
            assert_eq!(canonical(written), expected, "{written}");
        }
    }

    #[test]
    fn nothing_is_trimmed_where_paths_are_joined() {
        for (prefix, path, expected) in [
            ("", "cameras", "/cameras"),
            ("/api", "", "/api"),
            ("/api", "/", "/api/"),
            ("api", "cameras", "/api/cameras"),
            ("/api/", "/cameras", "/api//cameras"),
        ] {
            assert_eq!(joined(prefix, path), expected, "{prefix} and {path}");
        }
    }
}
