//! What of a router a row of the table stands for.

/// What answers an endpoint: a route, or what a framework asks where no route fits.
///
/// Paths alone don't say it: `/files/{*rest}` may be a route with a tail parameter or a service below `/files`, and
/// `/{*fallback}` a tail or a fallback. A request that no route took must not be decided by a route's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum RouteKind {
    /// A route, or an endpoint that only a policy, a document or a manifest declares.
    #[default]
    Route,
    /// A service under a prefix, which answers the prefix itself and all below it: `nest_service`, `Files`.
    Nested,
    /// What answers below a prefix where nothing else does: `fallback`, `default_service`.
    Fallback,
}

impl RouteKind {
    /// The name in machine forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Nested => "nested",
            Self::Fallback => "fallback",
        }
    }

    /// The name in generated code.
    pub const fn variant(self) -> &'static str {
        match self {
            Self::Route => "Route",
            Self::Nested => "Nested",
            Self::Fallback => "Fallback",
        }
    }
}
