use scopewright::actix::post;
use scopewright::requires_scope;

#[post("/reset")]
#[requires_scope("write:cameras")]
pub async fn reset() -> &'static str {
    "reset"
}
