pub const CAMERAS: &str = "/cameras";
pub const CAMERA: &str = concat!("/cameras", "/{id}");

pub struct Paths;

impl Paths {
    pub const HEALTH: &'static str = "/health";
}
