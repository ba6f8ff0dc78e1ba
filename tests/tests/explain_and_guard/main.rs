//! `cargo scopes explain` against the guard: the same answer and the same reason, whatever the policy, the endpoint and the
//! credential.
//!
//! Each round draws a policy as text, compiles it as the command does, and asks twice: what `explain` prints its answer
//! from, and a request to axum and to actix-web under the tables of that policy. `EXPLAIN_ROUNDS` sets how many policies,
//! `EXPLAIN_SEED` where they begin.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test panics when it fails"
)]

mod random;
mod run_time;
mod services;

use random::{Drawn, ENDPOINTS, Random, TOOLS};
use run_time::AnyScope;
use scopewright::{Catalogue as _, Denial, DenialKind};
use scopewright_compiler::{Inputs, MemoryFileSystem, compile};
use scopewright_model::core::{Answering, ModeIndex, Verdict};
use scopewright_model::{Answer, Credential, Level, NameStanding, Operation, Plan};
use services::{
    Answered, Comes, Read, Said, actix_service, ask_actix, ask_axum, axum_service, call_of, grant,
};
use std::collections::BTreeMap;

/// How often each thing was met, so that this can't compare nothing.
type Met = BTreeMap<String, usize>;

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

#[test]
fn explain_answers_what_the_guard_answers() {
    let rounds = setting("EXPLAIN_ROUNDS", 1000);
    let seed = setting("EXPLAIN_SEED", 7);
    services::watch();
    let mut met = Met::new();
    actix_web::rt::System::new().block_on(async {
        for round in 0..rounds {
            let mut random = Random(seed.wrapping_add(round.wrapping_mul(0xD1B5_4A32_D192_ED03)));
            let drawn = random::policy(&mut random);
            one_policy(&mut random, &drawn, &mut met).await;
        }
    });
    for (what, count) in &met {
        println!("{count:>8} {what}");
    }
    for what in EXPECTED {
        let count = met.get(*what).copied().unwrap_or_default();
        assert!(count as u64 > rounds / 50, "`{what}` was met {count} times in {rounds} rounds");
    }
}

/// What has to be met for the comparison to say something.
const EXPECTED: &[&str] = &[
    "answer: let in",
    "answer: unauthenticated",
    "answer: insufficient_scope",
    "answer: insufficient_user_authentication",
    "answer: mode_refused",
    "answer: undecided",
    "credential: absent",
    "credential: valid",
    "credential: unknown_scopes",
    "credential: invalid",
    "credential that is not valid: let in",
    "credential that is not valid: unauthenticated",
    "credential that is not valid: undecided",
    "name: stable",
    "name: beta",
    "name: deprecated",
    "name: planned",
    "name: under-review",
    "name: removed",
    "name: old",
    "name: unknown",
    "names: none",
    "names: one twice",
    "mode: together",
    "mode: part",
    "mode: upgrade",
    "mode: skipped",
    "mode: deny",
    "mode: ignore",
    "mode: mutual-tls",
    "read: Names",
    "read: Claim",
    "read: Scopes",
    "comes: Presented",
    "comes: AsGrant",
    "tool: answered by Neither",
    "tool: answered by Endpoint",
    "tool: answered by Called",
    "tool: answered by Both",
];

