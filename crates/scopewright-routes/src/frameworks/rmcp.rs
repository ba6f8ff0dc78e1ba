//! What the crate `rmcp` offers: the attribute that makes a function an MCP tool.
//!
//! Looked up in rmcp 3.9: `#[tool]` makes a function a tool, by the name it states as a literal or by its own;
//! `#[tool_router]` collects the marked functions of an implementation. A function that is marked and in no such block can
//! still be added by hand, so the mark alone makes a tool here.

use crate::facts::Attribute;
use crate::world::Target;

/// The package, and that of its macros.
const PACKAGES: &[&str] = &["rmcp", "rmcp-macros", "rmcp_macros"];

/// Whether a path of another package means something here.
pub fn is_known(path: &[String]) -> bool {
    matches!(path, [first, .., last] if PACKAGES.contains(&first.as_str()) && last == "tool")
}

/// Whether a name stands for the attribute `#[tool]`.
pub fn is_tool(target: &Target) -> bool {
    matches!(target, Target::External(path) if is_known(path))
}

/// The name that a `#[tool(..)]` states. `Err` for one that is no literal.
pub fn stated_name(attribute: &Attribute) -> Option<Result<String, ()>> {
    let arguments = attribute.arguments.as_deref()?;
    let parser = syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated;
    let all = syn::parse::Parser::parse_str(parser, arguments).ok()?;
    all.iter().find_map(|meta| match meta {
        syn::Meta::NameValue(it) if it.path.is_ident("name") => Some(match &it.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Ok(text.value()),
            _ => Err(()),
        }),
        _ => None,
    })
}
