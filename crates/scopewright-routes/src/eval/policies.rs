//! Which policies doors ask, and which ones routers are compared with.

use crate::world::{Location, TypeRef, World};
use scopewright_model::{Code, Diagnostic};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The policies that are named, each by the path of its generated `Scope`.
#[derive(Debug, Default)]
pub struct Policies {
    compared: BTreeMap<Location, Rc<[String]>>,
    doors: BTreeMap<Location, Rc<[String]>>,
}

impl Policies {
    /// A method with a type parameter that may name a policy.
    pub fn named(&mut self, method: &str, policy: &TypeRef, at: Location) {
        match method {
            "guarded" | "guarded_unchecked" => self.compared(policy, at),
            "merge_axum" | "service_actix" => {
                if let Some(policy) = generated(policy) {
                    self.doors.insert(at, policy);
                }
            }
            _ => {}
        }
    }

    /// A comparison with a policy.
    pub fn compared(&mut self, policy: &TypeRef, at: Location) {
        if let Some(policy) = generated(policy) {
            self.compared.insert(at, policy);
        }
    }

    /// Where another policy is named than the package's own; without one of its own, doors that ask another policy than
    /// any router is compared with.
    pub fn report(&self, world: &mut World<'_>) {
        let is_own = |policy: &[String]| policy.first().is_some_and(|krate| krate == OWN);
        let is_right = |policy: &Rc<[String]>| {
            if world.has_own_scopes {
                is_own(policy)
            } else {
                self.compared.is_empty() || self.compared.values().any(|compared| compared == policy)
            }
        };
        let mut findings = Vec::new();
        for (all, what, label) in [
            (&self.doors, "this door asks", "lets in whoever that policy lets in"),
            (&self.compared, "this is compared with", "what this package's policy says is not asked"),
        ] {
            for (at, policy) in all.iter().filter(|(_, policy)| !is_right(policy)) {
                let package = policy.first().map_or("", String::as_str);
                let message = format!("{what} the policy of `{package}`, and it is under another one");
                let finding = Diagnostic::new(Code::AnotherPolicy, message, world.span(*at), label);
                findings.push(finding.help("name the policy that the service is under: `::<scopes::Scope>`"));
            }
        }
        world.diagnostics.extend(findings);
    }
}

/// How the path of the package's own generated module begins.
pub const OWN: &str = "scopewright";

/// The path of a generated `Scope`.
fn generated(policy: &TypeRef) -> Option<Rc<[String]>> {
    match policy {
        TypeRef::External(path) => match path.as_ref() {
            [_, module, name] if module == "scopes" && name == "Scope" => Some(Rc::clone(path)),
            _ => None,
        },
        TypeRef::Local(_) => None,
    }
}
