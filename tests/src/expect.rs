//! Comparing what a program said with a committed file, byte for byte.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Compares `found` with the file; with `UPDATE=1` in the environment the file is written instead.
///
/// # Errors
/// A unified difference, ready to be shown, if they are not equal.
pub fn equals_file(found: &str, file: &Path) -> Result<(), String> {
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        return std::fs::write(file, found).map_err(|error| format!("{}: {error}", file.display()));
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected.as_str(), found);
    Err(format!(
        "{} is not what was found (accept with UPDATE=1):\n{}",
        file.display(),
        difference.unified_diff().header("expected", "found")
    ))
}
