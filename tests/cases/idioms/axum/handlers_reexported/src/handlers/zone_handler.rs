#[scopewright::requires_scope("read:cameras")]
pub async fn list() -> &'static str {
    "zones"
}
