//! A credential as a policy reads it: which of its names grant something, and whether it is one at all.
//!
//! The answer of the run time, asked of a policy: names are looked up in the table that generated code holds, and
//! [`UnknownNames::refuses`](crate::core::UnknownNames::refuses) says what becomes of those that are not in it.

use crate::Policy;
use crate::core::{ModeIndex, NameTable, ScopeIndex, Status, name_slots};
use crate::policy::Alias;
use std::collections::BTreeSet;

/// A credential of a mode, with the names it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential<'p> {
    /// Its mode.
    pub mode: ModeIndex,
    /// The names it carries, each once, in the order they came.
    pub names: Vec<CredentialName<'p>>,
    /// The scopes they grant, each once, sorted by index.
    pub granted: Vec<ScopeIndex>,
    /// Why it is no valid one, if it is none.
    pub invalid: Option<InvalidCredential>,
}

/// A name in a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialName<'p> {
    /// The name.
    pub name: String,
    /// The scope it grants. None is a name that grants nothing.
    pub grants: Option<ScopeIndex>,
    /// What the policy says of it.
    pub standing: NameStanding<'p>,
}

/// What a policy says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameStanding<'p> {
    /// It is a scope.
    Scope(ScopeIndex),
    /// It is an old name of a scope.
    OldName(&'p Alias),
    /// It is none of this policy.
    Unknown,
}

/// Why a credential that is what its issuer made it is no valid one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidCredential {
    /// It is of a mode that is only a part of another one.
    Part,
    /// Names in it grant nothing, and its mode denies such a one.
    UnknownNames,
}

impl Credential<'_> {
    /// What it is to the guard, in the words of events and machine forms: `valid`, `unknown_scopes` or `invalid`.
    pub const fn word(&self) -> &'static str {
        match self.invalid {
            None => "valid",
            Some(InvalidCredential::UnknownNames) => "unknown_scopes",
            Some(InvalidCredential::Part) => "invalid",
        }
    }
}

impl CredentialName<'_> {
    /// The status of what it is a name of, none if it is a name of nothing.
    pub fn status(&self, policy: &Policy) -> Option<Status> {
        match self.standing {
            NameStanding::Scope(scope) => Some(policy.scope(scope).status),
            NameStanding::OldName(alias) => Some(policy.scope(alias.target).status),
            NameStanding::Unknown => None,
        }
    }
}

impl Policy {
    /// The names a grant may carry, with the scopes they grant: those of live scopes, and old names of live scopes. What
    /// generated code holds as its [`NameTable`].
    pub fn names_of_grants(&self) -> Vec<(&str, ScopeIndex)> {
        let own = self.scopes_indexed().map(|(at, scope)| (scope.name.as_str(), at));
        let old = self.aliases.iter().map(|alias| (alias.name.as_str(), alias.target));
        own.chain(old).filter(|(_, scope)| self.scope(*scope).status.is_live()).collect()
    }

    /// A credential of a mode that carries these names, as the run time reads it.
    pub fn credential<'n>(
        &self,
        mode: ModeIndex,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Credential<'_> {
        let of_grants = self.names_of_grants();
        let slots = name_slots(&of_grants.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let table = NameTable { slots: &slots, names: &of_grants };
        let mut read: Vec<CredentialName<'_>> = Vec::new();
        let mut granted = Vec::new();
        let mut unknown: u32 = 0;
        // A key's list is pasted as it is, and may be long.
        let mut seen = BTreeSet::new();
        for name in names {
            let grants = table.find(name);
            match grants {
                Some(scope) => granted.push(scope),
                None => unknown = unknown.saturating_add(1),
            }
            if seen.insert(name) {
                read.push(CredentialName { name: name.to_owned(), grants, standing: self.standing(name) });
            }
        }
        granted.sort_unstable();
        granted.dedup();
        let of_mode = self.mode(mode);
        let invalid = if !of_mode.alone {
            Some(InvalidCredential::Part)
        } else if of_mode.unknown_scopes.refuses(of_mode.enforcement, unknown) {
            Some(InvalidCredential::UnknownNames)
        } else {
            None
        };
        Credential { mode, names: read, granted, invalid }
    }

    fn standing(&self, name: &str) -> NameStanding<'_> {
        let old = || self.aliases.iter().find(|alias| alias.name == name);
        match self.scope_named(name) {
            Some(scope) => NameStanding::Scope(scope),
            None => old().map_or(NameStanding::Unknown, NameStanding::OldName),
        }
    }
}
