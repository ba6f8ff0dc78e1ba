//! Requirements as types: what stands in a handler's `Guard<..>`, and the [`Operation`] each of them is.
//!
//! The attribute macros write these types; a person may write them as well. No value of them ever exists. Scopes,
//! modes and public reasons are the numbers of the generated enums: `Is<{ Scope::ReadCameras as u16 }>`.

use crate::sealed::Sealed;
use scopewright_core::{Decision, ModeDecision, ModeIndex, Operation, Requirement, ScopeIndex};
use std::marker::PhantomData;

/// What a caller must bring to run a handler, known at compile time. The types of this module implement it, and nothing
/// else does.
///
/// ```
/// use scopewright::require::{All, Any, Is, Require};
/// use scopewright_core::{decide, Caller, ModeIndex, ScopeEnforcement, Verdict};
///
/// type ReadAndWriteOrAdmin = Any<(All<(Is<0>, Is<1>)>, Is<2>)>;
/// let holding = |scopes: u64| {
///     let closure = [scopes];
///     let caller = Caller {
///         mode: ModeIndex(0),
///         base: None,
///         upgrades: &[],
///         enforcement: ScopeEnforcement::Enforced,
///         closure: &closure,
///     };
///     decide(&ReadAndWriteOrAdmin::OPERATION, Some(caller))
/// };
/// assert_eq!(holding(0b001), Verdict::InsufficientScope);
/// assert_eq!(holding(0b011), Verdict::Allowed);
/// assert_eq!(holding(0b100), Verdict::Allowed);
/// ```
pub trait Require: Sealed + 'static {
    /// The decisions for all auth modes.
    const OPERATION: Operation<'static>;
}

/// One scope.
#[derive(Debug)]
pub struct Is<const SCOPE: u16>;

/// Several scopes, all of them: a tuple of [`Is`]. Longer lists nest: the last member may be an `All`.
#[derive(Debug)]
pub struct All<T>(PhantomData<T>);

/// Several alternatives, one of them: a tuple of [`Is`] and [`All`]. The last member may be an `Any`.
#[derive(Debug)]
pub struct Any<T>(PhantomData<T>);

/// A valid credential; its scopes do not matter.
#[derive(Debug)]
pub struct Authenticated;

/// No credential needed, for a declared reason.
#[derive(Debug)]
pub struct Public<const REASON: u16>;

/// No credential needed, but one that is sent must be valid.
#[derive(Debug)]
pub struct OptionalAuth;

/// Never.
#[derive(Debug)]
pub struct Refused;

/// Not decided yet: denied for everybody.
#[derive(Debug)]
pub struct Deferred;

/// The requirement `R` for one auth mode, as a member of [`PerMode`].
#[derive(Debug)]
pub struct Via<const MODE: u8, R>(PhantomData<R>);

/// A requirement for each auth mode: a tuple of [`Via`], and what holds for every other mode. The last member of the
/// tuple may be a tuple of [`Via`] itself.
#[derive(Debug)]
pub struct PerMode<Modes, Otherwise>(PhantomData<(Modes, Otherwise)>);

/// The requirement `R`, and scopes the handler itself may ask for. Those decide nothing; naming them here makes the
/// compiler check that they exist.
#[derive(Debug)]
pub struct Noted<R, Scopes>(PhantomData<(R, Scopes)>);

/// A requirement that is the same for every mode.
#[doc(hidden)]
#[diagnostic::on_unimplemented(message = "`{Self}` is no requirement that one auth mode can have")]
pub trait Uniform: Sealed + 'static {
    const DECISION: Decision<'static>;
}

/// A list of scopes that are all needed.
#[doc(hidden)]
#[diagnostic::on_unimplemented(message = "`{Self}` is no list of scopes: write `Is<..>` or `All<(..)>`")]
pub trait AllOf: Sealed + 'static {
    const SCOPES: &'static [ScopeIndex];
}

