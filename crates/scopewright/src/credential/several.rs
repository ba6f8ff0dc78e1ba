//! Which of several credentials in one request counts.

use super::place::{Content, Piece};
use super::{Found, Places, Secrets, modes_of};
use crate::modes::ModeSet;
use scopewright_core::ModeIndex;

/// One way to read what a request carries: these pieces, by position, are a credential of one of these modes.
#[derive(Debug, PartialEq, Eq)]
struct Reading {
    pieces: Vec<usize>,
    modes: ModeSet,
    /// The members in the order of the policy, where it is made of several.
    members: &'static [ModeIndex],
}

impl<N> Places<N> {
    /// What several pieces at different places are: all that a mode is made of and nothing else, or a credential that
    /// everything else yields to.
    #[cold]
    pub(super) fn several<'r>(&self, pieces: Vec<(usize, Piece<'r>)>) -> Found<'r> {
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
            if let Some(known) = readings.iter_mut().find(|reading| reading.pieces == of_members) {
                known.modes.insert(*mode);
            } else {
                let mut modes = ModeSet::default();
                modes.insert(*mode);
                readings.push(Reading { pieces: of_members, modes, members });
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
