//! Every operation of a policy with the callers it has to let in and those it has to turn away.

use super::order::{Granted, Order};
use super::path::filled;
use crate::catalogue::{Catalogue, CompiledPolicy, ModeRow, RouteRow};
use crate::grant::Grant;
use scopewright_core::{Decision, Method, ModeIndex, Operation, ScopeEnforcement, ScopeIndex, Verdict};
use std::fmt;

/// One call, and what the policy says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Case<C: Catalogue> {
    /// The method to call with; for a route that answers every method, one that no other route of its path has.
    pub method: Method,
    /// The route's pattern: `/cameras/{id}`.
    pub route: &'static str,
    /// A path of the route, its parameters filled: `/cameras/987654`.
    pub path: String,
    /// The operation's name.
    pub operation_id: &'static str,
    /// Whether the route exists only under a condition, so that the service under test may be without it.
    pub is_conditional: bool,
    /// The auth mode of the caller's valid credential; none is a caller without a credential.
    pub mode: Option<C::Mode>,
    /// The scopes that are granted to it.
    pub granted: Vec<C>,
    /// What the policy says.
    pub expected: Verdict,
    /// Why, in words.
    pub because: &'static str,
}

impl<C: Catalogue> Case<C> {
    /// The caller's grant, none for a caller without a credential.
    pub fn grant(&self) -> Option<Grant<C>> {
        Some(Grant::of(self.mode?, self.granted.iter().copied()))
    }
}

impl<C: Catalogue> fmt::Display for Case<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{} {}` ", self.method, self.route)?;
        let policy = C::policy();
        let Some(mode) = self.mode.and_then(|mode| policy.mode(C::mode_index(mode))) else {
            return f.write_str("without a credential");
        };
        write!(f, "as `{}` with ", mode.name)?;
        if self.granted.is_empty() {
            return f.write_str("no scope");
        }
        for (at, scope) in self.granted.iter().enumerate() {
            write!(f, "{}`{}`", if at == 0 { "" } else { ", " }, policy.scope_name(scope.index()))?;
        }
        Ok(())
    }
}

/// Every case of a policy: for each operation that a handler answers, a caller without a credential, and for each auth
/// mode
///
/// - where scopes are asked for, each least grant that is enough (let in), each grant just below one of these (turned
///   away), and all scopes that have nothing to do with the requirement (turned away);
/// - where they are not, a credential without scopes;
/// - where the mode is refused or nothing is decided yet, a credential with every scope (turned away all the same).
///
/// The expectations follow from how the grants are constructed, not from the function that decides in the service.
/// In the order of the table, then of the modes.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::Scope;
/// let cases: Vec<String> = scopewright::testing::cases::<Scope>()
///     .map(|case| format!("{case}: {:?}", case.expected))
///     .collect();
/// assert!(cases.contains(&"`POST /cameras` as `api_key` with `write:cameras`: Allowed".to_owned()));
/// assert!(cases.contains(&"`POST /cameras` as `api_key` with `read:cameras`: InsufficientScope".to_owned()));
/// assert!(cases.contains(&"`POST /cameras` without a credential: Unauthenticated".to_owned()));
/// ```
pub fn cases<C: Catalogue>() -> impl Iterator<Item = Case<C>> {
    let policy = C::policy();
    let order = Order::of::<C>();
    policy.routes.iter().filter(|row| row.is_handler).flat_map(move |row| {
        let subject = Subject { policy, row, order: &order };
        subject.cases::<C>()
    })
}

/// An operation of the table, and what is needed to find its cases.
struct Subject<'a> {
    policy: &'static CompiledPolicy,
    row: &'static RouteRow,
    order: &'a Order,
}

