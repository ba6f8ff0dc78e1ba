//! The holes of a declared denial body.

/// What a hole in a denial body is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// `$required`: the missing scopes of the cheapest alternative, a sorted JSON array.
    Required,
    /// `$required.first`: the first of them, a JSON string.
    RequiredFirst,
    /// `$required.joined`: all of them between blanks, a JSON string.
    RequiredJoined,
    /// `$granted`: what the caller holds, a sorted JSON array.
    Granted,
    /// `$granted.joined`: the same between blanks, a JSON string.
    GrantedJoined,
    /// `$method`: the request's method.
    Method,
    /// `$path`: the route's pattern, never the request's own text.
    Path,
    /// `$mode`: the auth mode's name.
    Mode,
}

impl Placeholder {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Required,
        Self::RequiredFirst,
        Self::RequiredJoined,
        Self::Granted,
        Self::GrantedJoined,
        Self::Method,
        Self::Path,
        Self::Mode,
    ];

    /// The spelling in a body.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "$required",
            Self::RequiredFirst => "$required.first",
            Self::RequiredJoined => "$required.joined",
            Self::Granted => "$granted",
            Self::GrantedJoined => "$granted.joined",
            Self::Method => "$method",
            Self::Path => "$path",
            Self::Mode => "$mode",
        }
    }

    /// Whether it tells the caller something about scopes, which `disclose = false` forbids.
    pub const fn discloses(self) -> bool {
        !matches!(self, Self::Method | Self::Path)
    }
}
