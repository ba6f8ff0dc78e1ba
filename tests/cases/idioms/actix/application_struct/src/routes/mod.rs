mod cameras;
mod health_check;

pub use cameras::*;
pub use health_check::*;
