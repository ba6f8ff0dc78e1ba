//! The table of targets.

/// A kind of output. Each has a module or folder in this crate, a cargo feature, and a folder of golden cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The module that a service includes: enum, tables, denials.
    Rust,
    /// Security merged into OpenAPI documents.
    OpenApi,
    /// The reference of scopes and endpoints in Markdown.
    Markdown,
    /// Constants and checks for TypeScript clients.
    TypeScript,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Rust, Self::OpenApi, Self::Markdown, Self::TypeScript];

    /// The name: of the table in `[generate]` (all but Rust, which is always made), of the module and of the folder of
    /// golden cases.
    ///
    /// ```
    /// assert_eq!(scopewright_emit::Target::OpenApi.name(), "openapi");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::OpenApi => "openapi",
            Self::Markdown => "markdown",
            Self::TypeScript => "typescript",
        }
    }

    /// The cargo feature of this crate that turns it on; none for Rust, which every service needs.
    pub const fn feature(self) -> Option<&'static str> {
        match self {
            Self::Rust => None,
            Self::OpenApi => Some("openapi"),
            Self::Markdown => Some("docs"),
            Self::TypeScript => Some("sdk"),
        }
    }
}
