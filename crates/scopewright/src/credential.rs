//! Finds the credential of a request where the policy says one is, and refuses to choose between two unless the policy
//! says which one counts.

mod alone;
mod place;
mod several;

use crate::catalogue::{Catalogue, CompiledPolicy, Credential};
use crate::modes::ModeSet;
use alone::Alone;
use place::{Content, Piece, Place, Within};
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

/// The value of a header, as the framework has it.
pub(crate) trait HeaderText {
    fn octets(&self) -> &[u8];

    /// The whole value, if it is visible ASCII, blanks and tabs.
    fn visible(&self) -> Option<&str>;
}

/// A framework's type for the value of a header: two versions of one type.
macro_rules! header_text {
    ($value:ty) => {
        impl crate::credential::HeaderText for $value {
            #[inline]
            fn octets(&self) -> &[u8] {
                self.as_bytes()
            }

            #[inline]
            fn visible(&self) -> Option<&str> {
                self.to_str().ok()
            }
        }
    };
}
pub(crate) use header_text;

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
    /// Whether each credential is in a header and is one by itself.
    is_simple: bool,
}

/// What stands at the places of one request: each place once, in the order found.
#[derive(Debug)]
enum Carried<'r> {
    Nothing,
    One(usize, Piece<'r>),
    More(Vec<(usize, Piece<'r>)>),
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
            is_simple: true,
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
        places.is_simple = places.in_query.is_empty() && places.parts.is_empty();
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
    /// one. `headers` begins anew at each call.
    #[expect(clippy::inline_always, reason = "as a call it hands what it found over in memory")]
    #[inline(always)]
    pub(crate) fn find<'r, H, V>(&self, headers: impl Fn() -> H, query: Option<&'r str>) -> Found<'r>
    where
        N: 'r,
        V: HeaderText + 'r,
        H: Iterator<Item = (&'r N, &'r V)>,
    {
        let among_all = || self.find_among_all(headers().map(|(name, value)| (name, value.octets())), query);
        let found = match self.find_alone(headers()) {
            Alone::Nothing => Found::Nothing,
            Alone::One(modes, secret) => Found::One(modes, Secrets::One(Cow::Borrowed(secret))),
            Alone::Unclear => return among_all(),
        };
        debug_assert_eq!(found, among_all(), "both ways find the same");
        found
    }

    /// The same in one pass over everything the request carries: a request has few headers, and looking one up by its
    /// hash costs as much as passing five.
    fn find_among_all<'r>(
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
}

fn modes_of(pieces: &[(usize, Piece<'_>)]) -> ModeSet {
    pieces.iter().fold(ModeSet::default(), |all, (_, piece)| all.with(piece.modes))
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