/// A list of alternatives.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of alternatives: write `Is<..>`, `All<(..)>` or `Any<(..)>`"
)]
pub trait AnyOf: Sealed + 'static {
    const ALTERNATIVES: &'static [&'static [ScopeIndex]];
}

/// A list of decisions by mode.
#[doc(hidden)]
#[diagnostic::on_unimplemented(message = "`{Self}` is no list of modes: write `Via<mode, ..>`")]
pub trait ByMode: Sealed + 'static {
    const MODES: &'static [ModeDecision<'static>];
}

impl<const SCOPE: u16> AllOf for Is<SCOPE> {
    const SCOPES: &'static [ScopeIndex] = &[ScopeIndex(SCOPE)];
}

impl<T: ScopeTuple> AllOf for All<T> {
    const SCOPES: &'static [ScopeIndex] = T::JOINED;
}

impl<const SCOPE: u16> AnyOf for Is<SCOPE> {
    const ALTERNATIVES: &'static [&'static [ScopeIndex]] = &[Self::SCOPES];
}

impl<T: ScopeTuple> AnyOf for All<T> {
    const ALTERNATIVES: &'static [&'static [ScopeIndex]] = &[T::JOINED];
}

impl<T: AlternativeTuple> AnyOf for Any<T> {
    const ALTERNATIVES: &'static [&'static [ScopeIndex]] = T::JOINED;
}

impl<const MODE: u8, R> Sealed for Via<MODE, R> {}

impl<const MODE: u8, R: Uniform> ByMode for Via<MODE, R> {
    const MODES: &'static [ModeDecision<'static>] =
        &[ModeDecision { mode: ModeIndex(MODE), decision: R::DECISION }];
}

macro_rules! uniform {
    ($([$($generics:tt)*] $name:ty = $decision:expr;)*) => {$(
        impl<$($generics)*> Uniform for $name {
            const DECISION: Decision<'static> = $decision;
        }
        impl<$($generics)*> Sealed for $name {}
        impl<$($generics)*> Require for $name {
            const OPERATION: Operation<'static> = Operation::uniform(<Self as Uniform>::DECISION);
        }
    )*};
}

uniform! {
    [const SCOPE: u16] Is<SCOPE> = Decision::Scoped(Requirement::new(Self::ALTERNATIVES));
    [T: ScopeTuple + 'static] All<T> = Decision::Scoped(Requirement::new(Self::ALTERNATIVES));
    [T: AlternativeTuple + 'static] Any<T> = Decision::Scoped(Requirement::new(Self::ALTERNATIVES));
    [] Authenticated = Decision::Authenticated;
    [const REASON: u16] Public<REASON> = Decision::Public;
    [] OptionalAuth = Decision::OptionalAuth;
    [] Refused = Decision::Refused;
    [] Deferred = Decision::Deferred;
}

impl<Modes, Otherwise> Sealed for PerMode<Modes, Otherwise> {}

impl<Modes: ByMode, Otherwise: Uniform> Require for PerMode<Modes, Otherwise> {
    const OPERATION: Operation<'static> = Operation { by_mode: Modes::MODES, otherwise: Otherwise::DECISION };
}

impl<R, Scopes> Sealed for Noted<R, Scopes> {}

impl<R: Require, Scopes: 'static> Require for Noted<R, Scopes> {
    const OPERATION: Operation<'static> = R::OPERATION;
}

/// The room for lists that nest; without nesting a list takes exactly what it needs.
const ROOM: usize = 128;

/// A tuple of [`AllOf`], its lists joined.
#[doc(hidden)]
pub trait ScopeTuple: Sealed + 'static {
    const JOINED: &'static [ScopeIndex];
}

/// A tuple of [`AnyOf`], its lists joined.
#[doc(hidden)]
pub trait AlternativeTuple: Sealed + 'static {
    const JOINED: &'static [&'static [ScopeIndex]];
}

const NO_SCOPES: &[ScopeIndex] = &[];
const NO_MODE: ModeDecision<'static> = ModeDecision { mode: ModeIndex(0), decision: Decision::Refused };

