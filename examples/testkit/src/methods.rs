//! Methods that a path does not have.

use std::collections::{BTreeMap, BTreeSet};

use scopewright_model::Plan;
use scopewright_model::core::Method;

use crate::Service;
use crate::matrix::a_request_path;

const TRIED: [&str; 5] = ["DELETE", "GET", "PATCH", "POST", "PUT"];

/// Asks every path of the plan for every method it does not have: 405, and `Allow` names those it has (RFC 9110, section
/// 15.5.6). Returns how many were asked for.
///
/// # Panics
/// If one is answered otherwise.
pub fn every_other_is_405(service: &Service, plan: &Plan) -> usize {
    let mut paths: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for operation in &plan.operations {
        // What is declared for all methods has them all.
        if operation.method != Method::Any {
            let path = a_request_path(&operation.path.to_string());
            paths.entry(path).or_default().insert(operation.method.as_str());
        }
    }
    let (mut asked, mut wrong) = (0, Vec::new());
    for (path, methods) in &paths {
        for method in TRIED.into_iter().filter(|method| !methods.contains(method)) {
            let answer = service.client().call(method, path, None);
            let allow = answer.header("allow").join(",");
            let named: BTreeSet<_> = allow.split(',').map(str::trim).filter(|name| *name != "HEAD").collect();
            // Another pattern may fit the path as well, and adds its methods.
            if answer.status != 405 || !named.is_superset(methods) || named.contains(method) {
                wrong.push(format!(
                    "{method} {path}: {} with `allow: {allow}`, not {methods:?}",
                    answer.status
                ));
            }
            asked += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    asked
}
