//! Files' items to modules, functions, types and implementations by number.

use super::files::Folder;
use super::modules::Wanted;
use super::tests::MaybeTest;
use super::{
    ConstDef, ConstId, FileId, FnId, FunctionDef, ImplDef, ImplId, Location, ModuleId, Named, Owner, Target,
    TypeDef, TypeDefKind, TypeId, World,
};
use crate::facts::{self, Body, Constant, ImplBlock, Item, Key, MacroItem, ScopeItems, TypeItem, TypeKind};
use scopewright_model::{Code, Diagnostic, Level as Severity, Unresolved};
use std::collections::BTreeMap;
use std::rc::Rc;

impl World<'_> {
    /// Adds items to a module.
    pub(super) fn index_items(
        &mut self,
        items: &[Item],
        module: ModuleId,
        file: FileId,
        folder: &Folder,
        next: &mut Vec<Wanted>,
    ) {
        self.resolved.clear();
        self.looked_up.clear();
        for item in items {
            match item {
                Item::Module(it) => self.index_module(it, module, file, folder, next),
                Item::Use(it) => {
                    let of = Rc::new(it.clone());
                    match &it.name {
                        Some(name) => self.declare(module, name, Named::Use(of)),
                        None => {
                            if let Some(def) = self.modules.get_mut(module.0) {
                                self.globs.new.push((module, def.globs.len()));
                                def.globs.push(of);
                            }
                        }
                    }
                }
                Item::Function(key) => {
                    let (id, name) = self.add_function(*key, file, module, Owner::Module);
                    self.declare(module, &name, Named::Target(Target::Function(id)));
                }
                Item::Test { function, name, marks } => self.tests.push(MaybeTest {
                    module,
                    file,
                    function: *function,
                    name: name.clone(),
                    marks: marks.clone(),
                }),
                Item::Constant(it) => {
                    let id = self.add_constant(it, module, file, Owner::Module);
                    self.declare(module, &it.name, Named::Target(Target::Constant(id)));
                }
                Item::Type(it) => self.index_type(it, module, file),
                Item::Impl(it) => self.index_impl(it, module, file),
                Item::Macro(it) => self.index_macro(it, module, file, folder, next),
            }
        }
    }

    pub(super) fn declare(&mut self, module: ModuleId, name: &str, named: Named) {
        if let Some(module) = self.modules.get_mut(module.0) {
            module.names.entry(name.to_owned()).or_default().push(named);
        }
    }

    fn index_module(
        &mut self,
        it: &facts::Module,
        parent: ModuleId,
        file: FileId,
        folder: &Folder,
        next: &mut Vec<Wanted>,
    ) {
        let Some(around) = self.modules.get(parent.0) else { return };
        let path =
            if around.path.is_empty() { it.name.clone() } else { format!("{}::{}", around.path, it.name) };
        let krate = around.krate;
        let of = if it.items.is_some() { file } else { super::modules::NO_FILE };
        let id = self.add_module(path, krate, Some(parent), of, false);
        if let Some(module) = self.modules.get_mut(id.0) {
            module.scope.clone_from(&it.scope);
        }
        self.declare(parent, &it.name, Named::Target(Target::Module(id)));
        if let Some(items) = &it.items {
            let folder = folder.inside(&it.name, it.path.as_deref());
            self.index_items(items, id, file, &folder, next);
        } else {
            next.push(Wanted {
                candidates: folder.candidates(&it.name, it.path.as_deref()),
                module: id,
                owns_folder: it.path.is_some(),
                asked: Some((file, it.place)),
                is_optional: it.cfg.is_some(),
            });
        }
    }

    pub(super) fn add_function(
        &mut self,
        key: Key,
        file: FileId,
        module: ModuleId,
        owner: Owner,
    ) -> (FnId, String) {
        let id = FnId(self.functions.len());
        self.functions.push(FunctionDef { key, file, module, owner });
        self.by_file.entry(file).or_default().push(id);
        self.index_body(id);
        let name = self.function(id).map_or_else(String::new, |function| function.name.clone());
        (id, name)
    }

    /// Adds the blocks with items of a function's body, if it is read and they are new.
    fn index_body(&mut self, id: FnId) {
        let Some(function) = self.function(id) else { return };
        let Body::Read(body) = &function.body else { return };
        let Some(def) = self.functions.get(id.0) else { return };
        let (outer, file) = (def.module, def.file);
        self.index_scopes(&body.scopes, outer, file);
    }

    /// Adds the blocks with items of a body or constant in a module.
    fn index_scopes(&mut self, scopes: &[ScopeItems], outer: ModuleId, file: FileId) {
        // Blocks come after the blocks within them.
        for scope in scopes.iter().rev() {
            if self.block_modules.contains_key(&(outer, scope.key)) {
                continue;
            }
            let parent =
                scope.parent.and_then(|key| self.block_modules.get(&(outer, key)).copied()).unwrap_or(outer);
            let Some(around) = self.modules.get(parent.0) else { continue };
            let (path, krate) = (around.path.clone(), around.krate);
            let module = self.add_module(path, krate, Some(parent), file, true);
            self.block_modules.insert((outer, scope.key), module);
            self.index_items(&scope.items, module, file, &Folder::of("", true), &mut Vec::new());
        }
    }

    /// The module of a block with items, within a function of `module`.
    pub fn block_module(&self, module: ModuleId, key: Key) -> Option<ModuleId> {
        // Blocks are known under the module of their function, whatever blocks are around them.
        let mut at = Some(module);
        while let Some(id) = at {
            if let Some(found) = self.block_modules.get(&(id, key)) {
                return Some(*found);
            }
            let module = self.modules.get(id.0)?;
            at = module.parent.filter(|_| module.is_block);
        }
        None
    }

    /// Adds the blocks of bodies that were read later.
    pub(super) fn index_bodies(&mut self, file: FileId) {
        for id in self.functions_of(file).to_vec() {
            self.index_body(id);
        }
    }

    fn add_constant(&mut self, it: &Constant, module: ModuleId, file: FileId, owner: Owner) -> ConstId {
        self.index_scopes(&it.scopes, module, file);
        self.constants.push(ConstDef {
            name: it.name.clone(),
            module,
            owner,
            value: it.value.clone().map(Rc::new),
            registrations: it.registrations.clone(),
        });
        ConstId(self.constants.len() - 1)
    }

    fn index_type(&mut self, it: &TypeItem, module: ModuleId, file: FileId) {
        let id = TypeId(self.types.len());
        let name = it.name.clone();
        self.types.push(TypeDef { name, module, kind: TypeDefKind::Struct(Vec::new()) });
        self.declare(module, &it.name, Named::Target(Target::Type(id)));
        let kind = match &it.kind {
            TypeKind::Struct(fields) => TypeDefKind::Struct(fields.clone()),
            TypeKind::Enum(variants) => TypeDefKind::Enum(variants.clone()),
            TypeKind::Alias(of) => TypeDefKind::Alias(of.clone()),
            TypeKind::Trait { functions, constants } => {
                let (functions, constants) =
                    self.members(functions, constants, module, file, Owner::Trait(id));
                for name in functions.keys().chain(constants.keys()) {
                    self.by_trait_member.entry(name.clone()).or_default().push(id);
                }
                TypeDefKind::Trait { functions, constants }
            }
        };
        if let Some(def) = self.types.get_mut(id.0) {
            def.kind = kind;
        }
    }

    fn index_impl(&mut self, it: &ImplBlock, module: ModuleId, file: FileId) {
        let id = ImplId(self.impls.len());
        self.impls.push(ImplDef {
            module,
            generics: it.generics.clone(),
            of: it.of.clone(),
            of_trait: it.of_trait.clone(),
            functions: BTreeMap::new(),
            constants: BTreeMap::new(),
            types: it.types.clone(),
            resolved: None,
        });
        let (functions, constants) =
            self.members(&it.functions, &it.constants, module, file, Owner::Impl(id));
        for name in functions.keys().chain(constants.keys()) {
            self.by_member.entry(name.clone()).or_default().push(id);
        }
        if let Some(def) = self.impls.get_mut(id.0) {
            def.functions = functions;
            def.constants = constants;
        }
        if let Some(of_trait) = &it.of_trait {
            self.by_trait_name.entry(of_trait.last().to_owned()).or_default().push(id);
        }
    }

    fn members(
        &mut self,
        functions: &[Key],
        constants: &[Constant],
        module: ModuleId,
        file: FileId,
        owner: Owner,
    ) -> (BTreeMap<String, FnId>, BTreeMap<String, ConstId>) {
        let functions = functions.iter().map(|key| {
            let (id, name) = self.add_function(*key, file, module, owner);
            (name, id)
        });
        let functions = functions.collect();
        let constants = constants
            .iter()
            .map(|it| (it.name.clone(), self.add_constant(it, module, file, owner)))
            .collect();
        (functions, constants)
    }

    /// What a macro at item level adds to a module.
    fn index_macro(
        &mut self,
        item: &MacroItem,
        module: ModuleId,
        file: FileId,
        folder: &Folder,
        next: &mut Vec<Wanted>,
    ) {
        match item {
            MacroItem::Rules { name, registers } => {
                if *registers {
                    self.route_macros.insert(name.clone());
                }
            }
            MacroItem::Items(branches) => {
                for (_, items) in branches {
                    self.index_items(items, module, file, folder, next);
                }
            }
            MacroItem::Include { file: Some(name), place } => next.push(Wanted {
                candidates: vec![folder.included(name)],
                module,
                owns_folder: true,
                asked: Some((file, *place)),
                is_optional: false,
            }),
            MacroItem::Include { file: None, place } => {
                self.make_opaque(module);
                self.built.insert(module);
                let span = self.span(Location { file, place: *place });
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::OpaqueMacro,
                        "the file that is included here is known only to the build",
                        span,
                        "routes it registers can't be seen",
                    )
                    .help("keep code that builds or serves routers in files of the package")
                    .at_level(Severity::Warning),
                );
            }
            // The generated module of scopes and decisions: what it offers is known, wherever its file is.
            MacroItem::Opaque { path, .. } if path.last() == "include_scopes" => {
                // That of another package is another policy's.
                let krate = if self.is_own(module) {
                    self.has_own_scopes = true;
                    crate::eval::OWN.to_owned()
                } else {
                    self.crate_name(module)
                };
                let scopes = Target::External([krate, "scopes".to_owned()].into());
                self.declare(module, "scopes", Named::Target(scopes));
            }
            MacroItem::Opaque { path, place, registers, declares_modules } => {
                self.make_opaque(module);
                if !self.is_own(module) {
                    return; // what is named and can't be found is said where it is named
                }
                let location = Location { file, place: *place };
                self.macro_calls.push((path.last().to_owned(), location));
                if *registers || *declares_modules {
                    let what = if *registers { "registers routes" } else { "declares modules" };
                    self.opaque_macro(location, path.last(), what);
                }
            }
        }
    }

    fn make_opaque(&mut self, module: ModuleId) {
        if let Some(module) = self.modules.get_mut(module.0) {
            module.is_opaque = true;
        }
    }

    /// Notes a macro that can't be looked into.
    pub fn opaque_macro(&mut self, location: Location, name: &str, what: &str) {
        let unresolved = Unresolved {
            reason: format!("the macro `{name}!` {what} and can't be looked into"),
            span: self.span(location),
            code: Code::OpaqueMacro,
            help: "write what the macro stands for in its place".to_owned(),
            registrars: vec![format!("{name}!")],
        };
        self.unresolved.push(unresolved);
    }
}