/// The lists one after the other, cut at `N`; `filler` fills what is left.
#[expect(clippy::indexing_slicing, reason = "the loops compare each index with the length")]
const fn concat<T: Copy, const N: usize>(lists: &[&[T]], filler: T) -> [T; N] {
    let mut joined = [filler; N];
    let (mut list, mut end) = (0, 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() && end < N {
            joined[end] = lists[list][at];
            end += 1;
            at += 1;
        }
        list += 1;
    }
    joined
}

#[expect(clippy::indexing_slicing, reason = "the loop compares the index with the length")]
const fn total<T>(lists: &[&[T]]) -> usize {
    let (mut list, mut total) = (0, 0);
    while list < lists.len() {
        total += lists[list].len();
        list += 1;
    }
    total
}

const fn prefix<T>(list: &[T], length: usize) -> &[T] {
    assert!(length <= ROOM, "a requirement names at most 128 scopes, alternatives or modes");
    list.split_at(length).0
}

/// Joins the lists of a tuple's members. Generic constants can't size an array by another constant, so the usual
/// case, in which every member is a list of one, has an array of the tuple's own length, and nested lists share one
/// with more room of which only the front is kept.
macro_rules! join {
    ($length:literal: $($member:ident)+) => {
        impl<$($member),+> Sealed for ($($member,)+) {}
        join!(ScopeTuple, JOINED, AllOf, SCOPES, ScopeIndex, ScopeIndex(0), $length: $($member)+);
        join!(AlternativeTuple, JOINED, AnyOf, ALTERNATIVES, &'static [ScopeIndex], NO_SCOPES, $length: $($member)+);
        join!(ByMode, MODES, ByMode, MODES, ModeDecision<'static>, NO_MODE, $length: $($member)+);
    };
    ($tuple:ident, $joined:ident, $list:ident, $of:ident, $item:ty, $filler:expr, $length:literal: $($member:ident)+) => {
        impl<$($member: $list),+> $tuple for ($($member,)+) {
            const $joined: &'static [$item] = match total(&[$($member::$of),+]) {
                $length => const { &concat::<$item, $length>(&[$($member::$of),+], $filler) },
                length => prefix(const { &concat::<$item, ROOM>(&[$($member::$of),+], $filler) }, length),
            };
        }
    };
}

join!(1: A);
join!(2: A B);
join!(3: A B C);
join!(4: A B C D);
join!(5: A B C D E);
join!(6: A B C D E F);
join!(7: A B C D E F G);
join!(8: A B C D E F G H);
join!(9: A B C D E F G H I);
join!(10: A B C D E F G H I J);
join!(11: A B C D E F G H I J K);
join!(12: A B C D E F G H I J K L);

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(alternatives: &[&[ScopeIndex]]) -> Vec<Vec<u16>> {
        alternatives.iter().map(|all_of| all_of.iter().map(|scope| scope.0).collect()).collect()
    }

    #[test]
    fn nested_lists_are_joined_in_order() {
        type Nested = Any<(Is<7>, All<(Is<1>, Is<2>, All<(Is<3>, Is<4>)>)>, Any<(Is<5>, Is<6>)>)>;
        assert_eq!(scopes(Nested::ALTERNATIVES), [vec![7], vec![1, 2, 3, 4], vec![5], vec![6]]);
    }

    #[test]
    fn modes_have_decisions_of_their_own() {
        type Mixed = PerMode<(Via<0, Is<3>>, (Via<2, Refused>, Via<4, OptionalAuth>)), Authenticated>;
        let operation = <Noted<Mixed, (Is<9>,)> as Require>::OPERATION;
        assert_eq!(operation.for_mode(ModeIndex(0), None), Is::<3>::DECISION);
        assert_eq!(operation.for_mode(ModeIndex(1), None), Decision::Authenticated);
        assert_eq!(operation.for_mode(ModeIndex(2), None), Decision::Refused);
        assert_eq!(operation.for_mode(ModeIndex(4), None), Decision::OptionalAuth);
    }
}
