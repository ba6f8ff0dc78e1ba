//! The scopes a new key is to have, as an administrator says them.

use rusqlite::types::Value as Column;
use serde_json::Value;

use crate::scopes::{Scope, bundles};
use crate::values::{Readable, words};

/// At least one scope that can be granted, none twice.
#[derive(Clone, Debug)]
pub(crate) struct ScopeList(Vec<Scope>);

impl ScopeList {
    pub(crate) fn of(scopes: &[Scope]) -> Self {
        Self(scopes.to_vec())
    }

    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|scope| scope.as_str()).collect()
    }
}

impl Readable for ScopeList {
    /// Says of every name that is none, and of every scope that can't be granted yet, why not.
    fn read(value: &Value) -> Result<Self, String> {
        let names = value.as_array().filter(|names| !names.is_empty());
        let names = names.ok_or_else(|| "must be a list of at least one scope".to_owned())?;
        let mut scopes = Vec::new();
        let mut problems = Vec::new();
        for name in names {
            match grantable(name) {
                Ok(scope) if scopes.contains(&scope) => problems.push(format!("`{scope}` is there twice")),
                Ok(scope) => scopes.push(scope),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Self(scopes)) } else { Err(problems.join("; ")) }
    }

    fn column(&self) -> Column {
        Column::Text(Value::from(self.names()).to_string())
    }
}

/// The scope of a name, if a key can be granted it.
fn grantable(name: &Value) -> Result<Scope, String> {
    let name = name.as_str().ok_or_else(|| "a scope is a text".to_owned())?;
    // A name that is only announced is not among those a grant may carry, so it is looked for by itself.
    let scope = Scope::ALL.iter().copied().find(|scope| scope.as_str() == name);
    match scope {
        None => Err(format!("there is no scope `{name}`")),
        Some(scope) if scope.status().is_live() => Ok(scope),
        Some(scope) => {
            let status = scope.status().as_str().replace('-', " ");
            Err(format!("`{name}` is {status} and can't be granted yet"))
        }
    }
}

words! {
    /// The scope combinations the policy has a name for.
    pub(crate) enum BundleName {
        "read-only" => ReadOnly,
        "inspection-submission" => InspectionSubmission,
        "full-fleet-management" => FullFleetManagement,
    }
}

impl BundleName {
    pub(crate) fn scopes(self) -> ScopeList {
        ScopeList::of(match self {
            Self::ReadOnly => bundles::READ_ONLY,
            Self::InspectionSubmission => bundles::INSPECTION_SUBMISSION,
            Self::FullFleetManagement => bundles::FULL_FLEET_MANAGEMENT,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ScopeList;
    use crate::values::Readable;

    #[test]
    fn a_scope_that_is_only_announced_cannot_be_granted() {
        let problem = |names| ScopeList::read(&names).unwrap_err();
        assert_eq!(problem(json!(["reports:read"])), "`reports:read` is planned and can't be granted yet");
        assert_eq!(
            problem(json!(["users:read", "vehicles:drive"])),
            "`users:read` is under review and can't be granted yet; there is no scope `vehicles:drive`"
        );
    }

    #[test]
    fn a_list_names_at_least_one_scope_and_none_twice() {
        assert!(ScopeList::read(&json!([])).is_err());
        assert!(ScopeList::read(&json!("vehicles:read")).is_err());
        assert!(ScopeList::read(&json!(["vehicles:read", "vehicles:read"])).is_err());
        assert_eq!(ScopeList::read(&json!(["vehicles:read"])).unwrap().names(), ["vehicles:read"]);
    }
}
