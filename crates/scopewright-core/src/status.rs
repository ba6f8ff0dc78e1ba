//! The life of a scope, as a policy states it and as generated code repeats it.

/// The life of a scope.
///
/// ```
/// use scopewright_core::Status;
/// assert!(Status::Deprecated.is_live());
/// assert!(!Status::Planned.is_live(), "a planned scope can be neither granted nor required");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// In use.
    Stable,
    /// In use, may change.
    Beta,
    /// Announced: can be neither required nor granted.
    Planned,
    /// Being discussed: can be neither required nor granted.
    UnderReview,
    /// In use, going away: warns.
    Deprecated,
    /// Gone: requiring it is an error.
    Removed,
}

impl Status {
    /// All of them, in the order of a scope's life.
    pub const ALL: [Self; 6] =
        [Self::Planned, Self::UnderReview, Self::Beta, Self::Stable, Self::Deprecated, Self::Removed];

    /// The spelling in `scopes.toml` and in machine forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Beta => "beta",
            Self::Planned => "planned",
            Self::UnderReview => "under-review",
            Self::Deprecated => "deprecated",
            Self::Removed => "removed",
        }
    }

    /// Whether a grant may carry the scope and an operation may ask for it.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Stable | Self::Beta | Self::Deprecated)
    }
}
