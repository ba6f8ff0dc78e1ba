pub const NAME: &str = "other";
