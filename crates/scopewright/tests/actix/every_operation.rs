//! The test helper on the service under test, and on one that deviates from its policy.

use crate::scopes::{self, Scope};
use crate::service::{Cars, configure};
use actix_web::web::Data;
use scopewright::actix::{App, web};
use scopewright::testing::actix::{check, every_operation};
use scopewright::testing::cases;

#[actix_web::test]
async fn the_service_answers_every_case_as_its_policy_says() {
    let app = || App::new().app_data(Data::new(Cars("all"))).configure(configure);
    every_operation::<Scope>(app().guarded::<Scope>().unwrap()).await;
    let tried = check::<Scope>(app().guarded_unchecked(), cases()).await.unwrap();
    assert_eq!(tried, cases::<Scope>().count());
}

#[actix_web::test]
async fn a_weaker_guard_is_found() {
    let weaker = scopes::requires(Scope::VehicleFieldsRead, || async { "{}" });
    let app = App::new()
        .route("/vehicles/{id}", web::get().to(weaker))
        .app_data(Data::new(Cars("all")))
        .configure(configure);
    let reads = cases::<Scope>().filter(|case| case.operation_id == "get__vehicles__id_");
    let disagreements = check(app.guarded_unchecked(), reads).await.unwrap_err();
    let found: Vec<_> = disagreements.found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found[0],
        "`GET /vehicles/{id}` as `api_key` with `vehicle-fields:read`: expected `insufficient_scope` because it is just \
         below a least grant, but it was `let in` (200)"
    );
    assert_eq!(
        found.len(),
        10,
        "the grant below and the unrelated ones, in the five modes that enforce: {found:#?}"
    );
}
