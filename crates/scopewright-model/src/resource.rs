//! `[resource]`: the API as a protected resource of OAuth 2.0, and where clients find what it says of itself (RFC 9728).

use crate::{Span, Spanned};

/// What a path begins with at which a resource's metadata is served (RFC 9728 section 3).
const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// `[resource]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The resource identifier, byte for byte as written (RFC 9728 section 1.2). INVARIANT: `https://`, a host, and a
    /// path of RFC 3986 without query and fragment, no segment of which reads as a parameter.
    pub identifier: Spanned<String>,
    /// Issuer identifiers of authorization servers (RFC 8414 section 2), in the order of the file.
    pub authorization_servers: Vec<String>,
    /// A page for developers.
    pub documentation: Option<String>,
    /// The key in `[public_reasons]` for which the metadata is public.
    pub public: Spanned<String>,
    /// Where it was written.
    pub span: Span,
}

impl Resource {
    /// The path the metadata is served at: the well-known one, then the identifier's own without a slash that is all
    /// of it (RFC 9728 section 3.1).
    pub fn metadata_path(&self) -> String {
        let (_, path) = self.host_and_path();
        format!("{WELL_KNOWN}{path}")
    }

    /// The URL of the metadata, which challenges name.
    pub fn metadata_url(&self) -> String {
        let (host, path) = self.host_and_path();
        format!("{host}{WELL_KNOWN}{path}")
    }

    /// `https://host:port`, and the path from its slash on; empty where the path is `/` only.
    fn host_and_path(&self) -> (&str, &str) {
        let text = self.identifier.value.as_str();
        let after_scheme = text.find("://").map_or(0, |at| at + 3);
        let slash = text.get(after_scheme..).and_then(|rest| rest.find('/'));
        let end_of_host = slash.map_or(text.len(), |at| after_scheme + at);
        let (host, path) = text.split_at_checked(end_of_host).unwrap_or((text, ""));
        (host, if path == "/" { "" } else { path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 9728 section 3.1, and what its rule says of others.
    #[test]
    fn the_well_known_path_stands_between_host_and_path() {
        let at = |identifier: &str| {
            let span = Span::file_start("scopes.toml");
            let text = |text: &str| Spanned::new(text.to_owned(), span.clone());
            let resource = Resource {
                identifier: text(identifier),
                authorization_servers: Vec::new(),
                documentation: None,
                public: text("metadata"),
                span: span.clone(),
            };
            (resource.metadata_url(), resource.metadata_path())
        };
        for (identifier, url, path) in [
            (
                "https://resource.example.com",
                "https://resource.example.com/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource",
            ),
            (
                "https://resource.example.com/",
                "https://resource.example.com/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource",
            ),
            (
                "https://resource.example.com/resource1",
                "https://resource.example.com/.well-known/oauth-protected-resource/resource1",
                "/.well-known/oauth-protected-resource/resource1",
            ),
            (
                "https://resource.example.com:8443/a/b/",
                "https://resource.example.com:8443/.well-known/oauth-protected-resource/a/b/",
                "/.well-known/oauth-protected-resource/a/b/",
            ),
        ] {
            assert_eq!(at(identifier), (url.to_owned(), path.to_owned()), "{identifier}");
        }
    }
}
