//! The reference of scopes for people: what each scope opens, what each endpoint needs, and how a denial looks.
//!
//! In: a plan. Out: one Markdown file (GitHub flavour, for its tables). The view is final before the template prints.

mod denials;
mod least;
mod text;
mod view;

use askama::Template;
use scopewright_model::{OutputFile, Plan};
use view::ScopesPage;

/// The Markdown reference, if the policy asks for one under `[generate.markdown]`.
pub fn emit_markdown(plan: &Plan) -> Vec<OutputFile> {
    let Some(wanted) = &plan.policy.generate.markdown else { return Vec::new() };
    let page = ScopesPage::from_plan(plan, &wanted.path.value);
    // The template writes into a `String`, which takes every write: an error would be a defect in the template.
    let contents = page.render().unwrap_or_default();
    vec![OutputFile::new(wanted.path.value.as_str(), contents)]
}
