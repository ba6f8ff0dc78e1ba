//! Name resolution: what a path means where it stands, through `use`, globs, re-exports and aliases.

use super::lookup::{Asking, Want};
use super::{ModuleId, Target, TypeDefKind, TypeId, TypeRef, World};
use crate::facts::Type;
use crate::frameworks;
use std::rc::Rc;

/// Names that are there without a `use`.
const STD_PRELUDE: &[&str] = &[
    "Box", "Default", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Result", "Some", "String",
    "Vec", "drop", "Clone",
];

/// What a module has under a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) sure: Vec<Target>,
    /// What a glob import of another package may bring in.
    pub(super) maybe: Vec<Target>,
}

impl Found {
    fn add(&mut self, other: &Self) {
        self.sure.extend(other.sure.iter().cloned());
        self.maybe.extend(other.maybe.iter().cloned());
    }

    pub(super) fn best(self) -> Vec<Target> {
        let mut best = if self.sure.is_empty() {
            let is_known =
                |target: &Target| matches!(target, Target::External(path) if frameworks::is_known(path));
            match self.maybe.iter().find(|target| is_known(target)) {
                Some(known) => vec![known.clone()],
                None => self.maybe,
            }
        } else {
            self.sure
        };
        let mut at = 0;
        while let Some(target) = best.get(at) {
            let is_repeated = best.iter().take(at).any(|earlier| earlier == target);
            if is_repeated {
                best.remove(at);
            } else {
                at += 1;
            }
        }
        best
    }
}

