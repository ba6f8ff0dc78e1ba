//! `[sources]`: endpoints beside those found in Rust source.

use crate::raw::{Field, FilePath, Many, Pattern, raw_table};
use scopewright_model::Spanned;
use scopewright_model::policy::Sources;

raw_table! {
    /// Endpoints beside those found in Rust source. Paths are relative to this file's folder.
    RawSources {
        /// OpenAPI documents, as globs.
        openapi: Optional Many<FilePath> = "openapi", "[\"openapi/*.yaml\"]";
        /// Route manifests, one JSON object a line, as globs.
        manifest: Optional Many<FilePath> = "manifest", "[\"routes.jsonl\"]";
        /// Functions the search for routers starts at besides what is served, as paths from a crate's root.
        roots: Optional Many<FunctionPath> = "roots", "[\"my_service::app::router\"]";
    }
    rules []
}

/// `my_crate::app::router`.
#[derive(Debug)]
pub(crate) struct FunctionPath(pub(super) String);

impl Pattern for FunctionPath {
    const PATTERN: &'static str = "^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        let is_name = |part: &str| {
            part.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
                && part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        };
        if text.split("::").all(is_name) {
            return Ok(Self(text.to_owned()));
        }
        Err((
            format!("is no path of a function: `{text}`"),
            "write it from the crate's root, as in `my_service::app::router`".to_owned(),
        ))
    }
}

impl RawSources {
    /// `[sources]`, checked: each value was when it was read.
    pub(crate) fn check(self) -> Sources {
        Sources {
            openapi: texts(self.openapi, |path| path.0),
            manifest: texts(self.manifest, |path| path.0),
            roots: texts(self.roots, |path| path.0),
        }
    }
}

/// The plain texts of a list of texts of a certain form.
pub(crate) fn texts<T>(list: Option<Field<Many<T>>>, text: fn(T) -> String) -> Vec<Spanned<String>> {
    let items = list.map(|field| field.value.0).unwrap_or_default();
    items.into_iter().map(|item| Spanned::new(text(item.value), item.span)).collect()
}
