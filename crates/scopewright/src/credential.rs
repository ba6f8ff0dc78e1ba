//! Finds the credential of a request where the policy says one is, and refuses to choose between two.

mod alone;

use crate::catalogue::{Catalogue, CompiledPolicy, Credential};
use crate::modes::ModeSet;
use scopewright_core::ModeIndex;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

const AUTHORIZATION: &str = "authorization";

/// A credential that a request carries, not checked yet. Never prints the secret.
pub struct Presented<'r, C> {
    modes: ModeSet,
    secrets: Secrets<'r>,
    catalogue: PhantomData<fn() -> C>,
}

impl<'r, C: Catalogue> Presented<'r, C> {
    pub(crate) const fn new(modes: ModeSet, secrets: Secrets<'r>) -> Self {
        Self { modes, secrets, catalogue: PhantomData }
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
    ///
    /// Of several credentials together it is the one of the mode that the policy's `together` names first; the others
    /// are told by [`secret_of`](Self::secret_of).
    pub fn secret(&self) -> &str {
        match &self.secrets {
            Secrets::One(secret) => secret,
            Secrets::Together(parts) => parts.first().map_or("", |(_, secret)| secret),
        }
    }

    /// The secret of one mode: of a member, where this is of a mode with `together`; otherwise of a mode the credential
    /// can be of. None for any other mode.
    pub fn secret_of(&self, mode: C::Mode) -> Option<&str> {
        let mode = C::mode_index(mode);
        match &self.secrets {
            Secrets::One(secret) => self.modes.contains(mode).then_some(secret),
            Secrets::Together(parts) => {
                let mut of_mode = parts.iter().filter(|(modes, _)| modes.contains(mode));
                of_mode.next().map(|(_, secret)| &**secret)
            }
        }
    }

    /// The secrets, for longer than the request.
    pub(crate) fn to_owned_secrets(&self) -> Secrets<'static> {
        let owned = |secret: &Cow<'_, str>| Cow::Owned(secret.as_ref().to_owned());
        match &self.secrets {
            Secrets::One(secret) => Secrets::One(owned(secret)),
            Secrets::Together(parts) => {
                Secrets::Together(parts.iter().map(|(modes, secret)| (*modes, owned(secret))).collect())
            }
        }
    }
}

