//! `[groups.NAME]`: headings under which docs show scopes.

use crate::context::Context;
use crate::nearest::listed;
use crate::raw::{Entries, Named, Text, raw_table};
use scopewright_model::policy::{Group, Scope};
use scopewright_model::{Code, Diagnostic, Span, Spanned};

raw_table! {
    /// A heading under which docs show scopes.
    RawGroup {
        /// The heading.
        title: Required Text = "title", "\"Vehicles\"";
        /// A paragraph below it.
        description: Optional Text = "description";
    }
    rules []
}

impl Named for RawGroup {
    const NAMES: &'static str = r"\S";
}

/// A scope, and where its `group` is written.
pub(crate) type Grouped = (Scope, Option<Span>);

/// `[groups.*]`, checked.
pub(crate) fn check(entries: Entries<RawGroup>) -> Vec<Group> {
    entries
        .0
        .into_iter()
        .map(|entry| {
            let (title, description) =
                entry.value.map(|raw| (raw.title, raw.description)).unwrap_or_default();
            Group {
                title: title.map_or_else(|| entry.name.clone(), |title| title.value.0),
                name: entry.name,
                description: description.map(|text| text.value.0),
                span: entry.span,
            }
        })
        .collect()
}

/// The groups of the policy: the declared ones, of which every scope must name one, or, where none is declared,
/// those that scopes name.
pub(crate) fn of_scopes(declared: Vec<Group>, scopes: &[Grouped], cx: &mut Context<'_>) -> Vec<Group> {
    let mut groups = declared;
    let is_declared = !groups.is_empty();
    for (scope, place) in scopes {
        let (Some(name), Some(place)) = (&scope.group, place) else { continue };
        if groups.iter().any(|group| group.name == *name) {
            continue;
        }
        if is_declared {
            report_unknown(&Spanned::new(name.clone(), place.clone()), &groups, cx);
        } else {
            groups.push(Group {
                name: name.clone(),
                title: name.clone(),
                description: None,
                span: place.clone(),
            });
        }
    }
    groups
}

fn report_unknown(name: &Spanned<String>, groups: &[Group], cx: &mut Context<'_>) {
    let all = || groups.iter().map(|group| group.name.as_str());
    let message = format!("no group is called `{}`", name.value);
    let finding =
        Diagnostic::new(Code::InvalidValue, message, name.span.clone(), "not declared under `[groups]`")
            .help(format!("the groups are {}", listed(all())));
    let finding = cx.with_nearest(finding, &name.value, all());
    cx.report(finding);
}
