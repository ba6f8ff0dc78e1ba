//! A module for TypeScript clients: scopes, their closure, what each operation needs, and the denial bodies as types.
//!
//! In: a plan. Out: one ECMAScript module without dependencies. The view is final before the template prints.

mod body;
mod text;
mod view;

use askama::Template;
use scopewright_model::{OutputFile, Plan};
use view::ClientModule;

/// The TypeScript module, if the policy asks for one under `[generate.typescript]`.
pub fn emit_typescript(plan: &Plan) -> Vec<OutputFile> {
    let Some(wanted) = &plan.policy.generate.typescript else { return Vec::new() };
    let module = ClientModule::from_plan(plan, &wanted.path.value);
    // The template writes into a `String`, which takes every write: an error would be a defect in the template.
    let contents = module.render().unwrap_or_default();
    vec![OutputFile::new(wanted.path.value.as_str(), contents)]
}