impl<C: Catalogue> fmt::Debug for Presented<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented").field("modes", &self.modes().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// What a request carries of a credential.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Secrets<'r> {
    /// A credential by itself.
    One(Cow<'r, str>),
    /// Several, each with the modes its own place makes possible.
    Together(Vec<(ModeSet, Cow<'r, str>)>),
}

/// What looking for a credential found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'r> {
    /// None.
    Nothing,
    /// One, or several that are one together.
    One(ModeSet, Secrets<'r>),
    /// Something that can't be a valid credential of these modes: two of them, another prefix, no text.
    Unusable(ModeSet),
}

/// The places where a policy's credentials are. `N` is the framework's type for the name of a header: comparing two of
/// them costs less than comparing texts.
#[derive(Debug)]
pub(crate) struct Places<N> {
    in_headers: Vec<(N, Place)>,
    in_query: Vec<Place>,
    /// The modes that are made of several credentials, with their members.
    together: Vec<(ModeIndex, &'static [ModeIndex])>,
    /// The most members one of them has; one if there is none.
    most: usize,
    /// The modes whose credential is none by itself.
    parts: ModeSet,
}

#[derive(Debug)]
struct Place {
    within: Within,
    /// Whether it is in the header `Authorization`.
    in_authorization: bool,
    all_modes: ModeSet,
    modes_without_prefix: ModeSet,
    prefixes: Vec<(ModeIndex, &'static str)>,
}

/// What of a header, or of the query, is the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// The header's value.
    Value,
    /// What follows the scheme `Bearer`.
    Bearer,
    /// The cookie of this name.
    Cookie(&'static str),
    /// The query's parameter of this name.
    Parameter(&'static str),
}

impl<N: PartialEq + TryFrom<&'static str>> Places<N> {
    /// The places of a policy, each once, in the order of the policy's modes.
    pub(crate) fn of(policy: &'static CompiledPolicy) -> Self {
        let mut places = Self {
            in_headers: Vec::new(),
            in_query: Vec::new(),
            together: Vec::new(),
            most: 1,
            parts: ModeSet::default(),
        };
        for (mode, row) in policy.modes_indexed() {
            if !row.alone {
                places.parts.insert(mode);
            }
            match row.credential {
                // The policy stage has checked the name; one that no header can have is in no request.
                Credential::Header { name, prefix } => {
                    places.add_in_header(name, Within::Value, mode, prefix);
                }
                Credential::Cookie { name } => {
                    places.add_in_header("cookie", Within::Cookie(name), mode, None);
                }
                Credential::Bearer { prefix } => {
                    places.add_in_header(AUTHORIZATION, Within::Bearer, mode, prefix);
                }
                Credential::Query { name } => places.in_query(name).add(mode, None),
                Credential::Together(members) => {
                    places.together.push((mode, members));
                    places.most = places.most.max(members.len());
                }
                Credential::MutualTls => {}
            }
        }
        places
    }

    fn add_in_header(
        &mut self,
        name: &'static str,
        within: Within,
        mode: ModeIndex,
        prefix: Option<&'static str>,
    ) {
        let Ok(header) = N::try_from(name) else { return };
        let known = self.in_headers.iter_mut().find(|(it, place)| *it == header && place.within == within);
        if let Some((_, place)) = known {
            return place.add(mode, prefix);
        }
        let mut place = Place::new(within);
        place.in_authorization = name == AUTHORIZATION;
        place.add(mode, prefix);
        self.in_headers.push((header, place));
    }

    #[expect(clippy::indexing_slicing, reason = "the position was found, or is that of what was pushed")]
    fn in_query(&mut self, name: &'static str) -> &mut Place {
        let known = self.in_query.iter().position(|place| place.within == Within::Parameter(name));
        let at = known.unwrap_or(self.in_query.len());
        if known.is_none() {
            self.in_query.push(Place::new(Within::Parameter(name)));
        }
        &mut self.in_query[at]
    }

    /// The one credential of a request. Two of them, in one place or in two, are unusable: which caller would it be?
    /// Unless they are just those that a mode is made of.
    ///
    /// One pass over the headers: a request has few of them, and looking one up by its hash costs as much as passing
    /// five.
    pub(crate) fn find<'r>(
        &self,
        headers: impl Iterator<Item = (&'r N, &'r [u8])>,
        query: Option<&'r str>,
    ) -> Found<'r>
    where
        N: 'r,
    {
        let mut found = Found::Nothing;
        let mut authorizations = 0_usize;
        for (header, value) in headers {
            let mut places = self.in_headers.iter().filter(|(name, _)| name == header).peekable();
            if places.peek().is_some_and(|(_, place)| place.in_authorization) {
                authorizations += 1;
            }
            for (_, place) in places {
                found = found.beside(place.in_value(value), self.most);
            }
        }
        for place in &self.in_query {
            found = found.beside(place.in_query(query), self.most);
        }
        // RFC 9110 section 11.6.2 has one `Authorization`. A second one, of whatever scheme, makes the first doubtful.
        if authorizations > 1 && !matches!(found, Found::Nothing) {
            return Found::Unusable(found.modes());
        }
        if self.together.is_empty() { found } else { self.whole(found) }
    }

    /// What was found, if it is a credential by itself or all that a mode is made of, and nothing else.
    fn whole<'r>(&self, found: Found<'r>) -> Found<'r> {
        let Found::One(sent, secrets) = found else { return found };
        let mut modes = ModeSet::default();
        let secrets = match secrets {
            Secrets::One(secret) => {
                modes = sent.without(self.parts);
                Secrets::One(secret)
            }
            Secrets::Together(mut parts) => {
                // INVARIANT: members have places of their own, and what stands at one place is of modes of that place.
                // So as many parts as members, with some part for each member, are the members and nothing twice.
                let is_sent = |member: &ModeIndex| parts.iter().any(|(modes, _)| modes.contains(*member));
                let is_whole =
                    |members: &[ModeIndex]| members.len() == parts.len() && members.iter().all(is_sent);
                let mut order: Option<&[ModeIndex]> = None;
                for (mode, members) in self.together.iter().filter(|(_, members)| is_whole(members)) {
                    modes.insert(*mode);
                    order.get_or_insert(members);
                }
                let order = order.unwrap_or_default();
                parts.sort_by_key(|(modes, _)| order.iter().position(|member| modes.contains(*member)));
                Secrets::Together(parts)
            }
        };
        if modes.is_empty() { Found::Unusable(sent) } else { Found::One(modes, secrets) }
    }
}

impl Found<'_> {
    /// What one place holds twice.
    #[inline]
    fn and(self, other: Self) -> Self {
        self.beside(other, 1)
    }

    /// What two places hold together, if a credential has at most so many parts.
    #[inline]
    fn beside(self, other: Self, most: usize) -> Self {
        match (self, other) {
            (found, Self::Nothing) | (Self::Nothing, found) => found,
            (found, other) => found.joined(other, most),
        }
    }

    fn joined(self, other: Self, most: usize) -> Self {
        let mut all_modes = self.modes();
        other.modes().iter().for_each(|mode| all_modes.insert(mode));
        let (Self::One(modes, secrets), Self::One(other_modes, Secrets::One(other))) = (self, other) else {
            return Self::Unusable(all_modes);
        };
        if most < 2 {
            return Self::Unusable(all_modes);
        }
        let mut parts = match secrets {
            Secrets::One(secret) => vec![(modes, secret)],
            Secrets::Together(parts) => parts,
        };
        parts.push((other_modes, other));
        if parts.len() > most {
            Self::Unusable(all_modes)
        } else {
            Self::One(all_modes, Secrets::Together(parts))
        }
    }

    fn modes(&self) -> ModeSet {
        match self {
            Self::Nothing => ModeSet::default(),
            Self::One(modes, _) | Self::Unusable(modes) => *modes,
        }
    }
}

