use scopewright::actix::web;
use scopewright::axum::{GuardedService, Router, TableMismatch, routing::get};
use scopewright::requires_scope;
scopewright::include_scopes!();
#[requires_scope("a")]
async fn a() {}
#[requires_scope("b")]
async fn b() {}
fn part() -> Router { Router::new().route("/a", get(a)) }
pub fn app() -> Result<GuardedService, TableMismatch> { Ok(part().guarded::<scopes::Scope>()?.layer(())) }
pub fn configure(cfg: &mut web::ServiceConfig) { cfg.service(web::resource("/b").get(b)); }
