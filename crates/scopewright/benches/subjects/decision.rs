//! The guard's decision against the bare test on words that a service would write by hand.

use scopewright::require::{All, Any, Is, Require};
use scopewright::{ModeIndex, ScopeEnforcement, Verdict, decide};
use scopewright_core::Caller;
use std::hint::black_box;

/// Words of a policy with up to 64 scopes, and of one with 917.
const SMALL: usize = 1;
const LARGE: usize = 15;

/// `granted & required == required`, word by word.
fn bare<const WORDS: usize>(granted: &[u64; WORDS], required: &[u64; WORDS]) -> bool {
    granted.iter().zip(required).all(|(granted, required)| granted & required == *required)
}

fn guarded<R: Require, const WORDS: usize>(granted: &[u64; WORDS]) -> bool {
    let caller = Caller {
        mode: ModeIndex(0),
        base: None,
        upgrades: &[],
        enforcement: black_box(ScopeEnforcement::Enforced),
        closure: granted,
    };
    decide(&R::OPERATION, Some(caller)) == Verdict::Allowed
}

pub fn bare_64() -> bool {
    bare::<SMALL>(black_box(&[0b1011_0110]), black_box(&[0b10]))
}

pub fn one_of_64() -> bool {
    guarded::<Is<1>, SMALL>(black_box(&[0b1011_0110]))
}

pub fn three_of_64() -> bool {
    guarded::<All<(Is<1>, Is<2>, Is<7>)>, SMALL>(black_box(&[0b1011_0110]))
}

pub fn either_of_64() -> bool {
    guarded::<Any<(All<(Is<0>, Is<1>)>, Is<2>)>, SMALL>(black_box(&[0b1011_0110]))
}

static GRANTED: [u64; LARGE] = [u64::MAX; LARGE];
static REQUIRED: [u64; LARGE] = [0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1];

pub fn bare_917() -> bool {
    bare::<LARGE>(black_box(&GRANTED), black_box(&REQUIRED))
}

pub fn one_of_917() -> bool {
    guarded::<Is<916>, LARGE>(black_box(&GRANTED))
}

pub fn three_of_917() -> bool {
    guarded::<All<(Is<128>, Is<448>, Is<896>)>, LARGE>(black_box(&GRANTED))
}
