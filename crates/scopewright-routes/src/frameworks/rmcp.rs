//! What the crate `rmcp` offers: the attributes that make a function an MCP tool or prompt, and how a server is served.
//!
//! Looked up in rmcp 3.9: `#[tool]` makes a function a tool, `#[prompt]` a prompt, by the name it states as a literal or by
//! its own; `#[tool_router]` and `#[prompt_router]` collect the marked functions of an implementation. A function that is
//! marked and in no such block can still be added by hand, so the mark alone makes one here.

pub mod serving;

use crate::facts::Attribute;
use crate::world::Target;
use scopewright_model::McpKind;

/// The package, and that of its macros.
const PACKAGES: &[&str] = &["rmcp", "rmcp-macros", "rmcp_macros"];

/// Whether a path of another package means something here.
pub fn is_known(path: &[String]) -> bool {
    marked_by(path).is_some()
}

/// What the attribute of a name makes of a function.
pub fn marked(target: &Target) -> Option<McpKind> {
    match target {
        Target::External(path) => marked_by(path),
        _ => None,
    }
}

fn marked_by(path: &[String]) -> Option<McpKind> {
    let [first, .., last] = path else { return None };
    if !PACKAGES.contains(&first.as_str()) {
        return None;
    }
    match last.as_str() {
        "tool" => Some(McpKind::Tool),
        "prompt" => Some(McpKind::Prompt),
        _ => None,
    }
}

/// The name that a `#[tool(..)]` or `#[prompt(..)]` states. `Err` for one that is no literal.
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
