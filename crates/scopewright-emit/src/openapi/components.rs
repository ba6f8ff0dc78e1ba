//! Components of a document that are ours: which they are, what they are called, which are still needed.
//!
//! A component with our extension is ours. One without it is the user's, whatever its name: a scheme of a mode's name is
//! used as it is, a response or schema of a name of ours makes us take another name.

use super::matching::Matched;
use super::patch::{Change, Patch};
use super::requirements::EXTENSION;
use super::responses::{Kinds, body_schema, component, component_name, schema_name};
use super::schemes::{scheme, takes_scopes};
use super::tree::{NodeId, NodeValue, Tree};
use crate::denial::DenialKind;
use scopewright_model::Plan;
use scopewright_model::core::ModeIndex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The section of response components.
pub const RESPONSES: &str = "responses";
const SCHEMAS: &str = "schemas";
const SCHEMES: &str = "securitySchemes";
/// Before names that are ours when a plain one is taken.
const NAME_PREFIX: &str = "Scopewright";

/// A reference to a component.
pub fn reference(section: &str, name: &str) -> String {
    format!("#/components/{section}/{name}")
}

/// The components of a document.
pub struct Components<'a, 't> {
    /// What they are made from.
    pub plan: &'a Plan,
    /// What they stand in.
    pub tree: &'a Tree<'t>,
}

impl Components<'_, '_> {
    /// Whether a response of an operation refers to a component of ours, or to one of ours that is gone.
    pub fn is_our_reference(&self, response: NodeId) -> bool {
        let written = self.tree.get(response, "$ref").and_then(|reference| self.tree.scalar(reference));
        let Some((RESPONSES, name)) = written.and_then(target) else { return false };
        match self.tree.at(&["components", RESPONSES, name]) {
            Some(component) => self.is_ours(component),
            None => every_response_name().any(|own| own == name),
        }
    }

    /// The name, or a prefixed one if it is the user's.
    pub fn free_name(&self, section: &str, name: &str) -> String {
        match self.tree.at(&["components", section, name]) {
            Some(component) if !self.is_ours(component) => format!("{NAME_PREFIX}{name}"),
            _ => name.to_owned(),
        }
    }

    /// Whether the document's scheme of a mode may list scopes in OpenAPI 3.0.
    pub fn takes_scopes(&self, mode: ModeIndex) -> bool {
        let mode = self.plan.policy.mode(mode);
        let written = self.tree.at(&["components", SCHEMES, &mode.name]);
        let theirs = written.filter(|scheme| !self.is_ours(*scheme));
        let kind =
            theirs.and_then(|scheme| self.tree.get(scheme, "type")).and_then(|kind| self.tree.scalar(kind));
        let own = scheme(&self.plan.policy, mode);
        let own_kind = own.as_ref().and_then(|own| own.get("type")).and_then(Value::as_str);
        kind.or(own_kind).is_some_and(takes_scopes)
    }

