//! The patch that brings one document up to date with a plan.
//!
//! Ours in a document are: `security` of the operations the service has, everything named `x-scopewright`, the security
//! schemes and response components that carry it, and the responses that refer to such a component. Nothing else is
//! touched; an operation the service does not have keeps what it says.

use super::catalogue::catalogue;
use super::matching::Matched;
use super::patch::{Change, Patch, Placement};
use super::reading::Version;
use super::requirements::{EXTENSION, operation_security};
use super::responses::{Kinds, component, component_name, responses_of};
use super::schemes::{scheme, takes_scopes};
use super::tree::{NodeId, NodeValue, Tree};
use scopewright_model::Plan;
use scopewright_model::core::ModeIndex;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Before names that are ours when a plain one is taken.
const NAME_PREFIX: &str = "Scopewright";
const RESPONSES: &str = "#/components/responses/";

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
    let merge = Merge { plan, tree, version };
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
    merge.components(&mut patch, matched, &responses);
    patch.change(EXTENSION, Change::Set(catalogue(&plan.policy)));
    Ok(patch)
}

struct Merge<'a, 't> {
    plan: &'a Plan,
    tree: &'a Tree<'t>,
    version: Version,
}

impl Merge<'_, '_> {
    /// What one operation needs; the response components it refers to are added to `components`.
    fn operation(&self, found: &Matched<'_>, components: &mut BTreeMap<String, Kinds>) -> Patch {
        let policy = &self.plan.policy;
        let wanted = operation_security(policy, found.planned, self.version, |mode| self.takes_scopes(mode));
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
        own
    }

    /// The responses of an operation: ours are set or taken away, the user's stay.
    fn answers(&self, found: &Matched<'_>, components: &mut BTreeMap<String, Kinds>) -> Patch {
        let mut patch = Patch { keep_empty: true, ..Patch::default() };
        let answers = self.tree.get(found.documented.node, "responses");
        let mut wanted = BTreeSet::new();
        for (status, kinds) in responses_of(&self.plan.policy, found.planned) {
            let written = answers.and_then(|answers| self.tree.get_merged(answers, &status.to_string()));
            if written.is_none_or(|response| self.is_our_reference(response)) {
                let name = self.free_name(&component_name(&kinds));
                let reference = json!({"$ref": format!("{RESPONSES}{name}")});
                patch.changes.push((status.to_string(), Placement::ByStatus, Change::Set(reference)));
                wanted.insert(status.to_string());
                components.insert(name, kinds);
            }
        }
        for entry in answers.map(|answers| self.tree.entries(answers)).unwrap_or_default() {
            let Some(status) = self.tree.scalar(entry.key) else { continue };
            if !wanted.contains(status) && self.is_our_reference(entry.value) {
                patch.change(status, Change::Remove);
            }
        }
        patch
    }

    /// Whether a response refers to a component of ours, or to one of ours that is gone.
    fn is_our_reference(&self, response: NodeId) -> bool {
        let reference = self.tree.get(response, "$ref").and_then(|reference| self.tree.scalar(reference));
        let Some(name) = reference.and_then(|reference| reference.strip_prefix(RESPONSES)) else {
            return false;
        };
        match self.tree.at(&["components", "responses", name]) {
            Some(component) => self.is_ours(component),
            None => every_component_name().any(|own| own == name),
        }
    }

    /// Whether a component carries our mark.
    fn is_ours(&self, component: NodeId) -> bool {
        self.tree.get(component, EXTENSION).is_some()
    }

    /// The name, or a prefixed one if somebody else has it.
    fn free_name(&self, name: &str) -> String {
        match self.tree.at(&["components", "responses", name]) {
            Some(component) if !self.is_ours(component) => format!("{NAME_PREFIX}{name}"),
            _ => name.to_owned(),
        }
    }

