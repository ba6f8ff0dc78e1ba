//! Name resolution: what a path means where it stands, through `use`, globs, re-exports and aliases.

use super::{ModuleId, Named, Target, TypeDefKind, TypeId, TypeRef, World};
use crate::facts::{Type, Use};
use crate::frameworks;
use std::rc::Rc;

/// Names that are there without a `use`.
const STD_PRELUDE: &[&str] = &[
    "Box", "Default", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Result", "Some", "String",
    "Vec", "drop", "Clone",
];

/// Lookups that are under way, so that a circle of re-exports ends.
type Guard = Vec<(ModuleId, String)>;

/// What a module has under a name.
#[derive(Default)]
struct Found {
    sure: Vec<Target>,
    /// What a glob import of another package may bring in.
    maybe: Vec<Target>,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.sure.extend(other.sure);
        self.maybe.extend(other.maybe);
    }

    fn best(self) -> Vec<Target> {
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
        let [name] = path else { return self.resolve_guarded(scope, path, absolute, &mut Guard::new()) };
        let key = (scope, name.clone());
        if let Some(known) = self.resolved.get(&key).filter(|_| !absolute) {
            return known.to_vec();
        }
        let found = self.resolve_guarded(scope, path, absolute, &mut Guard::new());
        if !absolute {
            self.resolved.insert(key, found.as_slice().into());
        }
        found
    }

    fn resolve_guarded(
        &mut self,
        scope: ModuleId,
        path: &[String],
        absolute: bool,
        guard: &mut Guard,
    ) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut found = match first.as_str() {
            _ if absolute => self.extern_crate(scope, first).into_iter().collect(),
            "crate" | "$crate" => self.crate_root(scope).map(Target::Module).into_iter().collect(),
            "self" => self.nearest_module(scope).map(Target::Module).into_iter().collect(),
            "super" => self.parent_module(scope).map(Target::Module).into_iter().collect(),
            _ => self.lexical(scope, first, guard),
        };
        for name in rest {
            let mut next = Vec::new();
            for target in found {
                next.extend(self.member(&target, name, guard));
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

    fn lexical(&mut self, scope: ModuleId, name: &str, guard: &mut Guard) -> Vec<Target> {
        let mut found = Found::default();
        let mut at = Some(scope);
        while let Some(module) = at {
            found.add(self.lookup(module, name, guard));
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

    /// What a module declares or imports under a name.
    fn lookup(&mut self, module: ModuleId, name: &str, guard: &mut Guard) -> Found {
        let mut found = Found::default();
        if guard.iter().any(|(of, wanted)| *of == module && wanted == name) {
            // `pub use home::*;` asks for the module `home` while a function of that name is looked for.
            let names = self.modules.get(module.0).and_then(|module| module.names.get(name));
            found.sure.extend(names.into_iter().flatten().filter_map(|named| match named {
                Named::Target(target @ (Target::Module(_) | Target::Type(_))) => Some(target.clone()),
                _ => None,
            }));
            return found;
        }
        self.ensure_loaded(module);
        guard.push((module, name.to_owned()));
        let declared =
            self.modules.get(module.0).and_then(|module| module.names.get(name)).cloned().unwrap_or_default();
        for named in declared {
            match named {
                Named::Target(target) => found.sure.push(target),
                Named::Use(of) => found.sure.extend(self.used(module, &of, guard)),
            }
        }
        // A module or type leaves the name free for a function: `mod home; pub use home::*;` brings in `home::home`.
        let is_free = |target: &Target| matches!(target, Target::Module(_) | Target::Type(_));
        if found.sure.iter().all(is_free) {
            let is_declared = !found.sure.is_empty();
            let globs = self.modules.get(module.0).map(|module| module.globs.clone()).unwrap_or_default();
            for glob in globs {
                for target in self.used(module, &glob, guard) {
                    let member = self.glob_member(&target, name, guard);
                    if is_declared {
                        found.sure.extend(member.sure.into_iter().filter(|target| !is_free(target)));
                    } else {
                        found.add(member);
                    }
                }
            }
        }
        guard.pop();
        found
    }

    fn used(&mut self, module: ModuleId, of: &Use, guard: &mut Guard) -> Vec<Target> {
        self.resolve_guarded(module, &of.path, of.absolute, guard)
    }

    fn glob_member(&mut self, target: &Target, name: &str, guard: &mut Guard) -> Found {
        match target {
            Target::Module(module) => self.lookup(*module, name, guard),
            Target::External(path) => {
                // A glob of the standard library brings in no router.
                let is_std =
                    path.first().is_some_and(|first| matches!(first.as_str(), "std" | "core" | "alloc"));
                let maybe = if is_std { Vec::new() } else { vec![external_member(path, name)] };
                Found { sure: Vec::new(), maybe }
            }
            Target::Type(of) => {
                Found { sure: self.variant(*of, name).into_iter().collect(), maybe: Vec::new() }
            }
            Target::Function(_) | Target::Constant(_) | Target::Variant(..) => Found::default(),
        }
    }

    fn variant(&self, of: TypeId, name: &str) -> Option<Target> {
        match &self.types.get(of.0)?.kind {
            TypeDefKind::Enum(variants) if variants.iter().any(|variant| variant == name) => {
                Some(Target::Variant(of, name.into()))
            }
            _ => None,
        }
    }

    fn member(&mut self, target: &Target, name: &str, guard: &mut Guard) -> Vec<Target> {
        match target {
            Target::Module(module) if name == "self" => vec![Target::Module(*module)],
            Target::Module(module) if name == "super" => {
                self.parent_module(*module).map(Target::Module).into_iter().collect()
            }
            Target::Module(module) => self.lookup(*module, name, guard).best(),
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

fn external_member(path: &Rc<[String]>, name: &str) -> Target {
    if matches!(name, "self") {
        return Target::External(Rc::clone(path));
    }
    Target::External(path.iter().cloned().chain([name.to_owned()]).collect())
}
