//! The patch that brings one document up to date with a plan.
//!
//! Ours in a document are: `security` of the operations the service has, everything named `x-scopewright`, the security
//! schemes and response components that carry it, and the responses that refer to such a component. Nothing else is
//! touched; an operation the service does not have keeps what it says.

use super::catalogue::catalogue;
use super::components::{Components, RESPONSES, reference};
use super::matching::Matched;
use super::patch::{Change, Patch, Placement};
use super::reading::Version;
use super::requirements::{EXTENSION, operation_security};
use super::responses::{Kinds, component_name, responses_of};
use super::tree::{NodeId, Tree};
use scopewright_model::Plan;
use scopewright_model::policy::RouteStatus;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that has to change.
///
/// # Errors
/// Descriptions that several operations share, through `$ref`, and that would have to say different things.
pub fn patch(
    plan: &Plan,
    tree: &Tree<'_>,
    version: Version,
    matched: &[Matched<'_>],
) -> Result<Patch, Vec<NodeId>> {
    let components = Components { plan, tree };
    let merge = Merge { plan, tree, version, components };
    let mut responses = BTreeMap::new();
    let mut operations: BTreeMap<&[String], Patch> = BTreeMap::new();
    let mut shared = Vec::new();
    for found in matched {
        let wanted = merge.operation(found, &mut responses);
        match operations.get(found.documented.location.as_slice()) {
            Some(other) if *other != wanted => shared.push(found.documented.key),
            _ => {
                operations.insert(&found.documented.location, wanted);
            }
        }
    }
    if !shared.is_empty() {
        return Err(shared);
    }
    let mut patch = Patch::default();
    for (location, wanted) in operations {
        let location: Vec<&str> = location.iter().map(String::as_str).collect();
        patch.change_at(&location, Change::Within(wanted));
    }
    merge.components.change(&mut patch, matched, &responses);
    patch.change(EXTENSION, Change::Set(catalogue(&plan.policy)));
    Ok(patch)
}

struct Merge<'a, 't> {
    plan: &'a Plan,
    tree: &'a Tree<'t>,
    version: Version,
    components: Components<'a, 't>,
}

impl Merge<'_, '_> {
    /// What one operation needs; the response components it refers to are added to `components`.
    fn operation(&self, found: &Matched<'_>, components: &mut BTreeMap<String, Kinds>) -> Patch {
        let policy = &self.plan.policy;
        let wanted = operation_security(policy, found.planned, self.version, |mode| {
            self.components.takes_scopes(mode)
        });
        let mut own = Patch { keep_empty: true, ..Patch::default() };
        let answers = self.answers(found, components);
        if !answers.changes.is_empty() {
            own.changes.push(("responses".to_owned(), Placement::Last, Change::Within(answers)));
        }
        if let Some(security) = wanted.security {
            let after = Placement::After(&["responses"]);
            own.changes.push(("security".to_owned(), after, Change::SetUnordered(security)));
        }
        let after = Placement::After(&["security", "responses"]);
        let extension = wanted.extension.map_or(Change::Remove, Change::Set);
        own.changes.push((EXTENSION.to_owned(), after, extension));
        own.changes.extend(self.status(found));
        own
    }

    /// How a document says the status of an operation. What our mark says we wrote is taken back; a status that the user
    /// wrote stays.
    fn status(&self, found: &Matched<'_>) -> Vec<(String, Placement, Change)> {
        let mark = self.tree.get(found.documented.node, EXTENSION);
        let ours = mark.and_then(|mark| self.tree.scalar(self.tree.get(mark, "status")?));
        let words = [
            (RouteStatus::Deprecated, "deprecated", Value::from(true)),
            (RouteStatus::Preview, "x-status", Value::from(RouteStatus::Preview.as_str())),
        ];
        let mut changes = Vec::new();
        for (status, key, value) in words {
            let change = if found.planned.status == status {
                Change::Set(value)
            } else if ours == Some(status.as_str()) {
                Change::Remove
            } else {
                continue;
            };
            changes.push((key.to_owned(), Placement::Last, change));
        }
        changes
    }

    /// The responses of an operation: ours are set or taken away, the user's stay.
    fn answers(&self, found: &Matched<'_>, components: &mut BTreeMap<String, Kinds>) -> Patch {
        let mut patch = Patch { keep_empty: true, ..Patch::default() };
        let answers = self.tree.get(found.documented.node, "responses");
        let mut wanted = BTreeSet::new();
        for (status, kinds) in responses_of(&self.plan.policy, found.planned) {
            let written = answers.and_then(|answers| self.tree.get_merged(answers, &status.to_string()));
            if written.is_none_or(|response| self.components.is_our_reference(response)) {
                let name = self.components.free_name(RESPONSES, &component_name(&kinds));
                let reference = json!({"$ref": reference(RESPONSES, &name)});
                patch.changes.push((status.to_string(), Placement::ByStatus, Change::Set(reference)));
                wanted.insert(status.to_string());
                components.insert(name, kinds);
            }
        }
        for entry in answers.map(|answers| self.tree.entries(answers)).unwrap_or_default() {
            let Some(status) = self.tree.scalar(entry.key) else { continue };
            if !wanted.contains(status) && self.components.is_our_reference(entry.value) {
                patch.change(status, Change::Remove);
            }
        }
        patch
    }
}