impl World<'_> {
    /// All that a path means in a module or block. Several targets are those of different namespaces or builds.
    pub fn resolve(&mut self, scope: ModuleId, path: &[String], absolute: bool) -> Vec<Target> {
        let mut asking = Asking::from(scope);
        let [name] = path else {
            return self.resolve_for(scope, path, absolute, Want::Anything, &mut asking);
        };
        let key = (scope, name.clone());
        if let Some(known) = self.resolved.get(&key).filter(|_| !absolute) {
            return known.to_vec();
        }
        let found = self.resolve_for(scope, path, absolute, Want::Anything, &mut asking);
        if !absolute {
            self.resolved.insert(key, found.as_slice().into());
        }
        found
    }

    pub(super) fn resolve_for(
        &mut self,
        scope: ModuleId,
        path: &[String],
        absolute: bool,
        want: Want,
        asking: &mut Asking,
    ) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let want_of = |left: usize| if left == 0 { want } else { Want::Container };
        let mut found = match first.as_str() {
            _ if absolute => self.extern_crate(scope, first).into_iter().collect(),
            "crate" | "$crate" => self.crate_root(scope).map(Target::Module).into_iter().collect(),
            "self" => self.nearest_module(scope).map(Target::Module).into_iter().collect(),
            "super" => self.parent_module(scope).map(Target::Module).into_iter().collect(),
            _ => self.lexical(scope, first, want_of(rest.len()), asking),
        };
        for (at, name) in rest.iter().enumerate() {
            let want = want_of(rest.len() - at - 1);
            let mut next = Vec::new();
            for target in found {
                next.extend(self.member(&target, name, want, asking));
            }
            found = next;
        }
        found
    }

    fn crate_root(&self, scope: ModuleId) -> Option<ModuleId> {
        let krate = self.modules.get(scope.0)?.krate;
        self.crates.get(krate.0).map(|krate| krate.root)
    }

    fn nearest_module(&self, scope: ModuleId) -> Option<ModuleId> {
        let mut at = scope;
        loop {
            let module = self.modules.get(at.0)?;
            if !module.is_block {
                return Some(at);
            }
            at = module.parent?;
        }
    }

    fn parent_module(&self, scope: ModuleId) -> Option<ModuleId> {
        let parent = self.modules.get(self.nearest_module(scope)?.0)?.parent?;
        self.nearest_module(parent)
    }

    /// The crate a name stands for without any `use`.
    fn extern_crate(&mut self, scope: ModuleId, name: &str) -> Option<Target> {
        let krate = self.modules.get(scope.0)?.krate;
        let krate = self.crates.get(krate.0)?;
        let own_library = self.crates.iter().find(|other| {
            other.package == krate.package && other.is_library && !krate.is_library && other.name == name
        });
        if let Some(library) = own_library {
            return Some(Target::Module(library.root));
        }
        let packages = self.sources.packages;
        let package = packages.get(krate.package)?;
        let of_dependency = package.dependencies.get(name);
        if let Some(of) = of_dependency
            && let Some(at) = packages.iter().position(|package| package.name == *of)
            && let Some(root) = self.library_of(at)
        {
            return Some(Target::Module(root));
        }
        let is_there = matches!(name, "std" | "core" | "alloc") || frameworks::is_framework(name);
        match of_dependency {
            Some(of) => Some(Target::External(Rc::from([of.replace('-', "_")]))),
            None => is_there.then(|| Target::External(Rc::from([name.to_owned()]))),
        }
    }

    fn lexical(&mut self, scope: ModuleId, name: &str, want: Want, asking: &mut Asking) -> Vec<Target> {
        let mut found = Found::default();
        let mut at = Some(scope);
        while let Some(module) = at {
            found.add(&self.lookup(module, name, want, asking));
            if !found.sure.is_empty() {
                break;
            }
            at = self.modules.get(module.0).and_then(|module| module.parent.filter(|_| module.is_block));
        }
        let is_known =
            |target: &Target| matches!(target, Target::External(path) if frameworks::is_known(path));
        if found.sure.is_empty() && !found.maybe.iter().any(is_known) {
            found.sure.extend(self.extern_crate(scope, name));
            if found.sure.is_empty() && STD_PRELUDE.contains(&name) {
                found.sure.push(Target::External(Rc::from(["std".to_owned(), name.to_owned()])));
            }
        }
        found.best()
    }

    pub(super) fn variant(&self, of: TypeId, name: &str) -> Option<Target> {
        match &self.types.get(of.0)?.kind {
            TypeDefKind::Enum(variants) if variants.iter().any(|variant| variant == name) => {
                Some(Target::Variant(of, name.into()))
            }
            _ => None,
        }
    }

    fn member(&mut self, target: &Target, name: &str, want: Want, asking: &mut Asking) -> Vec<Target> {
        match target {
            Target::Module(module) if name == "self" => vec![Target::Module(*module)],
            Target::Module(module) if name == "super" => {
                self.parent_module(*module).map(Target::Module).into_iter().collect()
            }
            Target::Module(module) => self.lookup(*module, name, want, asking).as_ref().clone().best(),
            Target::External(path) => vec![external_member(path, name)],
            Target::Type(of) => {
                if let Some(variant) = self.variant(*of, name) {
                    return vec![variant];
                }
                let Some(of) = self.follow_alias(*of) else { return Vec::new() };
                let found = self.associated(&of, name);
                match of {
                    TypeRef::External(path) if found.is_empty() => vec![external_member(&path, name)],
                    _ => found,
                }
            }
            Target::Function(_) | Target::Constant(_) | Target::Variant(..) => Vec::new(),
        }
    }

    /// What an alias stands for; any other type is itself.
    pub fn follow_alias(&mut self, of: TypeId) -> Option<TypeRef> {
        let mut at = of;
        for _ in 0..16 {
            let def = self.types.get(at.0)?;
            let TypeDefKind::Alias(aliased) = &def.kind else { return Some(TypeRef::Local(at)) };
            let (module, aliased) = (def.module, aliased.clone());
            let Type::Path(path) = aliased else { return None };
            let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
            let targets = self.resolve(module, &names, path.absolute);
            let next = targets.into_iter().find_map(|target| match target {
                Target::Type(of) => Some(Ok(of)),
                Target::External(path) => Some(Err(path)),
                _ => None,
            });
            match next? {
                Ok(of) if of != at => at = of,
                Ok(_) => return None,
                Err(path) => return Some(TypeRef::External(path)),
            }
        }
        None
    }
}

pub(super) fn external_member(path: &Rc<[String]>, name: &str) -> Target {
    if matches!(name, "self") {
        return Target::External(Rc::clone(path));
    }
    Target::External(path.iter().cloned().chain([name.to_owned()]).collect())
}
