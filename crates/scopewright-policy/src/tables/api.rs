//! `[api]`: what the policy is about.

use crate::raw::{Pattern, Text, raw_table, raw_words};
use scopewright_model::policy::{Api, ScopeFormat};

raw_table! {
    /// What the policy is about.
    RawApi {
        /// The API's name, for docs and documents.
        title: Required Text = "title", "\"Inspecto Third-Party API\"";
        /// A paragraph for docs.
        description: Optional Text = "description";
        /// The prefix every path of the API has. `match` holds full paths all the same.
        base_path: Optional BasePath = "base_path", "\"/api/third-party/v1\"";
        /// How scope names are spelled here: a check, never an inference.
        scope_format: Optional ScopeFormat = "scope_format", "\"resource:action\"";
    }
    rules []
}

raw_words! {
    ScopeFormat {
        "verb:resource" => ScopeFormat::VerbResource, "`read:cameras`";
        "resource:action" => ScopeFormat::ResourceAction, "`vehicles:read`";
        "name" => ScopeFormat::Name, "`read`";
    }
}

/// The start of a path.
#[derive(Debug)]
pub(crate) struct BasePath(String);

impl Pattern for BasePath {
    const PATTERN: &'static str = r"^/([^\s?#]*[^\s?#/])?$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        let is_path =
            text.starts_with('/') && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#'));
        if !is_path || (text.len() > 1 && text.ends_with('/')) {
            return Err((
                format!("is not the start of a path: `{text}`"),
                "write it with `/` at its start and none at its end, as in `/api/v1`".to_owned(),
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl RawApi {
    /// `[api]`, checked: its keys need nothing from other tables.
    pub(crate) fn check(self) -> Api {
        Api {
            title: self.title.map(|title| title.value.0).unwrap_or_default(),
            description: self.description.map(|text| text.value.0),
            base_path: self.base_path.map(|path| path.value.0),
            scope_format: self.scope_format.map(|format| format.value),
        }
    }
}

/// What holds for a file without `[api]`.
pub(crate) fn default_api() -> Api {
    Api { title: "API".to_owned(), ..Api::default() }
}
