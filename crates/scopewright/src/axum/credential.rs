//! Finds the credential of a request where the policy says one is, and refuses to choose between two.

use crate::catalogue::{Catalogue, CompiledPolicy, Credential};
use crate::modes::ModeSet;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use scopewright_core::ModeIndex;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A credential that a request carries, not checked yet. Never prints the secret.
pub struct Presented<'r, C> {
    modes: ModeSet,
    secret: Cow<'r, str>,
    catalogue: PhantomData<fn() -> C>,
}

impl<'r, C: Catalogue> Presented<'r, C> {
    pub(super) const fn new(modes: ModeSet, secret: Cow<'r, str>) -> Self {
        Self { modes, secret, catalogue: PhantomData }
    }

    /// The mode the credential came by: the first of [`modes`](Self::modes).
    pub fn mode(&self) -> Option<C::Mode> {
        self.modes().next()
    }

    /// The modes the credential can be of. More than one if the policy tells them apart only by what is inside the
    /// token: two kinds of bearer tokens without a prefix. The grant says which it was.
    pub fn modes(&self) -> impl Iterator<Item = C::Mode> + '_ {
        self.modes.iter().filter_map(|mode| C::MODES.get(usize::from(mode.0)).copied())
    }

    /// The secret: an API key with its prefix, a bearer token without its scheme. Compare keys by a hash, never log it.
    pub fn secret(&self) -> &str {
        &self.secret
    }
}

impl<C: Catalogue> fmt::Debug for Presented<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented").field("modes", &self.modes().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// What looking for a credential found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'r> {
    /// None.
    Nothing,
    /// One.
    One(ModeSet, Cow<'r, str>),
    /// Something that can't be a valid credential of these modes: two of them, another prefix, no text.
    Unusable(ModeSet),
}

/// The places where a policy's credentials are.
#[derive(Debug)]
pub(super) struct Places {
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    at: At,
    all_modes: ModeSet,
    modes_without_prefix: ModeSet,
    prefixes: Vec<(ModeIndex, &'static str)>,
}

#[derive(Debug, PartialEq)]
enum At {
    Header(HeaderName),
    Bearer,
    Query(&'static str),
    Cookie(&'static str),
}

impl Places {
    /// The places of a policy, each once, in the order of the policy's modes.
    pub(super) fn of(policy: &'static CompiledPolicy) -> Self {
        let mut places: Vec<Place> = Vec::new();
        for (mode, row) in policy.modes_indexed() {
            let (at, prefix) = match row.credential {
                // The policy stage has checked the name; one that no header can have is in no request.
                Credential::Header { name, prefix } => match HeaderName::try_from(name) {
                    Ok(name) => (At::Header(name), prefix),
                    Err(_) => continue,
                },
                Credential::Query { name } => (At::Query(name), None),
                Credential::Cookie { name } => (At::Cookie(name), None),
                Credential::Bearer { prefix } => (At::Bearer, prefix),
                Credential::MutualTls => continue,
            };
            let place = match places.iter().position(|place| place.at == at) {
                Some(known) => places.get_mut(known),
                None => {
                    places.push(Place::new(at));
                    places.last_mut()
                }
            };
            if let Some(place) = place {
                place.add(mode, prefix);
            }
        }
        Self { places }
    }

    /// The one credential of a request. Two of them, in one place or in two, are unusable: which caller would it be?
    pub(super) fn find<'r>(&self, headers: &'r HeaderMap, uri: &'r Uri) -> Found<'r> {
        let mut found = Found::Nothing;
        for place in &self.places {
            let here = place.find(headers, uri);
            if matches!(here, Found::Nothing) {
                continue;
            }
            found = if matches!(found, Found::Nothing) { here } else { found.and(&here) };
        }
        found
    }
}

impl Found<'_> {
    /// Two credentials: none.
    #[cold]
    fn and(&self, other: &Self) -> Self {
        let mut modes = self.modes();
        other.modes().iter().for_each(|mode| modes.insert(mode));
        Self::Unusable(modes)
    }

    fn modes(&self) -> ModeSet {
        match self {
            Self::Nothing => ModeSet::default(),
            Self::One(modes, _) | Self::Unusable(modes) => *modes,
        }
    }
}

impl Place {
    fn new(at: At) -> Self {
        Self {
            at,
            all_modes: ModeSet::default(),
            modes_without_prefix: ModeSet::default(),
            prefixes: Vec::new(),
        }
    }

