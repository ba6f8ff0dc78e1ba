//! Everything pass 2 knows: modules, functions, constants, types and implementations of all crates, by number.

mod files;
mod index;
mod lookup;
mod modules;
mod names;
mod tests;
mod types;

use crate::Sources;
use crate::facts::{Expr, Function, Key, Place, Type, Use};
use crate::hash::{Map, Set};
use crate::load::Level;
use scopewright_model::{Diagnostic, Position, Span, Unresolved};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// The service's own package among those of a run.
pub const OWN_PACKAGE: usize = 0;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}

ids! {
    /// A file.
    FileId
    /// A crate.
    CrateId
    /// A module, or a block with items.
    ModuleId
    /// A function, method or associated function.
    FnId
    /// A constant.
    ConstId
    /// A struct, enum, alias or trait.
    TypeId
    /// An implementation block.
    ImplId
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    pub file: FileId,
    pub place: Place,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Module(ModuleId),
    Function(FnId),
    Constant(ConstId),
    Type(TypeId),
    /// A variant of an enum.
    Variant(TypeId, Rc<str>),
    /// Something of another package, by its path from the package's name (`axum`, `routing`, `get`).
    External(Rc<[String]>),
}

/// A type, as far as methods are looked up on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    Local(TypeId),
    External(Rc<[String]>),
}

/// A file and what was read of it.
pub struct File {
    pub path: Arc<str>,
    pub text: Arc<str>,
    pub level: Option<Level>,
    pub functions: Map<Key, Rc<Function>>,
    pub failed: bool,
}

/// A crate.
pub struct Crate {
    pub name: String,
    pub root: ModuleId,
    pub package: usize,
    pub is_library: bool,
}

/// A module, or a block with items.
pub struct Module {
    /// From the crate root, `api::cameras`; empty for the root.
    pub path: String,
    pub krate: CrateId,
    pub parent: Option<ModuleId>,
    pub file: FileId,
    /// The prefix that `#[scope(..)]` gives to the routes in it.
    pub scope: Option<String>,
    /// Names are also looked up in the parent.
    pub is_block: bool,
    pub names: Map<String, Vec<Named>>,
    pub globs: Vec<Rc<Use>>,
    /// Something in it may declare more names than are known.
    pub is_opaque: bool,
    /// Its file was skipped and its items are still unknown.
    pub is_pending: bool,
}

/// A declaration of a name.
#[derive(Clone)]
pub enum Named {
    Target(Target),
    Use(Rc<Use>),
}

/// A function.
pub struct FunctionDef {
    pub key: Key,
    pub file: FileId,
    pub module: ModuleId,
    /// The implementation or trait it stands in.
    pub owner: Owner,
}

/// What a function or constant stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Module,
    Impl(ImplId),
    Trait(TypeId),
}

/// A constant.
pub struct ConstDef {
    pub name: String,
    pub module: ModuleId,
    pub owner: Owner,
    pub value: Option<Rc<Expr>>,
    pub registrations: Vec<Place>,
}

/// A type.
pub struct TypeDef {
    pub name: String,
    pub module: ModuleId,
    pub kind: TypeDefKind,
}

/// What kind of type.
pub enum TypeDefKind {
    Struct(Vec<(String, Type)>),
    Enum(Vec<String>),
    Alias(Type),
    Trait { functions: BTreeMap<String, FnId>, constants: BTreeMap<String, ConstId> },
}

/// An implementation.
pub struct ImplDef {
    pub module: ModuleId,
    pub generics: Vec<String>,
    pub of: Type,
    pub of_trait: Option<crate::facts::Path>,
    pub functions: BTreeMap<String, FnId>,
    pub constants: BTreeMap<String, ConstId>,
    pub types: Vec<(String, Type)>,
    /// Looked up once.
    pub resolved: Option<ImplTypes>,
}

/// The types of an implementation.
#[derive(Debug, Clone)]
pub struct ImplTypes {
    /// None if it can't be told, or for any type (`impl<T> Trait for T`).
    pub of: Option<TypeRef>,
    pub is_blanket: bool,
    pub of_trait: Option<TypeRef>,
}