async fn one_policy(random: &mut Random, drawn: &Drawn, met: &mut Met) {
    let plan = plan(drawn);
    run_time::load(&plan, drawn);
    let mut axum = axum_service();
    let actix = actix_service!();
    for at in 0..ENDPOINTS {
        let path = format!("/e{at}");
        let operation = operation(&plan, &path);
        let method = operation.method.as_str();
        for _ in 0..3 {
            let said = said(random, drawn, &plan);
            let explained = explained(&plan, said.as_ref(), met);
            let answer = operation.access().answer(&plan.policy, explained.as_ref());
            let expected = expected(&plan, &answer);
            let what = || about(drawn, &format!("{method} {path}"), said.as_ref());
            let of_axum = ask_axum(&mut axum, method, &path, said.as_ref(), String::new()).await;
            assert_eq!(comparable(of_axum), expected, "axum: {}", what());
            let of_actix = ask_actix!(actix, method, &path, said.as_ref());
            assert_eq!(comparable(of_actix), expected, "actix-web: {}", what());
            let by_itself = by_itself(&path, method, said.as_ref());
            assert_eq!(comparable(by_itself), expected, "without a framework: {}", what());
            count(met, &answer, explained.as_ref());
        }
    }
    let endpoint = operation(&plan, "/mcp");
    for at in 0..TOOLS {
        let said = said(random, drawn, &plan);
        let explained = explained(&plan, said.as_ref(), met);
        let tool = operation(&plan, &format!("/tools/t{at}"));
        let (answering, answer) =
            tool.access().answer_through(endpoint.access(), &plan.policy, explained.as_ref());
        let expected = expected(&plan, &answer);
        let found = ask_axum(&mut axum, "POST", "/mcp", said.as_ref(), call_of(&format!("t{at}"))).await;
        assert_eq!(comparable(found), expected, "{}", about(drawn, &format!("tool t{at}"), said.as_ref()));
        add(met, format!("tool: answered by {answering:?}"));
        let is_stated = answering == Answering::Neither || answer.verdict != Verdict::Allowed;
        assert!(is_stated, "whose decision denies is said of denials only");
    }
}

/// The policy and its endpoints, compiled as the command does.
fn plan(drawn: &Drawn) -> Plan {
    let files = [("scopes.toml", drawn.policy.clone()), ("routes.jsonl", drawn.manifest.clone())];
    let files = MemoryFileSystem::from_iter(files);
    let policy = Some("scopes.toml");
    let inputs =
        Inputs { files: &files, package: None, policy, today: "2026-06-15", cache: None, targets: &[] };
    let outcome = compile(&inputs);
    let error = outcome.diagnostics.iter().find(|finding| finding.level == Level::Error);
    assert!(error.is_none(), "{error:#?}\n{}\n{}", drawn.policy, drawn.manifest);
    outcome.plan.unwrap()
}

fn operation<'p>(plan: &'p Plan, path: &str) -> &'p Operation {
    plan.operations.iter().find(|operation| operation.path.to_string() == path).unwrap()
}

/// A caller: of any mode the policy has, parts included, or without a credential.
fn said(random: &mut Random, drawn: &Drawn, plan: &Plan) -> Option<Said> {
    if random.chance(8) {
        return None;
    }
    let mode = ModeIndex(random.below(drawn.modes.len()) as u8);
    let row = AnyScope::policy().mode(mode).unwrap();
    let mut names = random::names(random, drawn);
    let is_certificate = row.credential == scopewright::Credential::MutualTls;
    let comes = if is_certificate || random.chance(20) { Comes::AsGrant } else { Comes::Presented };
    let is_declared = |name: &String| {
        plan.policy.scope_named(name).is_some() || plan.policy.aliases.iter().any(|alias| alias.name == *name)
    };
    let read = match random.below(3) {
        // A name with a comma can't stand between commas.
        1 if names.iter().all(|name| !name.contains(',')) => Read::Claim,
        2 if names.iter().all(is_declared) => Read::Scopes,
        _ => Read::Names,
    };
    if read == Read::Names && random.chance(3) {
        names.push(String::new());
    }
    Some(Said { mode, names, read, comes })
}

