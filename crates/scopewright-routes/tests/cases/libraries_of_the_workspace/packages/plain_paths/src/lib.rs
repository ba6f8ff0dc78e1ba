pub const API: &str = "/api";
pub const VERSION: &str = concat!("/api", "/version");