/// See the module.
pub struct World<'a> {
    pub sources: &'a Sources<'a>,
    pub files: Vec<File>,
    file_ids: Map<String, FileId>,
    /// What single names were found to mean, until more is read.
    resolved: Map<(ModuleId, String), Rc<[Target]>>,
    /// What modules were found to have under a name, until more is read.
    looked_up: Map<lookup::LookupKey, Map<String, Rc<names::Found>>>,
    globs: lookup::Globs,
    pub crates: Vec<Crate>,
    pub modules: Vec<Module>,
    pub functions: Vec<FunctionDef>,
    pub constants: Vec<ConstDef>,
    pub types: Vec<TypeDef>,
    pub impls: Vec<ImplDef>,
    /// Implementations that have a function or constant of a name.
    by_member: Map<String, Vec<ImplId>>,
    by_trait_member: Map<String, Vec<TypeId>>,
    block_modules: Map<(ModuleId, Key), ModuleId>,
    by_file: Map<FileId, Vec<FnId>>,
    /// Names of `macro_rules!` whose body registers or serves routes.
    pub route_macros: BTreeSet<String>,
    by_trait_name: Map<String, Vec<ImplId>>,
    /// Words that matter because something renamed a word that matters, and were not looked for yet.
    words: BTreeSet<String>,
    /// All of them.
    pub all_words: BTreeSet<String>,
    /// The items of each file.
    items: Vec<Option<Rc<Vec<crate::facts::Item>>>>,
    /// Macro calls at item level that can't be looked into.
    macro_calls: Vec<(String, Location)>,
    /// Functions that are tests if their attributes are what their names say.
    tests: Vec<tests::MaybeTest>,
    /// The names of those that are.
    dropped: Set<(ModuleId, String)>,
    /// Modules with a part that only the build knows: `include!(concat!(env!("OUT_DIR"), ..))`.
    built: Set<ModuleId>,
    pub unresolved: Vec<Unresolved>,
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the package includes what is generated for a policy of its own.
    pub has_own_scopes: bool,
}

impl<'a> World<'a> {
    /// A world without any crate.
    pub fn new(sources: &'a Sources<'a>) -> Self {
        Self {
            sources,
            files: Vec::new(),
            file_ids: Map::default(),
            resolved: Map::default(),
            looked_up: Map::default(),
            globs: lookup::Globs::default(),
            crates: Vec::new(),
            modules: Vec::new(),
            functions: Vec::new(),
            constants: Vec::new(),
            types: Vec::new(),
            impls: Vec::new(),
            by_member: Map::default(),
            by_trait_member: Map::default(),
            block_modules: Map::default(),
            by_file: Map::default(),
            route_macros: BTreeSet::new(),
            by_trait_name: Map::default(),
            words: BTreeSet::new(),
            all_words: BTreeSet::new(),
            items: Vec::new(),
            macro_calls: Vec::new(),
            tests: Vec::new(),
            dropped: Set::default(),
            built: Set::default(),
            unresolved: Vec::new(),
            diagnostics: Vec::new(),
            has_own_scopes: false,
        }
    }

    /// The facts of a function.
    pub fn function(&self, id: FnId) -> Option<Rc<Function>> {
        let def = self.functions.get(id.0)?;
        self.files.get(def.file.0)?.functions.get(&def.key).cloned()
    }

    /// The span of a place.
    pub fn span(&self, location: Location) -> Span {
        let file = self.files.get(location.file.0).map_or_else(|| "".into(), |file| Arc::clone(&file.path));
        let place = location.place;
        Span {
            file,
            start: Position { line: place.line, column: place.column },
            end: Position { line: place.end_line, column: place.end_column },
        }
    }

    /// The functions of a file, in no order that matters.
    pub fn functions_of(&self, file: FileId) -> &[FnId] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }

    /// `api::cameras::get_camera`, `api::Cameras::get`.
    pub fn path_of(&mut self, id: FnId) -> String {
        let Some((module, owner)) = self.functions.get(id.0).map(|def| (def.module, def.owner)) else {
            return String::new();
        };
        let name = self.function(id).map_or_else(String::new, |function| function.name.clone());
        let of = match owner {
            Owner::Module => None,
            Owner::Trait(of) => self.types.get(of.0).map(|def| (def.module, def.name.clone())),
            Owner::Impl(of) => match self.impl_types(of).of {
                Some(TypeRef::Local(of)) => self.types.get(of.0).map(|def| (def.module, def.name.clone())),
                Some(TypeRef::External(path)) => path.last().map(|name| (module, name.clone())),
                None => None,
            },
        };
        let (module, names) = match of {
            Some((module, of)) => (module, format!("{of}::{name}")),
            None => (module, name),
        };
        let krate = self.modules.get(module.0).and_then(|module| self.crates.get(module.krate.0));
        let names = match krate {
            // From the crate's name on, as the service would write it.
            Some(krate) if krate.package != OWN_PACKAGE => {
                let path = self.modules.get(module.0).map_or("", |module| &module.path);
                let between = if path.is_empty() { "" } else { "::" };
                return format!("{}::{path}{between}{names}", krate.name);
            }
            _ => names,
        };
        match self.modules.get(module.0).map(|module| module.path.as_str()) {
            Some("") | None => names,
            Some(path) => format!("{path}::{names}"),
        }
    }

    /// Where a function is declared: its name.
    pub fn location_of(&self, id: FnId) -> Option<Location> {
        let file = self.functions.get(id.0)?.file;
        Some(Location { file, place: self.function(id)?.place })
    }

    /// Says which calls at item level are of macros of the project that register routes or declare modules.
    pub fn report_route_macros(&mut self) {
        for (name, location) in std::mem::take(&mut self.macro_calls) {
            if self.route_macros.contains(&name) {
                self.opaque_macro(location, &name, "registers routes or declares modules");
            }
        }
    }

    /// All files that were read, sorted.
    pub fn files_read(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.files.iter().map(|file| file.path.to_string()).collect();
        paths.sort();
        paths
    }
}