    /// Sets our components, and takes away those that nothing needs any more.
    pub fn change(&self, patch: &mut Patch, matched: &[Matched<'_>], responses: &BTreeMap<String, Kinds>) {
        let policy = &self.plan.policy;
        let kept = self.kept(matched);
        let schemes = policy.modes.iter().filter_map(|mode| Some((mode.name.clone(), scheme(policy, mode)?)));
        self.change_section(SCHEMES, schemes.collect(), &kept, patch);
        let kinds: BTreeSet<DenialKind> = responses.values().flatten().copied().collect();
        let schema_name = |kind| self.free_name(SCHEMAS, &schema_name(kind));
        let bodies = kinds.iter().filter_map(|kind| Some((schema_name(*kind), body_schema(policy, *kind)?)));
        self.change_section(SCHEMAS, bodies.collect(), &kept, patch);
        let responses = responses.iter().map(|(name, kinds)| {
            let schema = |kind| reference(SCHEMAS, &schema_name(kind));
            (name.clone(), component(self.plan, kinds, schema))
        });
        self.change_section(RESPONSES, responses.collect(), &kept, patch);
    }

    fn change_section(
        &self,
        section: &str,
        wanted: Vec<(String, Value)>,
        kept: &BTreeSet<(&str, &str)>,
        patch: &mut Patch,
    ) {
        let written = self.tree.at(&["components", section]);
        let mut changes = Patch::default();
        for entry in written.map(|written| self.tree.entries(written)).unwrap_or_default() {
            let Some(name) = self.tree.scalar(entry.key) else { continue };
            let is_needed = wanted.iter().any(|(own, _)| own == name) || kept.contains(&(section, name));
            if self.is_ours(entry.value) && !is_needed {
                changes.change(name, Change::Remove);
            }
        }
        for (name, value) in wanted {
            let written = written.and_then(|written| self.tree.get(written, &name));
            if written.is_none_or(|written| self.is_ours(written)) {
                changes.change(name, Change::Set(value));
            }
        }
        if !changes.changes.is_empty() {
            patch.change_at(&["components", section], Change::Within(changes));
        }
    }

    /// Whether a component carries our mark.
    fn is_ours(&self, component: NodeId) -> bool {
        self.tree.get(component, EXTENSION).is_some()
    }

    /// The components, as section and name, that the user's parts of the document refer to. What is ours is looked at
    /// only if the user's parts lead there: it is written anew anyway.
    fn kept(&self, matched: &[Matched<'_>]) -> BTreeSet<(&str, &str)> {
        let operations: BTreeSet<NodeId> = matched.iter().map(|found| found.documented.node).collect();
        let answers: BTreeSet<NodeId> =
            operations.iter().filter_map(|operation| self.tree.get(*operation, "responses")).collect();
        let sections: BTreeSet<NodeId> = [SCHEMES, SCHEMAS, RESPONSES]
            .iter()
            .filter_map(|key| self.tree.at(&["components", key]))
            .collect();
        let mut kept = BTreeSet::new();
        let mut left = vec![self.tree.root()];
        while let Some(node) = left.pop() {
            match &self.tree.node(node).value {
                NodeValue::Mapping { entries, .. } => {
                    let is_operation = operations.contains(&node);
                    let is_answers = answers.contains(&node);
                    let is_section = sections.contains(&node);
                    for entry in entries {
                        let key = self.tree.scalar(entry.key);
                        let is_ours = (is_operation && matches!(key, Some("security" | EXTENSION)))
                            || (is_section && self.is_ours(entry.value))
                            || (is_answers && self.is_our_reference(entry.value));
                        if is_ours {
                            continue;
                        }
                        match key {
                            Some("$ref") => {
                                let found = self.tree.scalar(entry.value).and_then(target);
                                if let Some((section, name)) = found
                                    && kept.insert((section, name))
                                {
                                    let component = self.tree.at(&["components", section, name]);
                                    left.extend(component.filter(|component| self.is_ours(*component)));
                                }
                            }
                            Some("security") => {
                                let asked = self.tree.items(entry.value).iter();
                                let schemes = asked.flat_map(|item| self.tree.entries(*item));
                                let names = schemes.filter_map(|scheme| self.tree.scalar(scheme.key));
                                kept.extend(names.map(|name| (SCHEMES, name)));
                            }
                            _ => left.push(entry.value),
                        }
                    }
                }
                NodeValue::Sequence { items, .. } => left.extend(items),
                NodeValue::Scalar { .. } | NodeValue::Alias(_) => {}
            }
        }
        kept
    }
}

/// Section and name of a reference to a component of the same document.
fn target(reference: &str) -> Option<(&str, &str)> {
    reference.strip_prefix("#/components/")?.split_once('/')
}

/// The names our response components can have.
fn every_response_name() -> impl Iterator<Item = String> {
    let kinds = DenialKind::ALL;
    (1_usize..1 << kinds.len()).flat_map(move |bits| {
        let chosen = (0..kinds.len()).filter(|at| bits & (1 << at) != 0);
        let name = component_name(&chosen.filter_map(|at| kinds.get(at).copied()).collect());
        [format!("{NAME_PREFIX}{name}"), name]
    })
}
