//! Which policies doors ask, and which ones the routers they are on are compared with.

use crate::world::{Location, TypeRef, World};
use scopewright_model::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The policies that are named, each by the path of its generated `Scope`.
#[derive(Debug, Default)]
pub struct Policies {
    compared: BTreeSet<Rc<[String]>>,
    doors: BTreeMap<Location, Rc<[String]>>,
}

impl Policies {
    /// A method with a type parameter that may name a policy.
    pub fn named(&mut self, method: &str, policy: &TypeRef, at: Location) {
        match method {
            "guarded" | "guarded_unchecked" => self.compared(policy),
            "merge_axum" | "service_actix" => {
                if let Some(policy) = generated(policy) {
                    self.doors.insert(at, policy);
                }
            }
            _ => {}
        }
    }

    /// A comparison with a policy.
    pub fn compared(&mut self, policy: &TypeRef) {
        self.compared.extend(generated(policy));
    }

    /// The doors that ask a policy which nothing here is compared with.
    pub fn report(&self, world: &mut World<'_>) {
        // Without a comparison nothing is known of the routers the doors are on.
        if self.compared.is_empty() {
            return;
        }
        let others = self.doors.iter().filter(|(_, policy)| !self.compared.contains(*policy));
        for (at, policy) in others {
            let package = policy.first().map_or("", String::as_str);
            let finding = Diagnostic::new(
                Code::DoorOfAnotherPolicy,
                format!(
                    "this door asks the policy of `{package}`, and what it is a part of is under another one"
                ),
                world.span(*at),
                "lets in whoever that policy lets in",
            );
            world.diagnostics.push(finding.help("name the policy that `guarded` names: `::<scopes::Scope>`"));
        }
    }
}

/// The path of a generated `Scope`.
fn generated(policy: &TypeRef) -> Option<Rc<[String]>> {
    match policy {
        TypeRef::External(path) if matches!(path.as_ref(), [_, module, name] if module == "scopes" && name == "Scope") => {
            Some(path.clone())
        }
        _ => None,
    }
}