/// A grant, the verdict it is constructed for, and why.
type Labelled = (Granted, Verdict, &'static str);

impl Subject<'_> {
    fn cases<C: Catalogue>(&self) -> Vec<Case<C>> {
        let method = self.method();
        let path = filled(self.policy.routes, self.row.path);
        let case = |mode, (granted, expected, because): Labelled| Case {
            method,
            route: self.row.path,
            path: path.clone(),
            operation_id: self.row.operation_id,
            is_conditional: self.row.is_conditional,
            mode,
            granted: granted
                .iter()
                .filter_map(|scope| C::SCOPES.get(usize::from(scope.0)).copied())
                .collect(),
            expected,
            because,
        };
        let mut cases = vec![case(None, nobody(&self.row.operation))];
        for mode in C::MODES {
            let index = C::mode_index(*mode);
            // No caller is of a mode that is only a part of another one.
            let Some(row) = self.policy.mode(index).filter(|row| row.alone) else { continue };
            let labelled = self.labelled(index, row);
            cases.extend(labelled.into_iter().map(|labelled| case(Some(*mode), labelled)));
        }
        cases
    }

    /// The route's own method; of a route for every method one that is left for it.
    fn method(&self) -> Method {
        if self.row.method != Method::Any {
            return self.row.method;
        }
        let is_taken = |method: &Method| {
            self.policy.routes.iter().any(|row| row.path == self.row.path && row.method == *method)
        };
        [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options]
            .into_iter()
            .find(|method| !is_taken(method))
            .unwrap_or(Method::Trace)
    }

    /// The grants to try for one mode.
    fn labelled(&self, mode: ModeIndex, row: &ModeRow) -> Vec<Labelled> {
        let nothing = Granted::new;
        match self.row.operation.for_mode(mode, row.base) {
            Decision::Scoped(_) if row.enforcement == ScopeEnforcement::Skipped => {
                vec![(nothing(), Verdict::Allowed, "the scopes of this mode are not checked")]
            }
            Decision::Scoped(requirement) => self.around(requirement.alternatives()),
            Decision::Authenticated => vec![(nothing(), Verdict::Allowed, "any valid credential will do")],
            Decision::Public => vec![(nothing(), Verdict::Allowed, "it is public")],
            Decision::OptionalAuth => vec![(nothing(), Verdict::Allowed, "a credential is optional")],
            Decision::Refused if row.upgrades.iter().any(|upgrade| self.may_let_in(*upgrade, mode)) => {
                let because = "a credential with more assurance is asked for";
                vec![(self.order.everything(), Verdict::InsufficientUserAuthentication, because)]
            }
            Decision::Refused => {
                vec![(self.order.everything(), Verdict::ModeRefused, "this mode may never call it")]
            }
            Decision::Deferred => {
                vec![(self.order.everything(), Verdict::Undecided, "nobody has decided about it")]
            }
        }
    }

    /// Whether some credential of a mode that upgrades `base` is let in.
    fn may_let_in(&self, upgrade: ModeIndex, base: ModeIndex) -> bool {
        !matches!(self.row.operation.for_mode(upgrade, Some(base)), Decision::Refused | Decision::Deferred)
    }

    /// The grants on both sides of what is needed.
    fn around(&self, any_of: &[&[ScopeIndex]]) -> Vec<Labelled> {
        let mut found: Vec<Labelled> = Vec::new();
        for least in self.order.least(any_of) {
            for below in self.order.below(&least) {
                add(&mut found, (below, Verdict::InsufficientScope, "it is just below a least grant"));
            }
            add(&mut found, (least, Verdict::Allowed, "it is a least grant"));
        }
        let unrelated = self.order.unrelated(any_of);
        add(&mut found, (unrelated, Verdict::InsufficientScope, "none of these scopes is asked for"));
        found
    }
}

/// Adds what is not there yet: one grant can be just below two.
fn add(found: &mut Vec<Labelled>, labelled: Labelled) {
    if !found.iter().any(|(granted, ..)| *granted == labelled.0) {
        found.push(labelled);
    }
}

/// What becomes of a caller without a credential: let in where any mode's decision asks for none.
fn nobody(operation: &Operation<'_>) -> Labelled {
    let mut decisions: Vec<Decision<'_>> = operation.by_mode.iter().map(|entry| entry.decision).collect();
    decisions.push(operation.otherwise);
    let (verdict, because) = if decisions.contains(&Decision::Public) {
        (Verdict::Allowed, "it is public")
    } else if decisions.contains(&Decision::OptionalAuth) {
        (Verdict::Allowed, "a credential is optional")
    } else if decisions.iter().all(|decision| *decision == Decision::Deferred) {
        (Verdict::Undecided, "nobody has decided about it")
    } else {
        (Verdict::Unauthenticated, "it asks for a credential")
    };
    (Granted::new(), verdict, because)
}
