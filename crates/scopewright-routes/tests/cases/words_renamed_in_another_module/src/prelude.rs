pub use axum::routing::*;
pub use axum::serve as launch;
pub use axum::Router as App;
pub use scopewright::requires_scope as rs;
pub type State = App<()>;
