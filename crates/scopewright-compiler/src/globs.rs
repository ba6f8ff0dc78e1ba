//! The `*` in `[sources]` and `[generate]` paths.

use crate::file_system::FileSystem;
use crate::paths::join;

/// The files a pattern names, sorted. `*` stands for any part of one name; a pattern without it names one file, there
/// or not.
pub(crate) fn expand(files: &dyn FileSystem, folder: &str, pattern: &str) -> Vec<String> {
    if !pattern.contains('*') {
        return vec![join(folder, pattern)];
    }
    let mut found = vec![folder.to_owned()];
    for part in pattern.split('/') {
        found = found
            .iter()
            .flat_map(|at| {
                if !part.contains('*') {
                    return vec![join(at, part)];
                }
                let names = files.names(at).into_iter();
                names.filter(|name| matches(part, name)).map(|name| join(at, &name)).collect()
            })
            .collect();
    }
    found.retain(|path| files.is_file(path));
    found.sort();
    found.dedup();
    found
}

/// Whether a name is what a pattern with `*` says. Hidden files are meant only by a pattern that begins with a dot.
fn matches(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|start| name.strip_prefix(start)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_system::MemoryFileSystem;

    #[test]
    fn stars_stand_for_parts_of_names() {
        let files: MemoryFileSystem =
            ["api/a.yaml", "api/b.yaml", "api/.c.yaml", "api/b.json", "old/api/a.yaml"]
                .into_iter()
                .map(|path| (path, ""))
                .collect();
        assert_eq!(expand(&files, "", "api/*.yaml"), ["api/a.yaml", "api/b.yaml"]);
        assert_eq!(expand(&files, "", "*/b.*"), ["api/b.json", "api/b.yaml"]);
        assert_eq!(expand(&files, "old", "a*/*"), ["old/api/a.yaml"]);
        assert_eq!(expand(&files, "", "missing.yaml"), ["missing.yaml"]);
        assert!(expand(&files, "", "*.txt").is_empty());
    }
}
