//! Paths as texts: relative to the directory a run is about, `/` between parts, no `.` and no needless `..` in them.

/// `folder/path`, tidied. An absolute `path` stands for itself; the folder `""` is the directory the run is about.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    if folder.is_empty() || is_absolute(&path) { tidy(&path) } else { tidy(&format!("{folder}/{path}")) }
}

/// The folder a file or folder is in; `""` is the directory the run is about and has none.
pub(crate) fn parent(path: &str) -> Option<&str> {
    match path.rsplit_once('/') {
        Some(("", name)) => (!name.is_empty()).then_some("/"),
        Some((folder, _)) => Some(folder),
        None => (!path.is_empty() && path != "..").then_some(""),
    }
}

/// Whether a path (of a run, both) is inside a folder.
pub fn is_in_folder(folder: &str, path: &str) -> bool {
    below(folder, path).is_some()
}

/// `path` as seen from `folder`, where it is below it.
pub(crate) fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() {
        return (!is_absolute(path) && path != ".." && !path.starts_with("../")).then_some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

fn tidy(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_tidies() {
        assert_eq!(join("", "a/./b"), "a/b");
        assert_eq!(join("a/b", "../c.rs"), "a/c.rs");
        assert_eq!(join("a", "../../c"), "../c");
        assert_eq!(join("a", "/c"), "/c");
        assert_eq!(join("/", "c"), "/c");
        assert_eq!(join("a", r"b\c"), "a/b/c");
    }

    #[test]
    fn parents_end_at_the_root() {
        assert_eq!(parent("a/b"), Some("a"));
        assert_eq!(parent("a"), Some(""));
        assert_eq!(parent(""), None);
        assert_eq!(parent("/a"), Some("/"));
        assert_eq!(parent("/"), None);
    }

    #[test]
    fn below_only_looks_down() {
        assert_eq!(below("a", "a/b/c"), Some("b/c"));
        assert_eq!(below("a", "ab/c"), None);
        assert_eq!(below("", "a/b"), Some("a/b"));
        assert_eq!(below("", "../b"), None);
    }
}
