mod health;
pub mod home;

pub use health::*;
pub use home::*;
