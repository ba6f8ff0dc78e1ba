//! Security merged into OpenAPI documents that people write and review.
//!
//! In: a plan and documents (3.0, 3.1 or 3.2, YAML or JSON). Out: the same documents with the security of every
//! operation, the denials as responses, the security schemes and a catalogue of the scopes; findings where document and
//! service do not describe the same operations. The text is edited in place: what is not ours stays byte for byte, and a
//! second run changes nothing.

mod catalogue;
mod compare;
mod components;
mod edit;
mod findings;
mod layout;
mod matching;
mod merge;
mod patch;
mod reading;
mod render;
mod requirements;
mod responses;
mod schemes;
mod stub;
mod tree;

use findings::Places;
use layout::Layout;
use matching::{Matching, PlanIndex, match_operations};
use reading::{Operations, Version};
use scopewright_model::policy::CredentialKind;
use scopewright_model::{DecidedBy, Diagnostic, OutputFile, Plan, Sink};
use std::collections::BTreeSet;
use stub::Stubs;
use tree::{InvalidTree, Tree};

/// A document of the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it stands, relative to the policy's folder, `/` between parts; also shown to people.
    pub path: String,
    /// All of its text.
    pub text: String,
}

/// The documents with the plan's security in them, one file for each document that could be merged.
///
/// What can't be merged is an error in `sink` and has no file. An operation of the plan that none of the documents
/// describes, and one of a document that the plan does not have, is a warning.
///
/// ```
/// # use scopewright_emit::{Document, emit_openapi};
/// # use scopewright_model::{Plan, Sink};
/// # fn merged(plan: &Plan) {
/// let document = Document { path: "openapi/api.yaml".into(), text: "openapi: 3.1.1\npaths: {}\n".into() };
/// let mut sink = Sink::default();
/// let files = emit_openapi(plan, &[document], &mut sink);
/// # }
/// ```
pub fn emit_openapi(plan: &Plan, documents: &[Document], sink: &mut Sink) -> Vec<OutputFile> {
    let index = PlanIndex::new(plan);
    let mut files = Vec::new();
    let mut merged = Vec::new();
    for document in documents {
        let places = Places::new(&document.path, &document.text);
        match read(document, &places, plan, &index) {
            Ok(read) => merged.push((document, places, read)),
            Err(diagnostics) => sink.extend(diagnostics),
        }
    }
    for (document, places, read) in &merged {
        report(read, places, &index, sink);
        match edited(plan, read, places) {
            Ok(text) => files.push(OutputFile::exact(document.path.as_str(), text)),
            Err(diagnostics) => sink.extend(diagnostics),
        }
    }
    // An operation is missing only if every document could be read and none of them has it.
    if merged.len() == documents.len() {
        report_undocumented(plan, &merged, sink);
    }
    files
}

/// A document that has been understood.
struct Read<'t, 'p> {
    tree: Tree<'t>,
    version: Version,
    operations: Operations,
    matching: Matching<'p>,
}

