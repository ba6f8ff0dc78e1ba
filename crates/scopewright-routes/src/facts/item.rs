//! Facts about items: what a module declares.

use super::{Block, Expr, Key, Path, Pattern, Place, ScopeItems, Type};
use serde::{Deserialize, Serialize};

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    Module(Module),
    Use(Use),
    /// A function, by its key in [`FileFacts::functions`](super::FileFacts::functions).
    Function(Key),
    /// A function under attributes that keep it out of a service if they are what their names say: `#[test]`. Whether
    /// they are is known when names are resolved.
    Test {
        function: Key,
        name: String,
        marks: Vec<Path>,
    },
    Constant(Constant),
    Type(TypeItem),
    Impl(ImplBlock),
    Macro(MacroItem),
}

/// `mod name { .. }` or `mod name;`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    pub name: String,
    pub place: Place,
    /// The condition, if it may be off.
    pub cfg: Option<String>,
    /// `#[path = ".."]`
    pub path: Option<String>,
    /// `#[scope("..")]`, which prefixes the routes of actix-web's attributes in it.
    pub scope: Option<String>,
    /// The items, unless they are in another file.
    pub items: Option<Vec<Item>>,
}

/// One name that a `use` or `extern crate` brings in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The path without the last `*`.
    pub path: Vec<String>,
    pub absolute: bool,
    /// The name it has here; none for `*`.
    pub name: Option<String>,
    /// Whether it is seen from inside the module alone: no `pub` before it.
    pub is_private: bool,
    pub cfg: Option<String>,
}

/// `const` and `static`, also associated ones, and what else has to be known when it is compiled: the value of an enum's
/// variant, the length of an array; those have the name `_`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constant {
    pub name: String,
    pub value: Option<Expr>,
    pub cfg: Option<String>,
    /// Where names stand in it that register endpoints.
    pub registrations: Vec<Place>,
    /// The blocks in it that declare items.
    pub scopes: Vec<ScopeItems>,
}

/// `struct`, `enum`, `union`, `type`, `trait`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeItem {
    pub name: String,
    pub kind: TypeKind,
    pub cfg: Option<String>,
}

/// What kind of type, with what is needed of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeKind {
    /// Fields by name (`0`, `1` for tuple structs).
    Struct(Vec<(String, Type)>),
    /// Variant names.
    Enum(Vec<String>),
    Alias(Type),
    /// Functions and constants with a default.
    Trait {
        functions: Vec<Key>,
        constants: Vec<Constant>,
    },
}

/// Type parameters by name.
pub type Generics = Vec<String>;

/// `impl T { .. }` or `impl Trait for T { .. }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImplBlock {
    pub generics: Generics,
    pub of: Type,
    pub of_trait: Option<Path>,
    pub functions: Vec<Key>,
    pub constants: Vec<Constant>,
    /// Associated types.
    pub types: Vec<(String, Type)>,
    pub cfg: Option<String>,
}

/// A macro at item level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MacroItem {
    /// `macro_rules!`, with whether its body registers or serves routes.
    Rules { name: String, registers: bool },
    /// A call whose content is items (`cfg_if!`), each branch with its condition.
    Items(Vec<(Option<String>, Vec<Item>)>),
    /// A call that can't be looked into.
    Opaque { path: Path, place: Place, registers: bool, declares_modules: bool },
    /// `include!("file")`, none if the name is no literal.
    Include { file: Option<String>, place: Place },
}

/// An attribute that may be ours: its path, and its arguments as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub path: Path,
    /// The text between the parentheses; none for a bare name.
    pub arguments: Option<String>,
    /// Where that text begins.
    pub arguments_at: Key,
    /// The whole attribute.
    pub place: Place,
    /// The condition of the `cfg_attr` it stands in.
    pub conditional: Option<String>,
}

/// A function, method or associated function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Where its name begins.
    pub key: Key,
    pub name: String,
    pub place: Place,
    /// Where an attribute line would be inserted.
    pub attribute_place: Place,
    pub attributes: Vec<Attribute>,
    pub cfg: Option<String>,
    /// Whether its body runs when what it returns is awaited.
    pub is_async: bool,
    pub generics: Generics,
    /// Whether others may call it, as far as its own visibility goes.
    pub is_public: bool,
    /// Whether the first parameter is `self`.
    pub has_self: bool,
    /// The parameters besides `self`.
    pub params: Vec<Param>,
    pub output: Option<Type>,
    pub body: Body,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    pub pattern: Pattern,
    pub of: Type,
}

/// What is kept of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A function without one.
    None,
    /// There is one and no word in it matters; it is read when a router flows into it.
    Unread,
    Read(Box<ReadBody>),
}

/// A body that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBody {
    pub block: Block,
    /// The blocks in it that declare items.
    pub scopes: Vec<ScopeItems>,
    /// Where names stand that register endpoints (`.route(`), so that none can be forgotten.
    pub registrations: Vec<Place>,
    /// The last names of the paths in it and the names of the methods called, sorted.
    pub mentions: Vec<String>,
}
