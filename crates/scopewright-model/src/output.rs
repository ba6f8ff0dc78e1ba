//! A file that a target wants written.

/// A generated file: where it goes and all of what is in it.
///
/// ```
/// let file = scopewright_model::OutputFile::new("docs/scopes.md", "# Scopes");
/// assert_eq!(file.contents(), "# Scopes\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutputFile {
    path: String,
    contents: String,
}

impl OutputFile {
    /// A file at `path` (relative to the policy's folder, `/` between parts). The text gets exactly one final newline.
    pub fn new(path: impl Into<String>, contents: impl Into<String>) -> Self {
        let mut contents = contents.into();
        contents.truncate(contents.trim_end_matches('\n').len());
        contents.push('\n');
        Self { path: path.into(), contents }
    }

    /// Where the file goes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn contents(&self) -> &str {
        &self.contents
    }
}