fn read<'t, 'p>(
    document: &'t Document,
    places: &Places,
    plan: &Plan,
    index: &PlanIndex<'p>,
) -> Result<Read<'t, 'p>, Vec<Diagnostic>> {
    if has_json_name(&document.path) {
        refuse_what_is_not_json(&document.text).map_err(|error| vec![places.invalid_text(&error)])?;
    }
    let tree = Tree::parse(&document.text).map_err(|error| vec![places.invalid_text(&error)])?;
    let Some(version) = reading::version(&tree) else { return Err(vec![places.unknown_version(&tree)]) };
    let operations = reading::operations(&tree);
    let mut diagnostics: Vec<Diagnostic> =
        operations.invalid.iter().map(|invalid| places.invalid_path(&tree, invalid)).collect();
    for mode in &plan.policy.modes {
        if version == Version::V3_0 && mode.credential == CredentialKind::MutualTls {
            diagnostics.push(places.no_mutual_tls(&tree, mode));
        }
        if mode.credential.members().is_empty()
            && let Some(scheme) = tree.at(&["components", "securitySchemes", &mode.name])
            && tree.get(scheme, requirements::EXTENSION).is_none()
            && !schemes::carries(&tree, scheme, mode)
        {
            diagnostics.push(places.contradicting_scheme(&tree, scheme, mode));
        }
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let matching = match_operations(plan, index, &tree, &operations);
    Ok(Read { tree, version, operations, matching })
}

/// Warnings about a document that can be merged all the same.
fn report(read: &Read<'_, '_>, places: &Places, index: &PlanIndex<'_>, sink: &mut Sink) {
    sink.extend(read.operations.elsewhere.iter().map(|elsewhere| places.elsewhere(&read.tree, elsewhere)));
    sink.extend(read.matching.unimplemented.iter().map(|operation| {
        let others = index.on_path(&format!("{}{}", read.matching.base, operation.path));
        places.unimplemented(&read.tree, operation, others)
    }));
}

fn report_undocumented(plan: &Plan, merged: &[(&Document, Places, Read<'_, '_>)], sink: &mut Sink) {
    let Some((_, places, read)) = merged.first() else { return };
    let described: BTreeSet<&str> = merged
        .iter()
        .flat_map(|(.., read)| &read.matching.matched)
        .map(|found| found.planned.operation_id.as_str())
        .collect();
    let is_elsewhere = |path: &scopewright_model::core::RoutePattern| {
        merged.iter().any(|(.., read)| {
            read.operations.elsewhere.iter().any(|elsewhere| {
                let full = format!("{}{}", read.matching.base, elsewhere.path);
                full.parse().is_ok_and(|full| reading::comparable(&full) == reading::comparable(path))
            })
        })
    };
    let stubs = Stubs::new(&read.tree, &read.matching.base);
    for operation in &plan.operations {
        // Clients look for the metadata of the resource where RFC 9728 says, not in a document.
        let is_metadata = matches!(operation.decided_by, DecidedBy::Resource(_));
        if is_metadata || described.contains(operation.operation_id.as_str()) || is_elsewhere(&operation.path)
        {
            continue;
        }
        let range = read
            .tree
            .entry(read.tree.root(), "paths")
            .map_or(0..0, |entry| read.tree.node(entry.key).range.clone());
        let stub = stubs.stub(operation).map(|edit| (places.span(edit.range), edit.text));
        sink.push(places.undocumented(places.span(range), operation, stub));
    }
}

/// The text with the patch in it, checked to be nothing but that.
fn edited(plan: &Plan, read: &Read<'_, '_>, places: &Places) -> Result<String, Vec<Diagnostic>> {
    let patch = merge::patch(plan, &read.tree, read.version, &read.matching.matched).map_err(|shared| {
        shared
            .into_iter()
            .map(|operation| places.shared_description(&read.tree, operation))
            .collect::<Vec<_>>()
    })?;
    let edits = edit::edits(&read.tree, &Layout::of(&read.tree), &patch).map_err(|obstacles| {
        obstacles.iter().map(|obstacle| places.obstacle(obstacle)).collect::<Vec<_>>()
    })?;
    let text = edit::apply(read.tree.text, &edits);
    let is_faithful = edits.is_empty()
        || Tree::parse(&text).is_ok_and(|after| compare::is_patched(&read.tree, &patch, &after));
    if is_faithful { Ok(text) } else { Err(vec![places.unfaithful_edit()]) }
}

fn has_json_name(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"))
}

/// The tree reads YAML, of which JSON is nearly a part; a file that calls itself JSON must be it.
fn refuse_what_is_not_json(text: &str) -> Result<(), InvalidTree> {
    let text_without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Err(error) = serde_json::from_str::<serde_json::Value>(text_without_mark) else { return Ok(()) };
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (line_start + error.column().saturating_sub(1)).min(text.len());
    let reason = error.to_string();
    // The place is shown on its own.
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    Err(InvalidTree { range: at..at, reason })
}