impl Place {
    fn new(within: Within) -> Self {
        Self {
            within,
            in_authorization: false,
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

    fn in_value<'r>(&self, value: &'r [u8]) -> Found<'r> {
        match self.within {
            Within::Value => match self.one(text(value, 0)) {
                // Another scheme of `Authorization` is not ours.
                Found::Unusable(_) if self.in_authorization => Found::Nothing,
                found => found,
            },
            Within::Bearer if is_bearer(value) => self.one(text(value, 6)),
            Within::Bearer | Within::Parameter(_) => Found::Nothing,
            Within::Cookie(name) => cookie_values(value, name)
                .fold(Found::Nothing, |found, value| found.and(self.one(Some(value)))),
        }
    }

    fn in_query<'r>(&self, query: Option<&'r str>) -> Found<'r> {
        let Within::Parameter(name) = self.within else { return Found::Nothing };
        query_values(query.unwrap_or_default(), name)
            .fold(Found::Nothing, |found, value| found.and(self.one(Some(value))))
    }

    /// A secret of this place; none is one that is not text.
    fn one<'r>(&self, secret: Option<Cow<'r, str>>) -> Found<'r> {
        match secret.map(|secret| (self.modes_of(&secret), secret)) {
            Some((modes, secret)) if !secret.is_empty() && !modes.is_empty() => {
                Found::One(modes, Secrets::One(secret))
            }
            _ => Found::Unusable(self.all_modes),
        }
    }

    /// The modes a secret can be of: those whose prefix it has, else those without a prefix.
    #[inline]
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

/// Whether an `Authorization` is a bearer token: the scheme, which knows no case (RFC 9110 section 11.1), and a blank or
/// nothing after it.
fn is_bearer(value: &[u8]) -> bool {
    let (scheme, rest) = value.split_at(value.len().min(6));
    scheme.eq_ignore_ascii_case(b"bearer") && rest.first().is_none_or(|next| *next == b' ')
}

/// A header's value from a byte on, without the blanks around it.
fn text(value: &[u8], from: usize) -> Option<Cow<'_, str>> {
    visible(value).and_then(|text| text.get(from..)).map(|text| Cow::Borrowed(text.trim_ascii()))
}

/// A header's value, if it is visible ASCII, blanks and tabs: no credential has anything else.
fn visible(value: &[u8]) -> Option<&str> {
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

/// The values of a cookie in one `Cookie` header (RFC 6265 section 4.2.1).
fn cookie_values<'r>(cookie: &'r [u8], name: &'static str) -> impl Iterator<Item = Cow<'r, str>> {
    let pairs = visible(cookie).unwrap_or_default().split(';');
    pairs.filter_map(move |pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(Cow::Borrowed(value.trim_matches('"')))
    })
}
