use crate::prelude::*;

#[public(reason = "health")]
pub async fn check() -> impl Responder {
    "ok"
}
