//! Functions of every shape stay what they were, with a guard in front, and without a warning.

#![deny(warnings, unused_qualifications, clippy::pedantic)]
#![allow(missing_docs, clippy::unused_async, reason = "the functions are only here to be called")]

pub mod scopes {
    #![allow(missing_docs, clippy::pedantic, reason = "stands for a generated module")]
    include!("support/scopes.in");
}

use scopes::rt::require::{
    All, Any, Authenticated, Deferred, Is, Noted, OptionalAuth, PerMode, Public, Refused, Via,
};
use scopes::{AuthMode, Guard, PublicReason, Scope};
use scopewright_macros::{optional_auth, public, refused, requires_auth, requires_scope, scope_todo};

const READ_CAMERAS: u16 = Scope::ReadCameras as u16;
const WRITE_CAMERAS: u16 = Scope::WriteCameras as u16;
const READ_EVENTS: u16 = Scope::ReadEvents as u16;
const ADMIN: u16 = Scope::Admin as u16;
const API_KEY: u8 = AuthMode::ApiKey as u8;
const OPERATOR: u8 = AuthMode::Operator as u8;

#[requires_scope("read:cameras")]
#[must_use]
pub fn plain() -> u8 {
    1
}

#[test]
fn function_without_parameters() {
    assert_eq!(plain(Guard::<Is<READ_CAMERAS>>::for_test()), 1);
}

#[requires_scope("read:cameras", WriteCameras, Scope::Admin)]
const fn several(number: u8) -> u8 {
    number
}

#[test]
fn several_scopes_in_every_spelling() {
    assert_eq!(several(Guard::<All<(Is<READ_CAMERAS>, Is<WRITE_CAMERAS>, Is<ADMIN>)>>::for_test(), 2), 2);
}

#[requires_scope(any("admin", all("read:cameras", "read:events")))]
pub(crate) extern "C" fn qualified(number: u8) -> u8 {
    number
}

#[test]
fn visibility_and_abi() {
    let guard = Guard::<Any<(Is<ADMIN>, All<(Is<READ_CAMERAS>, Is<READ_EVENTS>)>)>>::for_test();
    assert_eq!(qualified(guard, 3), 3);
}

#[requires_auth]
fn generic<T, const N: usize, F: Fn(T) -> Vec<Vec<u8>>>(make: F, items: &[T; N]) -> usize
where
    T: Default,
{
    make(T::default()).len() + items.len()
}

#[test]
fn generic_function_with_an_arrow_in_its_bounds() {
    assert_eq!(generic::<u8, 2, _>(Guard::<Authenticated>::for_test(), |_| vec![vec![1]], &[1, 2]), 3);
}

struct Cameras;

impl Cameras {
    #[public(reason = "health")]
    fn associated(number: u8) -> u8 {
        number
    }
}

#[test]
fn associated_function() {
    let guard = Guard::<Public<{ PublicReason::Health as u16 }>>::for_test();
    assert_eq!(Cameras::associated(guard, 4), 4);
}

trait Handlers {
    #[optional_auth]
    fn declared(number: u8) -> u8;
}

impl Handlers for Cameras {
    #[optional_auth]
    fn declared(number: u8) -> u8 {
        number
    }
}

#[test]
fn trait_function() {
    assert_eq!(Cameras::declared(Guard::<OptionalAuth>::for_test(), 5), 5);
}

#[requires_scope("read:cameras", via = "api_key")]
/// Attributes of others stay, in their order.
#[must_use]
#[scopewright_macros::requires_auth(via = "operator")]
fn stacked() -> u8 {
    6
}

#[test]
fn rules_for_two_modes() {
    type Rule = PerMode<(Via<API_KEY, Is<READ_CAMERAS>>, Via<OPERATOR, Authenticated>), Refused>;
    assert_eq!(stacked(Guard::<Rule>::for_test()), 6);
}

#[refused(via = "operator")]
#[requires_scope("read:cameras", may_require("read:events", when = "`?with=events`"))]
fn noted() {}

#[test]
fn rule_for_the_other_modes_and_a_note() {
    type Rule = Noted<PerMode<(Via<OPERATOR, Refused>,), Is<READ_CAMERAS>>, (Is<READ_EVENTS>,)>;
    noted(Guard::<Rule>::for_test());
}

#[scope_todo("CAM-12")]
fn undecided() {}

#[test]
fn undecided_function() {
    undecided(Guard::<Deferred>::for_test());
}

#[requires_auth]
fn seven(one: u8, two: u8, three: u8, four: u8, five: u8, six: u8, seven: u8) -> u8 {
    one + two + three + four + five + six + seven
}

#[test]
fn as_many_parameters_as_clippy_allows() {
    assert_eq!(seven(Guard::<Authenticated>::for_test(), 1, 1, 1, 1, 1, 1, 1), 7);
}

macro_rules! handlers {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($scope:literal, $($parameter:ident: $ty:ty),*)) => {
        #[requires_scope($scope)]
        $(#[$meta])*
        $vis fn $name($($parameter: $ty),*) -> usize {
            [$(usize::from($parameter)),*].len()
        }
    };
    ($item:item) => {
        #[requires_auth]
        $item
    };
}

handlers!(#[must_use] pub(crate) fn made("read:cameras", a: u8, b: u8));
handlers!(
    fn passed_on() -> u8 {
        8
    }
);

#[test]
fn function_made_by_a_macro() {
    assert_eq!(made(Guard::<Is<READ_CAMERAS>>::for_test(), 1, 2), 2);
    assert_eq!(passed_on(Guard::<Authenticated>::for_test()), 8);
}
