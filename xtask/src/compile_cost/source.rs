//! The packages that are measured: the same handlers, with something else standing on them.

use std::fmt::Write as _;
use std::path::Path;

/// Handlers in a package.
pub const HANDLERS: usize = 1000;

/// Handlers registered in one function; a chain of calls that is too long costs more than its parts.
const ROUTES_IN_A_FUNCTION: usize = 50;

/// A generated module that this repository tests, with the scopes `read:cameras` and `write:cameras`.
const GENERATED: &str = "crates/scopewright-emit/tests/golden/rust/cameras.rs";

/// What stands on a handler.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Nothing.
    Bare,
    /// A guard as first parameter.
    ByHand,
    /// Our attribute.
    Attribute,
    /// utoipa's attribute.
    Utoipa,
}

impl Style {
    pub const ALL: [Self; 4] = [Self::Bare, Self::ByHand, Self::Attribute, Self::Utoipa];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Bare => "nothing",
            Self::ByHand => "guard written by hand",
            Self::Attribute => "#[requires_scope]",
            Self::Utoipa => "#[utoipa::path]",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::ByHand => "by-hand",
            Self::Attribute => "attribute",
            Self::Utoipa => "utoipa",
        }
    }
}

/// Whether the handlers are registered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// They stand alone.
    None,
    /// With axum's own router, which takes all of them.
    Router,
}

pub fn package(registration: Registration, style: Style) -> String {
    let registered = match registration {
        Registration::None => "alone",
        Registration::Router => "registered",
    };
    format!("{registered}-{}", style.word())
}

pub const fn workspace_manifest() -> &'static str {
    "[workspace]\nresolver = \"3\"\nmembers = [\"alone-*\", \"registered-*\"]\n"
}

pub fn manifest(root: &Path, registration: Registration, style: Style) -> String {
    let package = package(registration, style);
    let scopewright = quoted(&root.join("crates/scopewright"));
    format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"lib.rs\"\n\n\
         [dependencies]\n\
         axum = \"0.8.9\"\n\
         scopewright = {{ path = {scopewright}, features = [\"axum\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         utoipa = \"6\"\n"
    )
}

/// The library; `salt` changes the body of the first handler.
pub fn library(root: &Path, registration: Registration, style: Style, salt: usize) -> String {
    let generated = quoted(&root.join(GENERATED));
    let mut source = format!(
        "pub mod scopes {{\n    include!({generated});\n}}\n\n\
         use axum::Json;\n\
         use axum::extract::{{Path, Query}};\n\n\
         #[derive(serde::Serialize, utoipa::ToSchema)]\n\
         pub struct Item {{\n    pub id: u64,\n    pub name: String,\n}}\n\n\
         #[derive(serde::Deserialize)]\n\
         pub struct Page {{\n    pub name: String,\n    pub offset: u64,\n}}\n"
    );
    for number in 0..HANDLERS {
        let extra = if number == 0 { salt } else { 0 };
        let scope =
            if number % 2 == 0 { ("ReadCameras", "read:cameras") } else { ("WriteCameras", "write:cameras") };
        let (variant, name) = scope;
        let (above, guard) = match style {
            Style::Bare => (String::new(), String::new()),
            Style::ByHand => (
                String::new(),
                format!("_: scopes::Guard<scopes::rt::require::Is<{{ scopes::Scope::{variant} as u16 }}>>, "),
            ),
            Style::Attribute => (format!("#[scopewright::requires_scope(\"{name}\")]\n"), String::new()),
            Style::Utoipa => (
                format!(
                    "#[utoipa::path(get, path = \"/items/{number}/{{id}}\", \
                     params((\"id\" = u64, Path, description = \"the item\")), \
                     responses((status = 200, description = \"the item\", body = Item)))]\n"
                ),
                String::new(),
            ),
        };
        let _ = write!(
            source,
            "\n{above}pub async fn handler_{number}({guard}Path(id): Path<u64>, Query(page): Query<Page>) -> Json<Item> {{\n\
             \x20   let id = id + page.offset + {extra};\n\
             \x20   Json(Item {{ id, name: format!(\"{{}} {{id}}\", page.name) }})\n\
             }}\n"
        );
    }
    if registration == Registration::Router {
        for first in (0..HANDLERS).step_by(ROUTES_IN_A_FUNCTION) {
            let _ = write!(source, "\npub fn routes_{first}() -> axum::Router {{\n    axum::Router::new()");
            for number in first..first + ROUTES_IN_A_FUNCTION {
                let _ = write!(
                    source,
                    "\n        .route(\"/items/{number}/{{id}}\", axum::routing::get(handler_{number}))"
                );
            }
            source.push_str("\n}\n");
        }
    }
    source
}

/// A path as a text in quotes, for TOML as well as for Rust.
fn quoted(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}
