//! One place of a request, and what stands there.

use crate::modes::ModeSet;
use scopewright_core::ModeIndex;
use std::borrow::Cow;

#[derive(Debug)]
pub(super) struct Place {
    pub(super) within: Within,
    /// Whether it is in the header `Authorization`.
    pub(super) in_authorization: bool,
    all_modes: ModeSet,
    modes_without_prefix: ModeSet,
    prefixes: Vec<(ModeIndex, &'static str)>,
}

/// What of a header, or of the query, is the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// The header's value.
    Value,
    /// What follows the scheme `Bearer`.
    Bearer,
    /// The cookie of this name.
    Cookie(&'static str),
    /// The query's parameter of this name.
    Parameter(&'static str),
}

/// What stands at one place of a request.
#[derive(Debug)]
pub(super) struct Piece<'r> {
    /// The modes it can be of.
    pub(super) modes: ModeSet,
    pub(super) content: Content<'r>,
}

#[derive(Debug)]
pub(super) enum Content<'r> {
    Secret(Cow<'r, str>),
    /// It is empty, no text, or of no mode of its place.
    Malformed,
    /// It is there more than once.
    Repeated,
}

impl Piece<'_> {
    /// There is another one at the same place.
    pub(super) fn repeat(&mut self, modes: ModeSet) {
        self.modes = self.modes.with(modes);
        self.content = Content::Repeated;
    }
}

impl Place {
    pub(super) fn new(within: Within) -> Self {
        Self {
            within,
            in_authorization: false,
            all_modes: ModeSet::default(),
            modes_without_prefix: ModeSet::default(),
            prefixes: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, mode: ModeIndex, prefix: Option<&'static str>) {
        self.all_modes.insert(mode);
        match prefix {
            Some(prefix) => self.prefixes.push((mode, prefix)),
            None => self.modes_without_prefix.insert(mode),
        }
    }

    pub(super) fn in_value<'r>(&self, value: &'r [u8]) -> Option<Piece<'r>> {
        match self.within {
            Within::Value => {
                let piece = self.one(text(value).map(Cow::Borrowed));
                // Another scheme of `Authorization` is not ours.
                let is_ours = !self.in_authorization || !matches!(piece.content, Content::Malformed);
                is_ours.then_some(piece)
            }
            Within::Bearer => bearer(value).map(|token| self.one(text(token).map(Cow::Borrowed))),
            Within::Cookie(name) => self.all(cookie_values(value, name).map(|value| {
                // RFC 6265 section 4.1.1: a value may stand between quotes.
                text(value).map(|value| Cow::Borrowed(value.trim_matches('"')))
            })),
            Within::Parameter(_) => None,
        }
    }

    pub(super) fn in_query<'r>(&self, query: Option<&'r str>) -> Option<Piece<'r>> {
        let Within::Parameter(name) = self.within else { return None };
        self.all(query_values(query?, name).map(Some))
    }

    /// What all secrets at this place are.
    fn all<'r>(&self, mut secrets: impl Iterator<Item = Option<Cow<'r, str>>>) -> Option<Piece<'r>> {
        let mut piece = self.one(secrets.next()?);
        for secret in secrets {
            piece.repeat(self.one(secret).modes);
        }
        Some(piece)
    }

    /// A secret of this place; none is one that is not text.
    fn one<'r>(&self, secret: Option<Cow<'r, str>>) -> Piece<'r> {
        match secret.map(|secret| (self.modes_of(&secret), secret)) {
            Some((modes, secret)) if !secret.is_empty() && !modes.is_empty() => {
                Piece { modes, content: Content::Secret(secret) }
            }
            _ => Piece { modes: self.all_modes, content: Content::Malformed },
        }
    }

    /// The modes a secret can be of: those whose prefix it has, else those without a prefix.
    #[inline]
    pub(super) fn modes_of(&self, secret: &str) -> ModeSet {
        let mut modes = ModeSet::default();
        for (mode, prefix) in &self.prefixes {
            if secret.starts_with(prefix) {
                modes.insert(*mode);
            }
        }
        if modes.is_empty() { self.modes_without_prefix } else { modes }
    }
}

/// The token of an `Authorization` of the scheme `Bearer`, which knows no case (RFC 9110 section 11.1); `None` of any other
/// scheme. A scheme ends where no character of a token follows (section 5.6.2), and one blank at least has to be there
/// (RFC 6750 section 2.1): with anything else there is no token, which is malformed like an empty one.
fn bearer(value: &[u8]) -> Option<&[u8]> {
    let value = value.trim_ascii_start();
    let (scheme, rest) = value.split_at(value.len().min(6));
    let is_longer = |next: &u8| next.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(next);
    match rest {
        _ if !scheme.eq_ignore_ascii_case(b"bearer") => None,
        [b' ', token @ ..] => Some(token),
        [next, ..] if is_longer(next) => None,
        _ => Some(&[]),
    }
}

/// A value without the blanks around it, if it is visible ASCII, blanks and tabs: no credential has anything else.
fn text(value: &[u8]) -> Option<&str> {
    let value = value.trim_ascii();
    let is_visible = value.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    is_visible.then(|| std::str::from_utf8(value).ok()).flatten()
}

/// The values of a query parameter, percent-decoded.
fn query_values<'r>(query: &'r str, name: &str) -> impl Iterator<Item = Cow<'r, str>> {
    query.split('&').filter_map(move |pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key) == name).then(|| decoded(value))
    })
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let digits =
            digits.filter(|digits| *byte == b'%' && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(match (escaped, byte) {
            (Some(escaped), _) => escaped,
            (None, b'+') => b' ',
            (None, byte) => *byte,
        });
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// The values of a cookie in one `Cookie` header (RFC 6265 section 4.2.1). Cut at its octets: what other cookies hold, which
/// may be anything, says nothing of this one.
fn cookie_values<'r>(cookie: &'r [u8], name: &'static str) -> impl Iterator<Item = &'r [u8]> {
    cookie.split(|byte| *byte == b';').filter_map(move |pair| {
        let (key, value) = pair.trim_ascii().split_at_checked(name.len())?;
        if key == name.as_bytes() { value.strip_prefix(b"=") } else { None }
    })
}
