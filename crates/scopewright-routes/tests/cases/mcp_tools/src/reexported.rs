use crate::api::*;
use rmcp::*;

#[tool]
fn by_glob() {}
