//! Finds the credential of a request where the policy says one is, and refuses to choose between two unless the policy
//! says which one counts.

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
    /// The one that counts: alone, several that are one together, or one that all others yield to.
    One(ModeSet, Secrets<'r>),
    /// Something that can't be a valid credential of these modes: another prefix, no text, a part without the rest.
    Unusable(ModeSet),
    /// Several of these modes, none of which counts more than the others; or one of them twice.
    Several(ModeSet),
}

/// The places where a policy's credentials are. `N` is the framework's type for the name of a header: comparing two of
/// them costs less than comparing texts.
#[derive(Debug)]
pub(crate) struct Places<N> {
    policy: &'static CompiledPolicy,
    in_headers: Vec<(N, Place)>,
    in_query: Vec<Place>,
    /// The modes that are made of several credentials, with their members.
    together: Vec<(ModeIndex, &'static [ModeIndex])>,
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

/// What stands at one place of a request.
#[derive(Debug)]
struct Piece<'r> {
    /// The modes it can be of.
    modes: ModeSet,
    content: Content<'r>,
}

#[derive(Debug)]
enum Content<'r> {
    Secret(Cow<'r, str>),
    /// It is empty, no text, or of no mode of its place.
    Malformed,
    /// It is there more than once.
    Repeated,
}

/// What stands at the places of one request: each place once, in the order found.
#[derive(Debug)]
enum Carried<'r> {
    Nothing,
    One(usize, Piece<'r>),
    More(Vec<(usize, Piece<'r>)>),
}

/// One way to read what a request carries: these pieces, by position, are a credential of one of these modes.
#[derive(Debug, PartialEq, Eq)]
struct Reading {
    pieces: Vec<usize>,
    modes: ModeSet,
    /// The members in the order of the policy, where it is made of several.
    members: &'static [ModeIndex],
}

impl<N: PartialEq + TryFrom<&'static str>> Places<N> {
    /// The places of a policy, each once, in the order of the policy's modes.
    pub(crate) fn of(policy: &'static CompiledPolicy) -> Self {
        let mut places = Self {
            policy,
            in_headers: Vec::new(),
            in_query: Vec::new(),
            together: Vec::new(),
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
                Credential::Together(members) => places.together.push((mode, members)),
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

    /// The one credential of a request that counts. Of two in one place none does, and of two in different places one
    /// only if the policy says that the other yields to it: which caller would it be? Those that a mode is made of are
    /// one.
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
        let mut sent = Carried::Nothing;
        let mut authorizations = 0_usize;
        for (header, value) in headers {
            let mut is_authorization = false;
            for (at, (name, place)) in self.in_headers.iter().enumerate() {
                if name == header {
                    is_authorization |= place.in_authorization;
                    sent = sent.with(at, place.in_value(value));
                }
            }
            authorizations += usize::from(is_authorization);
        }
        for (at, place) in self.in_query.iter().enumerate() {
            sent = sent.with(self.in_headers.len() + at, place.in_query(query));
        }
        // RFC 9110 section 11.6.2 has one `Authorization`. A second one, of whatever scheme, makes the first doubtful.
        let is_doubtful = authorizations > 1;
        match sent {
            Carried::Nothing => Found::Nothing,
            Carried::One(_, piece) if is_doubtful => Found::Several(piece.modes),
            Carried::One(_, piece) => self.only(piece),
            Carried::More(pieces) if is_doubtful => Found::Several(modes_of(&pieces)),
            Carried::More(pieces) => self.several(pieces),
        }
    }

    /// What the only piece of a request is.
    fn only<'r>(&self, piece: Piece<'r>) -> Found<'r> {
        match piece.content {
            Content::Secret(secret) => {
                let modes = piece.modes.without(self.parts);
                if modes.is_empty() {
                    Found::Unusable(piece.modes)
                } else {
                    Found::One(modes, Secrets::One(secret))
                }
            }
            Content::Malformed => Found::Unusable(piece.modes),
            Content::Repeated => Found::Several(piece.modes),
        }
    }

    /// What several pieces at different places are: all that a mode is made of and nothing else, or a credential that
    /// everything else yields to.
    #[cold]
    fn several<'r>(&self, pieces: Vec<(usize, Piece<'r>)>) -> Found<'r> {
        let readings = self.readings(&pieces);
        let whole = readings.iter().find(|reading| reading.pieces.len() == pieces.len());
        let chosen = whole.or_else(|| {
            let mut first = readings.iter().filter(|reading| self.goes_first(reading, &readings, &pieces));
            // The policy stage lets no order through of which two could be first.
            first.next().filter(|_| first.next().is_none())
        });
        match chosen {
            Some(reading) => reading.credential(pieces),
            None => Found::Several(modes_of(&pieces)),
        }
    }

    /// Every credential that can be read in several pieces.
    fn readings(&self, pieces: &[(usize, Piece<'_>)]) -> Vec<Reading> {
        let by_themselves = pieces.iter().enumerate().filter_map(|(at, (_, piece))| {
            let modes = piece.modes.without(self.parts);
            (!modes.is_empty()).then(|| Reading { pieces: vec![at], modes, members: &[] })
        });
        let mut readings: Vec<Reading> = by_themselves.collect();
        for (mode, members) in &self.together {
            // INVARIANT: members have places of their own, and what stands at one place is of modes of that place. So
            // no piece is that of two members.
            let piece_of = |member: &ModeIndex| pieces.iter().position(|(_, it)| it.modes.contains(*member));
            let Some(mut of_members) = members.iter().map(piece_of).collect::<Option<Vec<_>>>() else {
                continue;
            };
            of_members.sort_unstable();
            match readings.iter_mut().find(|reading| reading.pieces == of_members) {
                Some(known) => known.modes.insert(*mode),
                None => {
                    let mut modes = ModeSet::default();
                    modes.insert(*mode);
                    readings.push(Reading { pieces: of_members, modes, members });
                }
            }
        }
        readings
    }

    /// Whether every piece that is not of a reading yields to it: by itself, or as one of several that are one.
    fn goes_first(&self, reading: &Reading, readings: &[Reading], pieces: &[(usize, Piece<'_>)]) -> bool {
        let yields = |modes: ModeSet| self.yield_to(modes, reading.modes);
        pieces.iter().enumerate().filter(|(at, _)| !reading.pieces.contains(at)).all(|(at, (_, piece))| {
            let is_of = |other: &&Reading| !other.members.is_empty() && other.pieces.contains(&at);
            yields(piece.modes) || readings.iter().filter(is_of).any(|other| yields(other.modes))
        })
    }

    /// Whether a credential of whichever of `modes` yields to one of whichever of `others`.
    fn yield_to(&self, modes: ModeSet, others: ModeSet) -> bool {
        modes.iter().all(|mode| {
            self.policy
                .mode(mode)
                .is_some_and(|row| others.iter().all(|other| row.yields_to.contains(&other)))
        })
    }
}

fn modes_of(pieces: &[(usize, Piece<'_>)]) -> ModeSet {
    pieces.iter().fold(ModeSet::default(), |all, (_, piece)| all.with(piece.modes))
}

impl Reading {
    /// The credential that the pieces of this reading are.
    fn credential<'r>(&self, pieces: Vec<(usize, Piece<'r>)>) -> Found<'r> {
        let own = pieces.into_iter().enumerate().filter(|(at, _)| self.pieces.contains(at));
        let mut parts = Vec::new();
        let mut modes_sent = ModeSet::default();
        let (mut is_malformed, mut is_repeated) = (false, false);
        for (_, (_, piece)) in own {
            modes_sent = modes_sent.with(piece.modes);
            match piece.content {
                Content::Secret(secret) => parts.push((piece.modes, secret)),
                Content::Malformed => is_malformed = true,
                Content::Repeated => is_repeated = true,
            }
        }
        if is_repeated {
            return Found::Several(modes_sent);
        }
        if is_malformed {
            return Found::Unusable(self.modes);
        }
        if self.members.is_empty() {
            let only = parts.into_iter().next();
            return only.map_or(Found::Nothing, |(_, secret)| Found::One(self.modes, Secrets::One(secret)));
        }
        parts.sort_by_key(|(modes, _)| self.members.iter().position(|member| modes.contains(*member)));
        Found::One(self.modes, Secrets::Together(parts))
    }
}

impl<'r> Carried<'r> {
    /// The same, and what stands at one more place.
    #[inline]
    fn with(self, place: usize, piece: Option<Piece<'r>>) -> Self {
        match (self, piece) {
            (sent, None) => sent,
            (Self::Nothing, Some(piece)) => Self::One(place, piece),
            (sent, Some(piece)) => sent.and(place, piece),
        }
    }

    #[cold]
    fn and(self, place: usize, piece: Piece<'r>) -> Self {
        let mut pieces = match self {
            Self::Nothing => Vec::new(),
            Self::One(at, first) => vec![(at, first)],
            Self::More(pieces) => pieces,
        };
        // So a request has at most as many pieces as the policy has places, however long it is.
        match pieces.iter_mut().find(|(at, _)| *at == place) {
            Some((_, known)) => known.repeat(piece.modes),
            None => pieces.push((place, piece)),
        }
        match <[_; 1]>::try_from(pieces) {
            Ok([(at, only)]) => Self::One(at, only),
            Err(pieces) => Self::More(pieces),
        }
    }
}

impl Piece<'_> {
    /// There is another one at the same place.
    fn repeat(&mut self, modes: ModeSet) {
        self.modes = self.modes.with(modes);
        self.content = Content::Repeated;
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

    fn in_value<'r>(&self, value: &'r [u8]) -> Option<Piece<'r>> {
        match self.within {
            Within::Value => {
                let piece = self.one(text(value).map(Cow::Borrowed));
                // Another scheme of `Authorization` is not ours.
                let is_ours = !self.in_authorization || !matches!(piece.content, Content::Malformed);
                is_ours.then_some(piece)
            }
            Within::Bearer => bearer(value).map(|token| self.one(token.and_then(text).map(Cow::Borrowed))),
            Within::Cookie(name) => self.all(cookie_values(value, name).map(|value| {
                // RFC 6265 section 4.1.1: a value may stand between quotes.
                text(value).map(|value| Cow::Borrowed(value.trim_matches('"')))
            })),
            Within::Parameter(_) => None,
        }
    }

    fn in_query<'r>(&self, query: Option<&'r str>) -> Option<Piece<'r>> {
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

/// The token of an `Authorization` of the scheme `Bearer`, which knows no case (RFC 9110 section 11.1); `None` of any other
/// scheme. A scheme ends where no character of a token follows (section 5.6.2), and one blank at least has to be there
/// (RFC 6750 section 2.1): with anything else the credential is malformed, `Some(None)`.
fn bearer(value: &[u8]) -> Option<Option<&[u8]>> {
    let value = value.trim_ascii_start();
    let (scheme, rest) = value.split_at(value.len().min(6));
    let is_longer = |next: &u8| next.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(next);
    match rest {
        _ if !scheme.eq_ignore_ascii_case(b"bearer") => None,
        [b' ', token @ ..] => Some(Some(token)),
        [next, ..] if is_longer(next) => None,
        _ => Some(None),
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
