//! Deletes a policy's items one at a time, and asks which sentence of the document notices.
//!
//! In: the policy of an example, its endpoints, and `cases/policy_expectations.jsonl`, which says in data what the
//! document says of the policy. Out: a failed test that names every item whose deletion no expectation notices. So no
//! implication, family, status, rank or bundle is in a policy without a reason that is written down.

mod deletions;
mod expectations;

use std::fs;
use std::path::Path;

use scopewright_compiler::link;
use scopewright_model::{Level, Plan, Policy, RouteTable, Sink};
use scopewright_policy::PolicyText;

use deletions::deletions;
use expectations::Expectation;

/// A policy and the endpoints it is about.
struct Subject<'s> {
    routes: &'s RouteTable,
    /// None if the policy is wrong, or does not fit the endpoints: such a service does not build.
    plan: Option<Plan>,
}

/// Checks the example at `manifest_dir`, which is `env!("CARGO_MANIFEST_DIR")` of the package under test: every
/// expectation holds, and every deletion breaks one. Returns a line for each deletion: what it was, and the expectation
/// that noticed.
pub fn check(manifest_dir: &str) -> Vec<String> {
    let folder = Path::new(manifest_dir);
    let text = fs::read_to_string(folder.join("scopes.toml")).unwrap();
    let expectations = fs::read_to_string(folder.join("cases/policy_expectations.jsonl")).unwrap();
    let expectations = expectations::read(&expectations);
    let outcome = crate::plan::outcome(manifest_dir);
    check_text(&text, &outcome.routes, &expectations).unwrap_or_else(|problems| panic!("{problems}"))
}

fn check_text(text: &str, routes: &RouteTable, expectations: &[Expectation]) -> Result<Vec<String>, String> {
    let whole = Subject::of(text, routes);
    let wrong: Vec<String> =
        expectations.iter().filter_map(|it| Some(format!("{it}: {}", it.problem(&whole)?))).collect();
    if !wrong.is_empty() {
        return Err(format!("the policy is not what the document says:\n{}", wrong.join("\n")));
    }
    let mut noticed = Vec::new();
    let mut survivors = Vec::new();
    for deletion in deletions(text) {
        let mutant = Subject::of(&deletion.text, routes);
        match expectations.iter().find(|expectation| expectation.problem(&mutant).is_some()) {
            Some(expectation) => noticed.push(format!("{}: {expectation}", deletion.item)),
            None => survivors.push(deletion.item),
        }
    }
    if noticed.is_empty() {
        return Err("nothing was deleted: the check says nothing".to_owned());
    }
    if survivors.is_empty() {
        return Ok(noticed);
    }
    Err(format!("{} deletions go unnoticed:\n{}", survivors.len(), survivors.join("\n")))
}

impl<'s> Subject<'s> {
    fn of(text: &str, routes: &'s RouteTable) -> Self {
        Self { routes, plan: parse(text).and_then(|policy| plan(policy, routes)) }
    }

    /// The same policy with other annotations: whether it builds.
    fn builds_with(&self, routes: &RouteTable) -> bool {
        self.plan.as_ref().is_some_and(|whole| plan(whole.policy.clone(), routes).is_some())
    }
}

fn parse(text: &str) -> Option<Policy> {
    let input =
        PolicyText { file: "scopes.toml", bytes: text.as_bytes(), today: &scopewright_compiler::today(None) };
    scopewright_policy::parse(&input, &mut Sink::default())
}

fn plan(policy: Policy, routes: &RouteTable) -> Option<Plan> {
    let mut sink = Sink::default();
    let plan = link(policy, routes, &mut sink);
    sink.finish().iter().all(|finding| finding.level != Level::Error).then_some(plan)
}

#[cfg(test)]
mod tests {
    use scopewright_compiler::{Inputs, MemoryFileSystem, compile, today};

    use super::{check_text, expectations};

    const POLICY: &str = r#"
[auth.api_key]
type = "bearer"
scopes = "enforced"
unknown_scopes = "deny"

[scopes."cars:read"]
grants = "Read cars."
[scopes."cars:write"]
grants = "Write cars."
implies = ["cars:read"]
[scopes."maps:read"]
grants = "Read maps."
status = "planned"

[[families]]
match = "DELETE /cars/**"
requires = "cars:write"

[sources]
manifest = ["routes.jsonl"]
"#;
    const ROUTES: &str = r#"{"method":"GET","path":"/cars","modes":{"api_key":[["cars:read"]]}}
{"method":"DELETE","path":"/cars","modes":{"api_key":[["cars:write"]]}}
"#;
    const IMPLIED: &str =
        r#"{"case":"a_writer_reads","says":"..","granted":["cars:write"],"call":"GET /cars","allowed":true}"#;
    const GUARDED: &str =
        r#"{"case":"only_a_writer_deletes","says":"..","weaken":"DELETE /cars","to":"cars:read"}"#;
    const CLOSED: &str = r#"{"case":"only_a_scope_deletes","says":"..","weaken":"DELETE /cars","to":null}"#;
    const PLANNED: &str = r#"{"case":"maps_are_to_come","says":"..","scope":"maps:read","status":"planned"}"#;

    fn check(expected: &[&str]) -> Result<Vec<String>, String> {
        let files = MemoryFileSystem::from_iter([("scopes.toml", POLICY), ("routes.jsonl", ROUTES)]);
        let outcome = compile(&Inputs {
            files: &files,
            package: None,
            policy: Some("scopes.toml"),
            today: &today(None),
            cache: None,
            targets: &[],
        });
        assert!(!outcome.has_errors(), "{:?}", outcome.diagnostics);
        check_text(POLICY, &outcome.routes, &expectations::read(&expected.join("\n")))
    }

    #[test]
    fn every_deletion_is_noticed_by_a_named_case() {
        assert_eq!(
            check(&[IMPLIED, GUARDED, PLANNED]).unwrap(),
            [
                "the implication `cars:write` > `cars:read`: `a_writer_reads` (..)",
                "the status of `maps:read`: `maps_are_to_come` (..)",
                "the family `DELETE /cars/**`: `only_a_writer_deletes` (..)",
            ]
        );
    }

    #[test]
    fn a_handler_that_asks_for_no_scope_at_all_asks_for_less() {
        assert!(check(&[IMPLIED, CLOSED, PLANNED]).is_ok());
    }

    #[test]
    fn a_deletion_nobody_notices_is_named() {
        for (left_out, item) in [
            ([GUARDED, PLANNED], "the implication `cars:write` > `cars:read`"),
            ([IMPLIED, PLANNED], "the family `DELETE /cars/**`"),
            ([IMPLIED, GUARDED], "the status of `maps:read`"),
        ] {
            assert_eq!(check(&left_out).unwrap_err(), format!("1 deletions go unnoticed:\n{item}"));
        }
    }

    #[test]
    fn an_expectation_the_whole_policy_breaks_is_named() {
        let wrong = IMPLIED.replace("true", "false");
        let problem = check(&[&wrong, GUARDED, PLANNED]).unwrap_err();
        assert!(problem.contains("`a_writer_reads`"), "{problem}");
    }
}
