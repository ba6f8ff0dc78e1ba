//! Finds the MCP tools and prompts: every function that bears `#[tool]` or `#[prompt]`, wherever its implementation is
//! mounted; and the servers that read resources.
//!
//! One that is never offered needs a decision as well: that costs a line, and no way of adding one to a server has to
//! be followed. What comes out of `macro_rules!`, or is added without the attribute, is not seen here; the run
//! time denies what is not in the table.

use crate::eval::Eval;
use crate::facts::Attribute;
use crate::frameworks::rmcp;
use crate::table::Annotations;
use crate::value::Lost;
use crate::world::{FnId, ImplId, Location};
use scopewright_model::{Code, Handler, McpFunction, McpKind, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The tools and prompts, sorted by kind, then name, then place, and the functions they are.
pub fn functions(eval: &mut Eval<'_>, annotations: &mut Annotations) -> (Vec<McpFunction>, Vec<FnId>) {
    let mut functions = Vec::new();
    // One function may be in two crates whose roots declare the same file.
    let mut found: BTreeMap<Location, McpFunction> = BTreeMap::new();
    for id in (0..eval.world.functions.len()).map(FnId) {
        let Some((kind, attribute)) = mark(eval, id) else { continue };
        functions.push(id);
        if let Some(location) = eval.world.location_of(id)
            && !found.contains_key(&location)
            && let Some(function) = marked(eval, id, kind, location, &attribute, annotations)
        {
            found.insert(location, function);
        }
    }
    let mut found: Vec<McpFunction> = found.into_values().collect();
    found.sort_by(|one, other| {
        (one.kind, &one.name, &one.registered).cmp(&(other.kind, &other.name, &other.registered))
    });
    (found, functions)
}

/// Where servers of this package read resources: their `read_resource`, sorted.
pub fn resource_readers(eval: &mut Eval<'_>) -> Vec<Span> {
    let mut found = BTreeSet::new();
    for id in (0..eval.world.impls.len()).map(ImplId) {
        let Some(def) = eval.world.impls.get(id.0).filter(|def| eval.world.is_own(def.module)) else {
            continue;
        };
        let Some(reads) = def.functions.get("read_resource").copied() else { continue };
        if eval.world.is_impl_of(id, "rmcp", "ServerHandler") {
            found.extend(eval.world.location_of(reads));
        }
    }
    found.into_iter().map(|location| eval.world.span(location)).collect()
}

/// The attribute that makes a function a tool or a prompt.
fn mark(eval: &mut Eval<'_>, id: FnId) -> Option<(McpKind, Attribute)> {
    let function = eval.world.function(id)?;
    let module = eval.world.functions.get(id.0)?.module;
    function.attributes.iter().find_map(|attribute| {
        let names: Vec<String> = attribute.path.segments.iter().map(|segment| segment.name.clone()).collect();
        let targets = eval.world.resolve(module, &names, attribute.path.absolute);
        targets.iter().find_map(rmcp::marked).map(|kind| (kind, attribute.clone()))
    })
}

fn marked(
    eval: &mut Eval<'_>,
    id: FnId,
    kind: McpKind,
    location: Location,
    attribute: &Attribute,
    annotations: &mut Annotations,
) -> Option<McpFunction> {
    let function = eval.world.function(id)?;
    let here = |place| Location { file: location.file, place };
    let name = match rmcp::stated_name(attribute) {
        None => function.name.clone(),
        Some(Ok(name)) => name,
        Some(Err(())) => {
            eval.lose(&Lost {
                reason: format!("the name of this {} is no literal", kind.as_str()),
                code: Code::UnresolvedHandler,
                help: format!(
                    "write the name as a literal, as in `#[{}(name = \"list_cameras\")]`",
                    kind.as_str()
                ),
                location: here(attribute.place),
            });
            return None;
        }
    };
    Some(McpFunction {
        kind,
        name,
        handler: Handler {
            path: eval.world.path_of(id),
            definition: eval.world.span(location),
            attribute_place: Some(eval.world.span(here(function.attribute_place))),
        },
        registered: eval.world.span(here(attribute.place)),
        conditions: attribute.conditional.iter().chain(&function.cfg).cloned().collect(),
        annotation: annotations.of(eval, id),
    })
}
