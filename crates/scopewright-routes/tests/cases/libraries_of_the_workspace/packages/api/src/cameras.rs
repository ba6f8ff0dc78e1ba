use scopewright::requires_scope;

#[requires_scope("read:cameras")]
pub async fn list() {}

#[requires_scope("write:cameras")]
pub async fn create() {}

#[requires_scope("internal")]
pub async fn internal() {}
