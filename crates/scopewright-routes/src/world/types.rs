//! Types: what a type expression names, and what functions and constants it has.

use super::{ConstId, FnId, ImplId, ImplTypes, ModuleId, Owner, Target, TypeDefKind, TypeId, TypeRef, World};
use crate::facts::{Body, Path, Type};
use crate::words;

impl World<'_> {
    /// The type a type expression names in a module. `of_self` is what `Self` means there.
    pub fn type_ref(&mut self, module: ModuleId, of: &Type, of_self: Option<&TypeRef>) -> Option<TypeRef> {
        let Type::Path(path) = of.inner() else { return None };
        if path.single() == Some("Self") {
            return of_self.cloned();
        }
        self.path_type(module, path)
    }

    /// The type that a value's fields and methods are those of: `Arc<T>`, and an extractor that holds a `T`, are a `T`.
    pub fn held_type(&mut self, module: ModuleId, of: &Type, of_self: Option<&TypeRef>) -> Option<TypeRef> {
        let found = self.type_ref(module, of, of_self);
        match (&found, of.held()) {
            (Some(TypeRef::External(_)), Some(held)) => self.held_type(module, held, of_self).or(found),
            _ => found,
        }
    }

    /// The type a path names.
    pub fn path_type(&mut self, module: ModuleId, path: &Path) -> Option<TypeRef> {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        let targets = self.resolve(module, &names, path.absolute);
        let target =
            targets.into_iter().find(|target| matches!(target, Target::Type(_) | Target::External(_)))?;
        match target {
            Target::Type(of) => self.follow_alias(of),
            Target::External(path) => Some(TypeRef::External(path)),
            _ => None,
        }
    }

    /// The types an implementation is about.
    pub fn impl_types(&mut self, id: ImplId) -> ImplTypes {
        let Some(def) = self.impls.get(id.0) else {
            return ImplTypes { of: None, is_blanket: false, of_trait: None };
        };
        if let Some(resolved) = &def.resolved {
            return resolved.clone();
        }
        let (module, of, of_trait) = (def.module, def.of.clone(), def.of_trait.clone());
        let is_blanket = match of.inner() {
            Type::Path(path) => {
                path.single().is_some_and(|name| def.generics.iter().any(|generic| generic == name))
            }
            _ => false,
        };
        let of = if is_blanket { None } else { self.type_ref(module, &of, None) };
        let of_trait = of_trait.and_then(|path| self.path_type(module, &path));
        let resolved = ImplTypes { of, is_blanket, of_trait };
        if let Some(def) = self.impls.get_mut(id.0) {
            def.resolved = Some(resolved.clone());
        }
        resolved
    }

    /// The functions and constants of a name that a type has: its own before those of traits, all that implementations
    /// of a trait have if it is a trait.
    pub fn associated(&mut self, of: &TypeRef, name: &str) -> Vec<Target> {
        let found = self.associated_known(of, name);
        if !found.is_empty() {
            return found;
        }
        if let TypeRef::Local(id) = of
            && let Some(type_name) = self.types.get(id.0).map(|def| def.name.clone())
            && self.read_skipped_with(&[&type_name, name, "impl"])
        {
            return self.associated_known(of, name);
        }
        found
    }

    fn associated_known(&mut self, of: &TypeRef, name: &str) -> Vec<Target> {
        let (mut own, mut of_traits) = (Vec::new(), Vec::new());
        for id in self.by_member.get(name).cloned().unwrap_or_default() {
            let types = self.impl_types(id);
            let is_of_type = types.of.as_ref() == Some(of) || types.is_blanket;
            if !is_of_type && types.of_trait.as_ref() != Some(of) {
                continue;
            }
            let Some(target) = self.impl_member(id, name) else { continue };
            let into = if types.of_trait.is_none() { &mut own } else { &mut of_traits };
            into.push(target);
        }
        if !own.is_empty() {
            return own;
        }
        if of_traits.is_empty() || matches!(of, TypeRef::Local(id) if self.is_trait(*id)) {
            of_traits.extend(self.trait_defaults(of, name));
        }
        of_traits
    }

    /// The functions of a name, `from` or `try_from`, that make something of a type.
    pub fn conversions(&mut self, from: &TypeRef, name: &str) -> Vec<FnId> {
        let mut found = Vec::new();
        for id in self.by_member.get(name).cloned().unwrap_or_default() {
            let Some(function) = self.impls.get(id.0).and_then(|def| def.functions.get(name)).copied() else {
                continue;
            };
            if self.takes_first(function, from) {
                found.push(function);
            }
        }
        found
    }

    /// Whether a function is one of a trait that none of the packages declares.
    pub fn is_of_foreign_trait(&mut self, id: FnId) -> bool {
        let Some(Owner::Impl(of)) = self.functions.get(id.0).map(|def| def.owner) else { return false };
        let has_trait = self.impls.get(of.0).is_some_and(|def| def.of_trait.is_some());
        has_trait && !matches!(self.impl_types(of).of_trait, Some(TypeRef::Local(_)))
    }

    /// Whether a function's first parameter is of a type.
    pub fn takes_first(&mut self, function: FnId, of: &TypeRef) -> bool {
        let Some(module) = self.functions.get(function.0).map(|def| def.module) else { return false };
        let Some(facts) = self.function(function) else { return false };
        let Some(param) = facts.params.first() else { return false };
        let of_self = self.self_type(function);
        self.type_ref(module, &param.of, of_self.as_ref()).as_ref() == Some(of)
    }

    fn impl_member(&self, id: ImplId, name: &str) -> Option<Target> {
        let def = self.impls.get(id.0)?;
        let function = def.functions.get(name).copied().map(Target::Function);
        function.or_else(|| def.constants.get(name).copied().map(Target::Constant))
    }

    fn is_trait(&self, id: TypeId) -> bool {
        self.types.get(id.0).is_some_and(|def| matches!(def.kind, TypeDefKind::Trait { .. }))
    }

    /// What the traits a type implements give it.
    fn trait_defaults(&mut self, of: &TypeRef, name: &str) -> Vec<Target> {
        let mut found = Vec::new();
        for id in self.by_trait_member.get(name).cloned().unwrap_or_default() {
            let Some(def) = self.types.get(id.0) else { continue };
            let TypeDefKind::Trait { functions, constants } = &def.kind else { continue };
            let function = functions.get(name).copied().filter(|id| self.has_body(*id));
            let has_value = |id: &ConstId| self.constants.get(id.0).is_some_and(|def| def.value.is_some());
            let constant = constants.get(name).copied().filter(has_value);
            let target = function.map(Target::Function).or(constant.map(Target::Constant));
            let (trait_name, trait_type) = (def.name.clone(), TypeRef::Local(id));
            let implements = trait_type == *of || self.implements(of, &trait_type, &trait_name);
            found.extend(target.filter(|_| implements));
        }
        found
    }

    /// Whether a function has a body: those a trait only declares have none.
    pub fn has_body(&self, id: FnId) -> bool {
        self.function(id).is_some_and(|function| function.body != Body::None)
    }

    fn implements(&mut self, of: &TypeRef, of_trait: &TypeRef, trait_name: &str) -> bool {
        for id in self.by_trait_name.get(trait_name).cloned().unwrap_or_default() {
            let types = self.impl_types(id);
            if types.of_trait.as_ref() == Some(of_trait)
                && (types.is_blanket || types.of.as_ref() == Some(of))
            {
                return true;
            }
        }
        false
    }

    /// Whether a type, or any, implements a trait of another package.
    pub fn implements_external(&mut self, of: Option<&TypeRef>, package: &str, name: &str) -> bool {
        let candidates = self.by_trait_name.get(name).cloned().unwrap_or_default();
        candidates.into_iter().any(|id| {
            self.is_impl_of(id, package, name)
                && of.is_none_or(|of| self.impl_types(id).of.as_ref() == Some(of))
        })
    }

    /// Whether an implementation is one of a trait of another package.
    pub fn is_impl_of(&mut self, id: ImplId, package: &str, name: &str) -> bool {
        match self.impl_types(id).of_trait {
            Some(TypeRef::External(path)) => {
                path.first().is_some_and(|first| first == package)
                    && path.last().is_some_and(|last| last == name)
            }
            _ => false,
        }
    }

    /// All methods of a name, for a value whose type is unknown.
    pub fn methods_named(&mut self, name: &str) -> Vec<FnId> {
        let mut found: Vec<FnId> = Vec::new();
        for id in self.by_member.get(name).cloned().unwrap_or_default() {
            found.extend(self.impls.get(id.0).and_then(|def| def.functions.get(name)));
        }
        for id in self.by_trait_member.get(name).cloned().unwrap_or_default() {
            if let Some(TypeDefKind::Trait { functions, .. }) = self.types.get(id.0).map(|def| &def.kind) {
                found.extend(functions.get(name));
            }
        }
        found.retain(|id| self.function(*id).is_some_and(|function| function.has_self));
        found
    }

    /// What `Self` means in a function.
    pub fn self_type(&mut self, id: FnId) -> Option<TypeRef> {
        match self.functions.get(id.0)?.owner {
            Owner::Module => None,
            Owner::Impl(of) => self.impl_types(of).of,
            Owner::Trait(of) => Some(TypeRef::Local(of)),
        }
    }

    /// Reads the files that were skipped and have all of `names` in them. Returns whether there were any.
    pub fn read_skipped_with(&mut self, names: &[&str]) -> bool {
        let has_all =
            |text: &str| names.iter().all(|name| words::identifiers(text).any(|(_, word)| word == *name));
        let pending: Vec<ModuleId> = (0..self.modules.len())
            .map(ModuleId)
            .filter(|id| {
                let module = self.modules.get(id.0).filter(|module| module.is_pending);
                module
                    .and_then(|module| self.files.get(module.file.0))
                    .is_some_and(|file| has_all(&file.text))
            })
            .collect();
        for module in &pending {
            self.ensure_loaded(*module);
        }
        !pending.is_empty()
    }
}
