#[scopewright::public(reason = "health")]
pub async fn health() -> &'static str {
    "ok"
}
