//! Findings as text: a renderer a file, all over one value.

mod excerpt;
mod human;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
mod sarif;
mod short;
mod texts;

pub use human::{Colour, human};
#[cfg(feature = "json")]
pub use json::{CargoTarget, json};
#[cfg(feature = "json")]
pub use sarif::sarif;
pub use short::short;
pub use texts::Texts;
