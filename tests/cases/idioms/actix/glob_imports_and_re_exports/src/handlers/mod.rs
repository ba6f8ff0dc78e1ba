mod cameras;
pub mod health;

pub use cameras::{add_camera as add, list_cameras};