    /// Whether the document's own scheme of a mode may list scopes in OpenAPI 3.0.
    fn takes_scopes(&self, mode: ModeIndex) -> bool {
        let mode = self.plan.policy.mode(mode);
        let written = self
            .tree
            .at(&["components", "securitySchemes", &mode.name])
            .filter(|scheme| !self.is_ours(*scheme));
        let kind =
            written.and_then(|scheme| self.tree.get(scheme, "type")).and_then(|kind| self.tree.scalar(kind));
        let own = scheme(&self.plan.policy, mode);
        kind.or(own.get("type").and_then(Value::as_str)).is_some_and(takes_scopes)
    }

    /// Sets our components and takes away those that nothing needs any more.
    fn components(&self, patch: &mut Patch, matched: &[Matched<'_>], responses: &BTreeMap<String, Kinds>) {
        let kept = self.kept_names(matched);
        let policy = &self.plan.policy;
        let mut section = |key: &str, wanted: Vec<(&str, Value)>| {
            let written = self.tree.at(&["components", key]);
            let mut changes = Patch::default();
            for entry in written.map(|written| self.tree.entries(written)).unwrap_or_default() {
                let Some(name) = self.tree.scalar(entry.key) else { continue };
                let is_wanted = wanted.iter().any(|(own, _)| *own == name);
                if self.is_ours(entry.value) && !is_wanted && !kept.contains(name) {
                    changes.change(name, Change::Remove);
                }
            }
            for (name, value) in wanted {
                let written = written.and_then(|written| self.tree.get(written, name));
                if written.is_none_or(|written| self.is_ours(written)) {
                    changes.change(name, Change::Set(value));
                }
            }
            if !changes.changes.is_empty() {
                patch.change_at(&["components", key], Change::Within(changes));
            }
        };
        let schemes = policy.modes.iter().map(|mode| (mode.name.as_str(), scheme(policy, mode)));
        section("securitySchemes", schemes.collect());
        let responses = responses.iter().map(|(name, kinds)| (name.as_str(), component(self.plan, kinds)));
        section("responses", responses.collect());
    }

    /// Names of components that operations we do not touch refer to, and of schemes they or the document ask for.
    fn kept_names(&self, matched: &[Matched<'_>]) -> BTreeSet<String> {
        let ours: BTreeSet<NodeId> = matched.iter().map(|found| found.documented.node).collect();
        let mut names = BTreeSet::new();
        let mut left = vec![self.tree.root()];
        while let Some(node) = left.pop() {
            if ours.contains(&node) {
                continue;
            }
            match &self.tree.node(node).value {
                NodeValue::Mapping { entries, .. } => {
                    for entry in entries {
                        match self.tree.scalar(entry.key) {
                            Some("$ref") => {
                                let reference = self.tree.scalar(entry.value);
                                names.extend(
                                    reference
                                        .and_then(|text| text.strip_prefix(RESPONSES))
                                        .map(str::to_owned),
                                );
                            }
                            Some("security") => {
                                let asked = self
                                    .tree
                                    .items(entry.value)
                                    .iter()
                                    .flat_map(|item| self.tree.entries(*item));
                                names.extend(
                                    asked
                                        .filter_map(|scheme| self.tree.scalar(scheme.key))
                                        .map(str::to_owned),
                                );
                            }
                            _ => {}
                        }
                        left.push(entry.value);
                    }
                }
                NodeValue::Sequence { items, .. } => left.extend(items),
                NodeValue::Scalar { .. } | NodeValue::Alias(_) => {}
            }
        }
        names
    }
}

/// The names our response components can have.
fn every_component_name() -> impl Iterator<Item = String> {
    let kinds = crate::denial::DenialKind::ALL;
    (1_usize..1 << kinds.len()).flat_map(move |bits| {
        let chosen: Kinds = (0..kinds.len())
            .filter(|at| bits & (1 << at) != 0)
            .filter_map(|at| kinds.get(at).copied())
            .collect();
        let name = component_name(&chosen);
        [format!("{NAME_PREFIX}{name}"), name]
    })
}
