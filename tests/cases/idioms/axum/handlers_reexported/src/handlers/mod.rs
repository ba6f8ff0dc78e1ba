pub mod camera_handler;
mod health_handler;
mod zone_handler;

pub use camera_handler::{create_camera_handler, list_cameras_handler};
pub use health_handler::*;
pub use zone_handler::list as zones;
