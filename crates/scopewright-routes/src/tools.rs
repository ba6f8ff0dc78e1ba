//! Finds the MCP tools: every function that bears `#[tool]`, wherever its implementation is mounted.
//!
//! A tool that is never offered needs a decision as well: that costs a line, and no way of adding one to a server has to
//! be followed. Tools that come out of `macro_rules!`, or are added without the attribute, are not seen here; the run
//! time denies what is not in the table.

use crate::eval::Eval;
use crate::facts::Attribute;
use crate::frameworks::rmcp;
use crate::table::Annotations;
use crate::value::Lost;
use crate::world::{FnId, Location};
use scopewright_model::{Code, Handler, Tool};
use std::collections::BTreeMap;

/// The tools, sorted by name, then place, and the functions they are.
pub fn tools(eval: &mut Eval<'_>, annotations: &mut Annotations) -> (Vec<Tool>, Vec<FnId>) {
    let mut functions = Vec::new();
    // One function may be in two crates whose roots declare the same file.
    let mut found: BTreeMap<Location, Tool> = BTreeMap::new();
    for id in (0..eval.world.functions.len()).map(FnId) {
        let Some(attribute) = mark(eval, id) else { continue };
        functions.push(id);
        if let Some(location) = eval.world.location_of(id)
            && !found.contains_key(&location)
            && let Some(tool) = tool(eval, id, location, &attribute, annotations)
        {
            found.insert(location, tool);
        }
    }
    let mut tools: Vec<Tool> = found.into_values().collect();
    tools.sort_by(|one, other| (&one.name, &one.registered).cmp(&(&other.name, &other.registered)));
    (tools, functions)
}

/// The attribute that makes a function a tool.
fn mark(eval: &mut Eval<'_>, id: FnId) -> Option<Attribute> {
    let function = eval.world.function(id)?;
    let module = eval.world.functions.get(id.0)?.module;
    function.attributes.iter().find_map(|attribute| {
        let names: Vec<String> = attribute.path.segments.iter().map(|segment| segment.name.clone()).collect();
        let targets = eval.world.resolve(module, &names, attribute.path.absolute);
        targets.iter().any(rmcp::is_tool).then(|| attribute.clone())
    })
}

fn tool(
    eval: &mut Eval<'_>,
    id: FnId,
    location: Location,
    attribute: &Attribute,
    annotations: &mut Annotations,
) -> Option<Tool> {
    let function = eval.world.function(id)?;
    let here = |place| Location { file: location.file, place };
    let name = match rmcp::stated_name(attribute) {
        None => function.name.clone(),
        Some(Ok(name)) => name,
        Some(Err(())) => {
            eval.lose(&Lost {
                reason: "the name of this tool is no literal".to_owned(),
                code: Code::UnresolvedHandler,
                help: "write the name as a literal, as in `#[tool(name = \"list_cameras\")]`".to_owned(),
                location: here(attribute.place),
            });
            return None;
        }
    };
    Some(Tool {
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
