//! Patterns: those of `[sources]` and `[generate]` paths, and those of a workspace's members.

use crate::file_system::FileSystem;
use crate::paths::join;
use glob::{MatchOptions, Pattern};

/// Folders within each other that `**` goes through. Links can make a circle.
const DEEPEST: usize = 32;

/// The files a pattern names, sorted. `*` stands for any part of one name, of a hidden one only after a dot; a pattern
/// without it names one file, there or not.
pub(crate) fn expand(files: &dyn FileSystem, folder: &str, pattern: &str) -> Vec<String> {
    if !pattern.contains('*') {
        return vec![join(folder, pattern)];
    }
    let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
    let matches = |part: &str, name: &str| {
        // Only the star is a sign here: other names are as they are written.
        let literal: Vec<String> = part.split('*').map(Pattern::escape).collect();
        Pattern::new(&literal.join("*")).is_ok_and(|pattern| pattern.matches_with(name, options))
    };
    let mut found = vec![folder.to_owned()];
    for part in pattern.split('/') {
        found = step(files, &found, part, part.contains('*').then_some(&matches));
    }
    found.retain(|path| files.is_file(path));
    found.sort();
    found.dedup();
    found
}

/// The files named `file` in the folders that a pattern of `[workspace] members` names, sorted, as cargo takes it: `*`,
/// `?`, `[ab]`, and `**` for folders at any depth.
pub(crate) fn members(files: &dyn FileSystem, folder: &str, pattern: &str, file: &str) -> Vec<String> {
    let matches = |part: &str, name: &str| Pattern::new(part).is_ok_and(|pattern| pattern.matches(name));
    let mut found = vec![folder.to_owned()];
    for part in pattern.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")) {
        found = match part {
            "**" => found.iter().flat_map(|at| below_all(files, at, 0)).collect(),
            part => step(files, &found, part, part.contains(['*', '?', '[']).then_some(&matches)),
        };
    }
    let mut found: Vec<String> = found.iter().map(|at| join(at, file)).collect();
    found.retain(|path| files.is_file(path));
    found.sort();
    found.dedup();
    found
}

/// What a part of a pattern leads to from some folders.
fn step(
    files: &dyn FileSystem,
    from: &[String],
    part: &str,
    matches: Option<&impl Fn(&str, &str) -> bool>,
) -> Vec<String> {
    let Some(matches) = matches else { return from.iter().map(|at| join(at, part)).collect() };
    let inside = |at: &String| {
        let names = files.names(at).into_iter().filter(|name| matches(part, name));
        names.map(|name| join(at, &name)).collect::<Vec<_>>()
    };
    from.iter().flat_map(inside).collect()
}

/// A folder and all in it. What a build writes has no packages in it, and a lot else.
fn below_all(files: &dyn FileSystem, folder: &str, depth: usize) -> Vec<String> {
    let mut found = vec![folder.to_owned()];
    if depth < DEEPEST && !files.is_file(&join(folder, "CACHEDIR.TAG")) {
        for name in files.names(folder).iter().filter(|name| *name != ".git") {
            let at = join(folder, name);
            if !files.is_file(&at) {
                found.extend(below_all(files, &at, depth + 1));
            }
        }
    }
    found
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

    #[test]
    fn members_are_found_as_cargo_finds_them() {
        let files: MemoryFileSystem = [
            "server/Cargo.toml",
            "sender/Cargo.toml",
            "a/b/c/Cargo.toml",
            "a/Cargo.toml",
            "Cargo.toml",
            ".hidden/Cargo.toml",
            "empty/x",
            "target/CACHEDIR.TAG",
            "target/package/p/Cargo.toml",
        ]
        .into_iter()
        .map(|path| (path, ""))
        .collect();
        let find = |pattern| members(&files, "", pattern, "Cargo.toml");
        assert_eq!(find("ser?er"), ["server/Cargo.toml"]);
        assert_eq!(find("se[nr]*er"), ["sender/Cargo.toml", "server/Cargo.toml"]);
        assert_eq!(find("./a/**"), ["a/Cargo.toml", "a/b/c/Cargo.toml"]);
        assert_eq!(find("**/c"), ["a/b/c/Cargo.toml"]);
        assert_eq!(find("."), ["Cargo.toml"]);
        assert_eq!(
            find("*"),
            [".hidden/Cargo.toml", "a/Cargo.toml", "sender/Cargo.toml", "server/Cargo.toml"]
        );
        assert!(find("missing").is_empty() && find("[").is_empty());
    }
}
