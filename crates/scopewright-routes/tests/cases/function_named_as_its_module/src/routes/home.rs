use scopewright::requires_scope;

#[requires_scope("home")]
pub async fn home() {}

#[requires_scope("more")]
pub async fn more() {}
