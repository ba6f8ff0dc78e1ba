#[scopewright::requires_scope("other")]
pub async fn list() {}