    fn add(&mut self, mode: ModeIndex, prefix: Option<&'static str>) {
        self.all_modes.insert(mode);
        match prefix {
            Some(prefix) => self.prefixes.push((mode, prefix)),
            None => self.modes_without_prefix.insert(mode),
        }
    }

    fn find<'r>(&self, headers: &'r HeaderMap, uri: &'r Uri) -> Found<'r> {
        match &self.at {
            At::Header(name) => {
                let mut values = headers.get_all(name).iter();
                match (values.next(), values.next()) {
                    (None, _) => Found::Nothing,
                    (Some(value), None) => self.one(text(value)),
                    (Some(_), Some(_)) => Found::Unusable(self.all_modes),
                }
            }
            At::Bearer => self.bearer(headers),
            At::Query(name) => self.only(query_values(uri, name).map(Some)),
            At::Cookie(name) => {
                let cookies = headers.get_all(COOKIE).iter();
                self.only(cookies.flat_map(|cookie| cookie_values(cookie, name)))
            }
        }
    }

    /// `Authorization: Bearer token`; the scheme knows no case (RFC 9110 section 11.1). Another scheme is not ours.
    fn bearer<'r>(&self, headers: &'r HeaderMap) -> Found<'r> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let Some(first) = values.next() else { return Found::Nothing };
        if let Some(second) = values.next() {
            let any_bearer = [first, second].into_iter().chain(values).any(is_bearer);
            return if any_bearer { Found::Unusable(self.all_modes) } else { Found::Nothing };
        }
        if !is_bearer(first) {
            return Found::Nothing;
        }
        let token = first.to_str().ok().and_then(|value| value.get(7..));
        self.one(token.map(|token| Cow::Borrowed(token.trim_ascii())))
    }

    /// The one value of a place; none in `values` is one that is not text.
    fn only<'r>(&self, mut values: impl Iterator<Item = Option<Cow<'r, str>>>) -> Found<'r> {
        match (values.next(), values.next()) {
            (None, _) => Found::Nothing,
            (Some(value), None) => self.one(value),
            (Some(_), Some(_)) => Found::Unusable(self.all_modes),
        }
    }

    fn one<'r>(&self, secret: Option<Cow<'r, str>>) -> Found<'r> {
        match secret.map(|secret| (self.modes_of(&secret), secret)) {
            Some((modes, secret)) if !secret.is_empty() && !modes.is_empty() => Found::One(modes, secret),
            _ => Found::Unusable(self.all_modes),
        }
    }

    /// The modes a secret can be of: those whose prefix it has, else those without a prefix.
    fn modes_of(&self, secret: &str) -> ModeSet {
        let mut modes = ModeSet::default();
        for (mode, prefix) in &self.prefixes {
            if secret.starts_with(prefix) {
                modes.insert(*mode);
            }
        }
        if modes.is_empty() { self.modes_without_prefix } else { modes }
    }
}

/// Whether an `Authorization` is a bearer token: the scheme, and a blank or nothing after it.
fn is_bearer(value: &HeaderValue) -> bool {
    let (scheme, rest) = value.as_bytes().split_at(value.len().min(6));
    scheme.eq_ignore_ascii_case(b"bearer") && rest.first().is_none_or(|next| *next == b' ')
}

fn text(value: &HeaderValue) -> Option<Cow<'_, str>> {
    value.to_str().ok().map(|text| Cow::Borrowed(text.trim_ascii()))
}

/// The values of a query parameter, percent-decoded.
fn query_values<'r>(uri: &'r Uri, name: &str) -> impl Iterator<Item = Cow<'r, str>> {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter_map(move |pair| {
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

/// The values of a cookie in one `Cookie` header (RFC 6265 section 4.2.1).
fn cookie_values<'r>(
    cookie: &'r HeaderValue,
    name: &'static str,
) -> impl Iterator<Item = Option<Cow<'r, str>>> {
    let pairs = cookie.to_str().unwrap_or_default().split(';');
    pairs.filter_map(move |pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(Some(Cow::Borrowed(value.trim_matches('"'))))
    })
}
