pub const PATH: &str = "/a";
pub async fn a() {}
pub struct Kind;
impl Kind { pub async fn b() {} }