/// The credential as `explain` reads it, compared with the grant as the run time does.
fn explained<'p>(plan: &'p Plan, said: Option<&Said>, met: &mut Met) -> Option<Credential<'p>> {
    let said = said?;
    let explained = plan.policy.credential(said.mode, said.names.iter().map(String::as_str));
    let grant = grant(said);
    let granted: Vec<_> = grant.raw().map(AnyScope::index).collect();
    assert_eq!(explained.granted, granted, "{said:?}");
    let mut closure: Vec<_> =
        granted.iter().flat_map(|scope| plan.policy.scope(*scope).closure.iter().copied()).collect();
    closure.sort_unstable();
    closure.dedup();
    assert_eq!(closure, grant.closure().map(AnyScope::index).collect::<Vec<_>>(), "{said:?}");
    let unknown = explained.names.iter().filter(|read| read.grants.is_none()).count();
    assert_eq!(unknown == 0, grant.unknown_scopes() == 0, "{said:?}");
    for read in &explained.names {
        add(
            met,
            match read.standing {
                NameStanding::Scope(scope) => format!("name: {}", plan.policy.scope(scope).status.as_str()),
                NameStanding::OldName(_) => "name: old".to_owned(),
                NameStanding::Unknown => "name: unknown".to_owned(),
            },
        );
    }
    if said.names.is_empty() {
        add(met, "names: none".to_owned());
    } else if explained.names.len() < said.names.len() {
        add(met, "names: one twice".to_owned());
    }
    add(met, format!("read: {:?}", said.read));
    add(met, format!("comes: {:?}", said.comes));
    let row = AnyScope::policy().mode(said.mode).unwrap();
    let kinds = [
        ("together", matches!(row.credential, scopewright::Credential::Together(_))),
        ("mutual-tls", row.credential == scopewright::Credential::MutualTls),
        ("part", !row.alone),
        ("upgrade", row.base.is_some()),
        ("skipped", row.enforcement == scopewright::ScopeEnforcement::Skipped),
        ("deny", row.unknown_scopes == scopewright::UnknownNames::Deny),
        ("ignore", row.unknown_scopes == scopewright::UnknownNames::Ignore),
    ];
    for (kind, _) in kinds.into_iter().filter(|(_, is_it)| *is_it) {
        add(met, format!("mode: {kind}"));
    }
    Some(explained)
}

/// What the guard has to answer, by what `explain` says.
fn expected(plan: &Plan, answer: &Answer) -> (u16, Vec<(&'static str, Vec<String>)>) {
    let Some(kind) = answer.verdict.denial() else { return (200, Vec::new()) };
    let status = plan.policy.denials.of(answer.verdict).unwrap().status;
    let mut missing: Vec<String> =
        answer.missing.iter().map(|scope| plan.policy.scope(*scope).name.clone()).collect();
    missing.sort_unstable();
    (status, vec![(kind, missing)])
}

/// An answer, the scopes that are missing left out where they are not the reason.
fn comparable(answered: Answered) -> (u16, Vec<(&'static str, Vec<String>)>) {
    let of_reason = |(kind, missing): (&'static str, Vec<&str>)| {
        let is_reason = kind == DenialKind::InsufficientScope.as_str();
        (kind, if is_reason { missing.into_iter().map(str::to_owned).collect() } else { Vec::new() })
    };
    (answered.status, answered.denials.into_iter().map(of_reason).collect())
}

/// The guard without a framework, asked with the grant itself. Who presents a part has no grant.
fn by_itself(path: &str, method: &str, said: Option<&Said>) -> Answered {
    let grant = said.map(grant);
    let row = AnyScope::policy().routes.iter().find(|row| row.path == path).unwrap();
    let status = Denial::check(&row.operation, grant.as_ref(), method, path)
        .map_or_else(|denial| denial.status(), |()| 200);
    services::answered(status)
}

fn count(met: &mut Met, answer: &Answer, credential: Option<&Credential<'_>>) {
    let said = answer.verdict.denial().unwrap_or("let in");
    add(met, format!("answer: {said}"));
    add(met, format!("credential: {}", credential.map_or("absent", Credential::word)));
    if credential.is_some_and(|credential| credential.invalid.is_some()) {
        add(met, format!("credential that is not valid: {said}"));
    }
}

fn add(met: &mut Met, what: String) {
    *met.entry(what).or_default() += 1;
}

fn about(drawn: &Drawn, what: &str, said: Option<&Said>) -> String {
    format!("{what} by {said:?} of {:?}\n{}\n{}", drawn.modes, drawn.policy, drawn.manifest)
}
