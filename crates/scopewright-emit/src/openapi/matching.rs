//! Which operation of a document is which of the plan.

use super::reading::{DocumentedOperation, Operations, bases, comparable};
use super::tree::Tree;
use scopewright_model::core::{Method, RoutePattern, Segment};
use scopewright_model::{Framework, Operation, Plan};
use std::collections::BTreeMap;

/// An operation of a document and what the plan says about it.
#[derive(Debug)]
pub struct Matched<'p> {
    /// In the document.
    pub documented: DocumentedOperation,
    /// In the plan.
    pub planned: &'p Operation,
}

/// The operations of a document, sorted out.
#[derive(Debug)]
pub struct Matching<'p> {
    /// Those the service has.
    pub matched: Vec<Matched<'p>>,
    /// Those it does not have.
    pub unimplemented: Vec<DocumentedOperation>,
    /// The prefix that the document's paths have in the plan.
    pub base: String,
}

/// The operations of a plan, to be found by method and path.
pub struct PlanIndex<'p> {
    by_path: BTreeMap<String, Vec<&'p Operation>>,
}

impl<'p> PlanIndex<'p> {
    /// Every operation of the plan.
    pub fn new(plan: &'p Plan) -> Self {
        let mut by_path: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
        for operation in &plan.operations {
            by_path.entry(comparable(&operation.path)).or_default().push(operation);
        }
        Self { by_path }
    }

    /// Every operation of a path.
    pub fn on_path(&self, path: &str) -> &[&'p Operation] {
        let pattern: Option<RoutePattern> = path.parse().ok();
        pattern
            .and_then(|pattern| self.by_path.get(&comparable(&pattern)))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The operation that answers a method on a path. A route of the method itself is preferred to one that answers
    /// every method, and a parameter of one segment to one of several; axum answers HEAD where it has a GET.
    pub fn find(&self, method: Method, path: &str) -> Option<&'p Operation> {
        let pattern: RoutePattern = path.parse().ok()?;
        let candidates = self.by_path.get(&comparable(&pattern))?;
        let answers = |wanted: Method| {
            let mut found = candidates.iter().copied().filter(|operation| operation.method == wanted);
            let has_tail = |operation: &Operation| {
                operation.path.segments().iter().any(|segment| matches!(segment, Segment::Tail(_)))
            };
            let mut rest = found.clone();
            found.find(|operation| !has_tail(operation)).or_else(|| rest.next())
        };
        answers(method)
            .or_else(|| {
                let get = answers(Method::Get).filter(|_| method == Method::Head)?;
                (get.framework == Framework::Axum).then_some(get)
            })
            .or_else(|| answers(Method::Any))
    }
}

/// Sorts the operations of a document.
///
/// What its paths are relative to is one of its servers' paths, the policy's `base_path`, or nothing: whichever finds
/// the most operations, the first of equals.
pub fn match_operations<'p>(
    plan: &Plan,
    index: &PlanIndex<'p>,
    tree: &Tree<'_>,
    operations: &Operations,
) -> Matching<'p> {
    let find = |operation: &DocumentedOperation, base: &str| {
        index.find(operation.method, &format!("{base}{}", operation.path))
    };
    let mut candidates = bases(tree);
    candidates.extend(plan.policy.api.base_path.as_deref().map(|base| base.trim_end_matches('/').to_owned()));
    candidates.push(String::new());
    let mut base = String::new();
    let mut most = None;
    for candidate in candidates {
        let found =
            operations.documented.iter().filter(|operation| find(operation, &candidate).is_some()).count();
        if most.is_none_or(|most| found > most) {
            most = Some(found);
            base = candidate;
        }
    }
    let mut matching = Matching { matched: Vec::new(), unimplemented: Vec::new(), base };
    for operation in &operations.documented {
        let own = operation.own_base.as_deref().and_then(|own| find(operation, own));
        match own.or_else(|| find(operation, &matching.base)) {
            Some(planned) => matching.matched.push(Matched { documented: operation.clone(), planned }),
            None => matching.unimplemented.push(operation.clone()),
        }
    }
    matching
}
