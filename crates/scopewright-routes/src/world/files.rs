//! Where the module files of a file are.

/// The folders that module declarations of a file are looked up in.
pub(super) struct Folder {
    /// For `mod name;`.
    modules: String,
    /// For `#[path]` and `include!`: beside the file.
    beside: String,
    /// Whether an inline module is around.
    is_inline: bool,
}

impl Folder {
    /// Of a file; `owns_folder` says that its module files are beside it (crate roots, `mod.rs`, `#[path]` files).
    pub fn of(path: &str, owns_folder: bool) -> Self {
        let (beside, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.strip_suffix(".rs").unwrap_or(name);
        let modules = if owns_folder || name == "mod.rs" { beside.to_owned() } else { join(beside, stem) };
        Self { modules, beside: beside.to_owned(), is_inline: false }
    }

    /// Within `mod name { .. }`.
    pub fn inside(&self, name: &str, path: Option<&str>) -> Self {
        let modules = match path {
            Some(path) if self.is_inline => join(&self.modules, path),
            Some(path) => join(&self.beside, path),
            None => join(&self.modules, name),
        };
        Self { modules, beside: self.beside.clone(), is_inline: true }
    }

    /// The files that `mod name;` may mean.
    pub fn candidates(&self, name: &str, path: Option<&str>) -> Vec<String> {
        match path {
            Some(path) if self.is_inline => vec![join(&self.modules, path)],
            Some(path) => vec![join(&self.beside, path)],
            None => vec![
                join(&self.modules, &format!("{name}.rs")),
                join(&self.modules, &format!("{name}/mod.rs")),
            ],
        }
    }

    /// The file that `include!` means.
    pub fn included(&self, name: &str) -> String {
        join(&self.beside, name)
    }
}

/// `folder/path` without `.` and `..`.
fn join(folder: &str, path: &str) -> String {
    let is_absolute = path.starts_with('/') || folder.starts_with('/');
    let folder = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if is_absolute { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_files_are_where_rust_looks_for_them() {
        assert_eq!(Folder::of("src/main.rs", true).candidates("api", None), ["src/api.rs", "src/api/mod.rs"]);
        assert_eq!(
            Folder::of("src/api.rs", false).candidates("v1", None),
            ["src/api/v1.rs", "src/api/v1/mod.rs"]
        );
        assert_eq!(
            Folder::of("src/api/mod.rs", false).candidates("v1", None),
            ["src/api/v1.rs", "src/api/v1/mod.rs"]
        );
        assert_eq!(Folder::of("src/api.rs", false).candidates("v1", Some("../other.rs")), ["other.rs"]);
        let inline = Folder::of("src/api.rs", false).inside("deep", None);
        assert_eq!(inline.candidates("v1", None), ["src/api/deep/v1.rs", "src/api/deep/v1/mod.rs"]);
        assert_eq!(inline.candidates("v1", Some("x.rs")), ["src/api/deep/x.rs"]);
    }
}
