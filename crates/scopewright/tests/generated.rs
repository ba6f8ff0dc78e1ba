//! Compiles the committed generated modules and asks them what the policy says.

#![deny(warnings, clippy::pedantic)]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod everything {
    #![deny(missing_docs)]
    include!("../../scopewright-emit/tests/golden/rust/everything.rs");
}

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod nothing {
    #![deny(missing_docs)]
    include!("../../scopewright-emit/tests/golden/rust/nothing.rs");
}

use everything::{AuthMode, PublicReason, Scope, bundles};
use scopewright::{Catalogue, Status};

#[test]
fn names_go_both_ways() {
    for scope in Scope::ALL {
        assert_eq!(scope.as_str().parse(), Ok(*scope));
        assert_eq!(scope.to_string(), scope.as_str());
    }
    assert_eq!("cars:read".parse(), Ok(Scope::VehiclesRead), "an alias inside its window");
    assert!("Vehicles:Read".parse::<Scope>().is_err());
    assert_eq!("query-key".parse(), Ok(AuthMode::QueryKey));
    assert_eq!("open-data".parse(), Ok(PublicReason::OpenData));
    assert_eq!(nothing::Scope::ALL, []);
    assert!("".parse::<nothing::Scope>().is_err());
}

#[test]
fn implications_reach_over_levels() {
    assert_eq!(Scope::VehiclesWrite.implies(), [Scope::VehiclesRead]);
    let closure: Vec<_> = Scope::VehiclesWrite.closure().iter().map(|scope| scope.0).collect();
    assert_eq!(closure, [0, 1, 2]);
    assert_eq!(bundles::READ_ONLY, [Scope::VehicleFieldsRead, Scope::VehiclesRead]);
}

#[test]
fn statuses_are_the_policys() {
    assert_eq!(Scope::Planned.status(), Status::Planned);
    assert_eq!(Scope::UnderReview.status(), Status::UnderReview);
    assert_eq!(Scope::Beta.status(), Status::Beta);
    assert_eq!(Scope::VehiclesRead.status(), Status::Stable);
}

#[test]
fn a_name_leads_to_its_scope_however_its_variant_is_called() {
    use scopewright_core::naming::fingerprint;
    assert_eq!(everything::named(Scope::AB, fingerprint("a:b")), Scope::AB as u16);
    assert_eq!(everything::named(Scope::AB, fingerprint("a.b")), Scope::ADotB as u16);
    assert_eq!(everything::named(Scope::ZoneRead, fingerprint("#zone:read")), Scope::Hash as u16);
    #[expect(deprecated, reason = "the old name is what is tested")]
    let renamed = everything::named(Scope::CarsRead, fingerprint("cars:read"));
    assert_eq!(renamed, Scope::VehiclesRead as u16);
    assert!(std::panic::catch_unwind(|| everything::named(Scope::AB, fingerprint("a-b"))).is_err());
    assert_eq!(everything::named_mode(AuthMode::QueryKey, fingerprint("query-key")), 3);
    assert_eq!(everything::named_reason(PublicReason::OpenData, fingerprint("open-data")), 1);
}

#[test]
fn only_live_scopes_can_be_granted() {
    let grant = |name: &str| everything::Grant::from_scopes(AuthMode::ApiKey, [name]);
    for scope in Scope::ALL {
        assert_eq!(grant(scope.as_str()).holds(*scope), scope.status().is_live(), "{scope}");
        let of = everything::Grant::of(AuthMode::ApiKey, [*scope]);
        assert_eq!(of.closure_set(), grant(scope.as_str()).closure_set(), "{scope}");
        assert_eq!(of.unknown_scopes() == 0, scope.status().is_live(), "{scope}");
    }
    assert_eq!(grant("planned").unknown_scopes(), 1);
}

#[test]
fn routes_are_sorted_and_say_where_they_come_from() {
    let rows = everything::ROUTES;
    assert!(rows.is_sorted_by_key(|row| (row.path, row.method.as_str())));
    let declared: Vec<_> = rows.iter().filter(|row| !row.is_handler).map(|row| row.path).collect();
    assert_eq!(declared, ["/docs/{*path}"]);
    assert_eq!(Scope::policy().routes.len(), rows.len());
}
